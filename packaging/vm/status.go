//go:build vm

package vm

import (
	"encoding/json"
	"fmt"
	"time"
)

// patient is how long what takes a PC seconds may take a guest whose processor is emulated, on a busy computer.
const patient = 90 * time.Second

// Status is what the station tells of itself on the bus: the property Status of org.estran.Station1, by its keys
// ("State", "BrowserState", "MediumState"; see the XML in session/bus).
type Status map[string]any

// Word gives a value as text, "" when the station does not tell it.
func (s Status) Word(key string) string {
	value, there := s[key]
	if !there {
		return ""
	}
	return fmt.Sprint(value)
}

// Status asks the station how it is; an empty one says that it does not answer.
func (m *Machine) Status() Status {
	m.t.Helper()
	r := m.Try("busctl", "--json=short", "--auto-start=no", "get-property",
		"org.estran.Station1", "/org/estran/Station1", "org.estran.Maintenance1", "Status")
	if r.code != 0 {
		return Status{}
	}
	var property struct {
		Data map[string]struct{ Data any }
	}
	m.must(json.Unmarshal([]byte(r.stdout), &property), "read the status")
	s := Status{}
	for key, value := range property.Data {
		s[key] = value.Data
	}
	return s
}

// AwaitState waits until the station is in a state: "ready", "open", "paused", "wiping", "wiped", "stopped".
func (m *Machine) AwaitState(state string, patience time.Duration) {
	m.t.Helper()
	m.AwaitStatus("State", state, patience)
}

// AwaitStatus waits until one value of the status is this one.
func (m *Machine) AwaitStatus(key, value string, patience time.Duration) {
	m.t.Helper()
	var last Status
	for end := time.Now().Add(patience); ; time.Sleep(time.Second) { // asking takes the guest's time
		if last = m.Status(); last.Word(key) == value {
			return
		}
		if time.Now().After(end) {
			m.t.Fatalf("after %v, %s is %q and not %q: %v", patience, key, last.Word(key), value, last)
		}
	}
}

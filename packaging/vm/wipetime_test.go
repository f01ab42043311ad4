//go:build vm

package vm

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHowLongAWipeTakes tells how long the session part of a wipe takes here, checks included, with a browser open and so
// much in the session's memory: from the end until nothing of the session is left in the station's directories. What the
// screen and the services take to start anew comes after it.
func TestHowLongAWipeTakes(t *testing.T) {
	m := Station(t)
	for _, megabytes := range []int{10, 500} {
		m.Open()
		m.Browse()
		m.Shell(fmt.Sprintf(`nsenter -t "$(systemctl show --value -p MainPID estrand)" -m sh -c 'dd if=/dev/urandom bs=1M count=%d of="$(echo /run/estran/session/*/home)/held"'`, megabytes))
		took := m.watchWipe()
		m.End()
		t.Logf("%d MB and a browser: %.2f s (%s)", megabytes, took("remains").Seconds(), m.steps(took))
	}
}

// steps tells when each step was verified.
func (m *Machine) steps(took func(step string) time.Duration) string {
	var all []string
	for _, step := range []string{"browser", "medium", "printing", "documents", "remains", "screen", "system"} {
		all = append(all, fmt.Sprintf("%s %.2f s", step, took(step).Seconds()))
	}
	return strings.Join(all, ", ")
}

// watchWipe listens to what the station tells of itself, and gives a function that says, once the wipe is over, how long
// after its beginning a step was verified. Listening costs the guest less than asking.
func (m *Machine) watchWipe() (took func(step string) time.Duration) {
	m.t.Helper()
	m.Shell(`systemd-run --quiet --unit=watch-wipe --property=StandardOutput=truncate:/run/wipe-times \
	busctl monitor --json=short --match="type='signal',path='/org/estran/Station1',member='PropertiesChanged'"`)
	time.Sleep(3 * time.Second) // until it listens
	var told string
	return func(step string) time.Duration {
		m.t.Helper()
		if told == "" {
			m.Guest("systemctl", "stop", "watch-wipe.service")
			told = m.Shell("cat /run/wipe-times; rm /run/wipe-times")
		}
		var began int64
		for line := range strings.Lines(told) {
			at, state, steps := wipeTold(line)
			if began == 0 && state == "wiping" {
				began = at
			}
			if began != 0 && steps[step] == "verified" {
				return time.Duration(at-began) * time.Microsecond
			}
		}
		m.t.Fatalf("the step %s was not seen: %s", step, told)
		return 0
	}
}

// wipeTold reads of a signal its time in microseconds, the state, and where each step stands.
func wipeTold(line string) (at int64, state string, steps map[string]string) {
	var signal struct {
		At      int64 `json:"timestamp-realtime"`
		Payload struct{ Data []json.RawMessage }
	}
	var changed map[string]struct {
		Data map[string]struct{ Data json.RawMessage }
	}
	if json.Unmarshal([]byte(line), &signal) != nil || len(signal.Payload.Data) < 2 ||
		json.Unmarshal(signal.Payload.Data[1], &changed) != nil {
		return 0, "", nil
	}
	status := changed["Status"].Data
	_ = json.Unmarshal(status["State"].Data, &state)
	var pairs [][2]string
	_ = json.Unmarshal(status["Wipe"].Data, &pairs)
	steps = map[string]string{}
	for _, pair := range pairs {
		steps[pair[0]] = pair[1]
	}
	return signal.At, state, steps
}

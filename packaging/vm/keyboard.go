//go:build vm

package vm

import (
	"fmt"
	"strings"
	"time"
)

// held is how long a key is down, and then up, before the next. The emulated keyboard keeps 16 events, and the guest is
// slow.
const held = 40 * time.Millisecond

// Type types a text on the French keyboard, as a person would.
func (m *Machine) Type(text string) {
	m.t.Helper()
	for _, c := range text {
		keys, known := azerty[c]
		if !known {
			m.t.Fatalf("the French keyboard has no key for %q", c)
		}
		for _, combination := range strings.Fields(keys) {
			m.must(m.press(combination), "type")
		}
	}
}

// Press presses keys, one after the other. Each is a name of QEMU's (QKeyCode), or some at once: "ret", "ctrl-alt-f3".
// A letter is the key at its place on an American keyboard: Press("q") types an "a"; use Type for text.
func (m *Machine) Press(combinations ...string) {
	m.t.Helper()
	for _, c := range combinations {
		m.must(m.press(c), "press "+c)
	}
}

func (m *Machine) press(combination string) error {
	names := strings.Split(combination, "-")
	for i, name := range names {
		if other, ok := otherNames[name]; ok {
			names[i] = other
		}
	}
	for _, name := range names {
		if err := m.key(name, true); err != nil {
			return err
		}
	}
	time.Sleep(held)
	for i := range names {
		if err := m.key(names[len(names)-1-i], false); err != nil {
			return err
		}
	}
	time.Sleep(held)
	return nil
}

// Hold presses a key and keeps it down until the function it gives is called.
func (m *Machine) Hold(name string) (release func()) {
	m.t.Helper()
	m.must(m.key(name, true), "hold "+name)
	return func() { m.must(m.key(name, false), "release "+name) }
}

func (m *Machine) key(name string, down bool) error {
	event := arguments{"type": "key", "data": arguments{
		"down": down, "key": arguments{"type": "qcode", "data": name},
	}}
	if _, err := m.qmp.do("input-send-event", arguments{"events": []any{event}}); err != nil {
		return fmt.Errorf("key %s: %w", name, err)
	}
	return nil
}

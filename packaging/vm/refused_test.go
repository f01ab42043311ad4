//go:build vm

package vm

import (
	"strings"
	"testing"
)

// TestWhatIsRefusedIsSaid plugs in what is no key, in the middle of a session: the kernel keeps it outside, no driver gets
// it, the station says what kind it is until it is taken out, a real key works beside, and the session goes on.
func TestWhatIsRefusedIsSaid(t *testing.T) {
	key := NewKey(t, "vfat", Files{"lettre.txt": letter})
	m := Station(t)
	m.Open()
	m.awaitKiosk()
	service, drivers := m.service(), m.hasDrivers()
	for _, c := range []struct {
		name, kind string
		plug       func() (out func())
	}{
		{"second-keyboard", "keyboard", func() func() { return m.stranger("usb-kbd", nil) }},
		{"second-mouse", "keyboard", func() func() { return m.stranger("usb-mouse", nil) }},
		{"network-card", "network", func() func() { return m.stranger("usb-net", m.anotherCard("carte")) }},
		{"phone", "phone", func() func() { return m.stranger("usb-mtp", arguments{"rootdir": t.TempDir()}) }},
		{"serial-line", "other", func() func() { return m.stranger("usb-serial", m.line("ligne")) }},
		{"hub-with-a-keyboard", "keyboard", m.hubWithKeyboard},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := c.plug()
			m.AwaitStatus("Refused", c.kind, patient)
			if ports := m.outside(); len(strings.Fields(ports)) != 1 {
				t.Errorf("%q is outside", ports)
			}
			if now := m.hasDrivers(); now != drivers {
				t.Errorf("something has a driver: %s\nbefore: %s", now, drivers)
			}
			if c.kind != "other" {
				m.Settle()
				m.Picture(c.name)
			}
			out()
			m.AwaitStatus("Refused", "", patient)
		})
	}
	m.Attach("usb-kbd", "faux", nil)
	m.AwaitStatus("Refused", "keyboard", patient)
	if m.Plug(key) == "" {
		t.Error("no key is let in beside what is refused")
	}
	m.AwaitStatus("MediumState", "ready", patient)
	m.AwaitStatus("Refused", "keyboard", 0)
	m.Picture("a-key-beside")
	if now := m.service(); now != service {
		t.Errorf("the service started anew: %s, then %s", service, now)
	}
	m.AwaitState("open", 0)
	if journal := m.Guest("journalctl", "--boot", "--unit=estrand", "--no-pager", "--output=cat"); strings.Contains(journal, "QEMU") {
		t.Error("the journal names a device")
	}
	m.End()
	m.AwaitStatus("Refused", "keyboard", patient) // the process that takes over says so too
}

// stranger plugs in one device.
func (m *Machine) stranger(driver string, more arguments) (out func()) {
	m.Attach(driver, "intrus", more)
	return func() { m.Detach("intrus") }
}

// hubWithKeyboard plugs in a hub, which is let in, with a keyboard in it, which is not.
func (m *Machine) hubWithKeyboard() (out func()) {
	m.Attach("usb-hub", "prises", arguments{"port": "4"})
	m.Attach("usb-kbd", "cache", arguments{"port": "4.1"})
	return func() {
		m.Detach("cache")
		m.Detach("prises")
	}
}

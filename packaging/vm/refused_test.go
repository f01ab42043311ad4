//go:build vm

package vm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
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
		{"network-card", "network", func() func() { return m.stranger("usb-net", m.anotherCard("carte")) }},
		{"phone", "phone", func() func() { return m.stranger("usb-mtp", arguments{"rootdir": t.TempDir()}) }},
		{"serial-line", "other", func() func() { return m.stranger("usb-serial", m.line("ligne")) }},
		{"hub-with-a-keyboard", "keyboard", m.hubWithKeyboard},
		{"key-that-is-a-keyboard-too", "double", func() func() {
			m.PlugLiar(NewLiar(t, doubleFace), "menteur")
			return func() { m.Detach("menteur") }
		}},
	} {
		t.Log(c.name)
		out := c.plug()
		plugged := time.Now()
		m.AwaitStatus("Refused", c.kind, patient)
		t.Logf("told as %s after %.1f s", c.kind, time.Since(plugged).Seconds())
		if ports := m.outside(); len(strings.Fields(ports)) != 1 {
			t.Errorf("%s: %q is outside", c.name, ports)
		}
		if now := m.hasDrivers(); now != drivers {
			t.Errorf("%s has a driver: %s\nbefore: %s", c.name, now, drivers)
		}
		if c.kind == "double" {
			m.Settle()
			m.Picture(c.name)
		}
		out()
		m.AwaitStatus("Refused", "", patient)
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

// TestAKeyThatTurnsIntoAKeyboard: it is let in as a key, leaves the bus by itself, and comes back as something else.
func TestAKeyThatTurnsIntoAKeyboard(t *testing.T) {
	m := Station(t)
	m.Open()
	drivers := m.Shell("ls /sys/class/input")
	liar := NewLiar(t, keyFace)
	m.PlugLiar(liar, "menteur")
	m.Await("the key is let in", patient, func() bool {
		return strings.Contains(m.Shell("cat /sys/bus/usb/devices/*/bInterfaceClass"), "08")
	})
	m.AwaitStatus("Refused", "", 0)
	for _, c := range []struct {
		face face
		kind string
	}{{keyboardFace, "keyboard"}, {doubleFace, "double"}} {
		m.must(liar.Become(c.face), "become something else")
		m.AwaitStatus("Refused", c.kind, patient)
		if now := m.Shell("ls /sys/class/input"); now != drivers {
			t.Errorf("it may type: %s\nbefore: %s", now, drivers)
		}
		if ports := m.outside(); len(strings.Fields(ports)) != 1 {
			t.Errorf("%q is outside", ports)
		}
	}
	m.must(liar.Become(keyFace), "become a key again")
	m.AwaitStatus("Refused", "", patient)
	m.AwaitState("open", 0)
}

// TestReadersAndFastDisksAreLetIn: a card reader with two slots, one of them read-only like a CD, and a disk that speaks
// UAS: they are nothing but storage, and nothing is told.
func TestReadersAndFastDisksAreLetIn(t *testing.T) {
	m := Station(t)
	m.Open()
	for _, c := range []struct {
		driver, id string
		slots      []string
		want       []string
	}{
		{"usb-bot", "lecteur", []string{"scsi-hd", "scsi-cd"}, []string{"/dev/sda", "/dev/sr0"}},
		{"usb-uas", "rapide", []string{"scsi-hd"}, []string{"/dev/sda"}},
	} {
		m.Attach(c.driver, c.id, nil)
		m.outOrIn(c.id, false)
		for i, slot := range c.slots {
			key := NewKey(t, "vfat", Files{"lettre.txt": letter})
			node := fmt.Sprintf("%s-%d", c.id, i)
			_, err := m.qmp.do("blockdev-add", arguments{
				"driver": "raw", "node-name": node, "read-only": slot == "scsi-cd",
				"file": arguments{"driver": "file", "filename": key.path},
			})
			m.must(err, "fill a slot")
			_, err = m.qmp.do("device_add", arguments{
				"driver": slot, "id": node + "-slot", "bus": c.id + ".0", "drive": node, "scsi-id": 0, "lun": i,
			})
			m.must(err, "fill a slot")
		}
		m.outOrIn(c.id, true)
		m.Await(c.driver+" is let in", patient, func() bool {
			disks := m.Guest("lsblk", "--noheadings", "--nodeps", "--output", "PATH")
			return !slices.ContainsFunc(c.want, func(d string) bool { return !strings.Contains(disks, d) })
		})
		time.Sleep(5 * time.Second) // it would be told by now
		m.AwaitStatus("Refused", "", 0)
		m.Detach(c.id)
		m.Await("the disks are gone", patient, func() bool {
			return !strings.Contains(m.Guest("lsblk", "--noheadings", "--nodeps", "--output", "PATH"), "/dev/s")
		})
	}
}

// outOrIn pulls a device out of its port, to fill it, and puts it back.
func (m *Machine) outOrIn(id string, in bool) {
	m.t.Helper()
	path := "/machine/peripheral/" + id
	said, err := m.qmp.do("qom-get", arguments{"path": path, "property": "attached"})
	m.must(err, "see whether a device is plugged in")
	if string(said) == fmt.Sprint(in) {
		return
	}
	_, err = m.qmp.do("qom-set", arguments{"path": path, "property": "attached", "value": in})
	m.must(err, "plug a device in or out")
}

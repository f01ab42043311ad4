//go:build vm

package vm

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Plug plugs a key in. It gives the key's block device, "/dev/sda", once the guest has one for it; "" when none came
// within ten seconds, as when the guest lets no key in.
func (m *Machine) Plug(k *Key) (device string) {
	m.t.Helper()
	m.Insert(k)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(250 * time.Millisecond) {
		if device = m.deviceOf(k); device != "" {
			return device
		}
	}
	return ""
}

// Insert plugs a key in, and asks the guest nothing.
func (m *Machine) Insert(k *Key) {
	m.t.Helper()
	if k.plugged != "" {
		m.t.Fatal("this key is plugged in already")
	}
	m.keys++
	k.plugged = fmt.Sprintf("cle%d", m.keys)
	_, err := m.qmp.do("blockdev-add", arguments{
		"driver": "raw", "node-name": k.plugged, "read-only": k.protected, "file": arguments{"driver": "file", "filename": k.path},
	})
	m.must(err, "plug a key")
	serial := k.serial
	if serial == "" {
		serial = "ESTRAN" + k.plugged
	}
	_, err = m.qmp.do("device_add", arguments{
		"driver": "usb-storage", "id": k.plugged, "drive": k.plugged, "bus": "usb.0", "removable": true, "serial": serial,
	})
	m.must(err, "plug a key")
}

// deviceOf finds the block device of a key by its serial number, and waits until the kernel has read its partitions.
func (m *Machine) deviceOf(k *Key) string {
	m.t.Helper()
	for line := range strings.Lines(m.Guest("lsblk", "--noheadings", "--nodeps", "--output", "PATH,SERIAL")) {
		if f := strings.Fields(line); len(f) == 2 && f[1] == "ESTRAN"+k.plugged {
			m.Guest("udevadm", "settle", "--timeout=10")
			return f[0]
		}
	}
	return ""
}

// Pull pulls a key out, without asking anybody.
func (m *Machine) Pull(k *Key) {
	m.t.Helper()
	_, err := m.qmp.do("device_del", arguments{"id": k.plugged})
	m.must(err, "pull a key")
	m.Await("the key is out", 10*time.Second, func() bool {
		said, err := m.qmp.do("qom-list", arguments{"path": "/machine/peripheral"})
		m.must(err, "see whether the key is out")
		var devices []struct{ Name string }
		m.must(json.Unmarshal(said, &devices), "read what is plugged")
		for _, d := range devices {
			if d.Name == k.plugged {
				return false
			}
		}
		return true
	})
	// QEMU lets go of the image a little later.
	m.Await("QEMU has put the key away", 10*time.Second, func() bool {
		_, err := m.qmp.do("blockdev-del", arguments{"node-name": k.plugged})
		return err == nil
	})
	k.plugged = ""
}

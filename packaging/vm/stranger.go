//go:build vm

package vm

import "fmt"

// Attach plugs in what QEMU has a model of. It is taken out by its id.
func (m *Machine) Attach(driver, id string, more arguments) {
	m.t.Helper()
	args := arguments{"driver": driver, "id": id, "bus": "usb.0"}
	for name, value := range more {
		args[name] = value
	}
	_, err := m.qmp.do("device_add", args)
	m.must(err, "plug in "+driver)
}

// Detach takes it out.
func (m *Machine) Detach(id string) {
	m.t.Helper()
	_, err := m.qmp.do("device_del", arguments{"id": id})
	m.must(err, "take out "+id)
}

// outside gives the ports of what the kernel keeps outside, one a line.
func (m *Machine) outside() string {
	m.t.Helper()
	return m.Shell(`cd /sys/bus/usb/devices
for device in [0-9]*; do
	case $device in *:*) continue ;; esac
	[ "$(cat $device/authorized)" = 1 ] || echo $device
done`)
}

// hasDrivers lists the devices that a visitor could type with, talk through or read: one that is refused adds none.
func (m *Machine) hasDrivers() string {
	m.t.Helper()
	return m.Shell("ls /sys/class/input /sys/class/net /sys/class/block")
}

// anotherCard makes what a network card is plugged into, on the side of this machine.
func (m *Machine) anotherCard(id string) arguments {
	m.t.Helper()
	_, err := m.qmp.do("netdev_add", arguments{"type": "user", "id": id, "restrict": true})
	m.must(err, fmt.Sprintf("make the network %s", id))
	return arguments{"netdev": id}
}

// line makes what a serial line is plugged into.
func (m *Machine) line(id string) arguments {
	m.t.Helper()
	_, err := m.qmp.do("chardev-add", arguments{"id": id, "backend": arguments{"type": "null", "data": arguments{}}})
	m.must(err, "make the line "+id)
	return arguments{"chardev": id, "always-plugged": true}
}

//go:build vm

package vm

// The names of the snapshots: a fresh Debian that has booted, and a station at its first screen.
const (
	snapshotDebian = "debian"
	snapshotKiosk  = "kiosk"
)

// save keeps the whole state of the machine in its disk: memory, devices, disk. Nothing may be plugged.
func (m *Machine) save(name string) error { return m.qmp.monitor("savevm " + name) }

// forget drops a snapshot.
func (m *Machine) drop(name string) error { return m.qmp.monitor("delvm " + name) }

package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// needed are the capabilities that a look at the whole computer takes: to mount a tmpfs, to make a sandbox as somebody
// else, to read what is root's.
var needed = []struct {
	bit  int
	name string
}{
	{unix.CAP_SYS_ADMIN, "CAP_SYS_ADMIN"},
	{unix.CAP_SETUID, "CAP_SETUID"},
	{unix.CAP_SETGID, "CAP_SETGID"},
	{unix.CAP_DAC_READ_SEARCH, "CAP_DAC_READ_SEARCH"},
}

// confined says what keeps this process from seeing the computer as it is: from a unit that takes capabilities away, or
// shows it another network or other mounts, a sound station would look broken (systemd.exec(5)).
func confined() error {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return fmt.Errorf("les capacités de ce processus sont inconnues : %w", err)
	}
	has := uint64(data[1].Effective)<<32 | uint64(data[0].Effective)
	for _, n := range needed {
		overrides := n.bit == unix.CAP_DAC_READ_SEARCH && has&(1<<unix.CAP_DAC_OVERRIDE) != 0
		if has&(1<<n.bit) == 0 && !overrides {
			return fmt.Errorf("il manque %s", n.name)
		}
	}
	// Where the first process may not be looked at, as in some containers, nothing speaks for another namespace.
	for _, kind := range []string{"net", "mnt", "pid"} {
		ours, err1 := os.Readlink("/proc/self/ns/" + kind)
		firsts, err2 := os.Readlink("/proc/1/ns/" + kind)
		if err1 == nil && err2 == nil && ours != firsts {
			return fmt.Errorf("ce processus est dans un espace à lui (%s)", kind)
		}
	}
	return nil
}

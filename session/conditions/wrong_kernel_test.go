package conditions_test

import (
	"time"

	"estran/session/conditions"
)

// wrongOfTheSystem is the kernel and Debian around the station.
var wrongOfTheSystem = []breakage{
	{"kernel-options", warning, "slab_nomerge", swapped("/proc/cmdline", "slab_nomerge", "")},
	{"kernel-options", warning, "vsyscall=none", also("/proc/cmdline", " vsyscall=emulate")},
	{"kernel-options", failed, "init", also("/proc/cmdline", " init=/bin/sh")},
	{"kernel-options", failed, "single", also("/proc/cmdline", " single")},
	{"kernel-options", fine, "protection", also("/proc/cmdline", " -- single")},
	{"kernel-options", unknown, "/proc/cmdline", without("/proc/cmdline")},

	{"kernel-settings", warning, "kernel.sysrq=176", text("/proc/sys/kernel/sysrq", "176\n")},
	{"kernel-settings", fine, "15", without("/proc/sys/kernel/sysrq")},
	{"kernel-settings", warning, "pas de quoi fermer : dev.tty.legacy_tiocsti.", without("/proc/sys/dev/tty/legacy_tiocsti")},
	{"kernel-settings", warning, "ptrace_scope=0", text("/proc/sys/kernel/yama/ptrace_scope", "0\n")},
	{"kernel-settings", unknown, "kernel.sysrq", text("/proc/sys/kernel/sysrq", locked)},
	{"kernel-settings", unknown, "kernel.sysrq", text("/proc/sys/kernel/sysrq", "")},

	{"listeners", warning, "SSH", also("/proc/1/net/tcp", "   2: 00000000:0016 00000000:0000 0A 0 0 0\n")},
	{"listeners", failed, "TCP 631", also("/proc/1/net/tcp", "   2: 00000000:0277 00000000:0000 0A 0 0 0\n")},
	{"listeners", failed, "TCP 80", also("/proc/1/net/tcp6", "   2: 00000000000000000000000000000000:0050 0:0 0A 0 0 0\n")},
	{"listeners", failed, "UDP 5353", also("/proc/1/net/udp", "   2: 00000000:14E9 00000000:0000 07 0 0 0\n")},
	{"listeners", fine, "Rien", also("/proc/1/net/tcp6", "   2: 0000000000000000FFFF00000100007F:0050 0:0 0A 0 0 0\n")}, // ::ffff:127.0.0.1
	{"listeners", unknown, "comprend", also("/proc/1/net/tcp", "   2: 0000:zz 0:0 0A 0 0 0\n")},
	{"listeners", unknown, "lit pas", without("/proc/1/net/udp6")},

	{"updates", warning, "seules", answers("apt-config", "APT::Periodic::Unattended-Upgrade \"0\";\n")},
	{"updates", warning, "seules", func(c *computer) { delete(c.entries, "/usr/bin/unattended-upgrade") }},
	{"updates", warning, "8 jours", entry("/var/lib/apt/lists", conditions.Entry{Modified: now.Add(-8 * 24 * time.Hour)})},
	{"updates", fine, "1 jours", func(c *computer) { // the newest counts
		c.entries["/var/lib/apt/lists"] = conditions.Entry{Modified: now.Add(-8 * 24 * time.Hour)}
		c.entries["/var/lib/apt/periodic/update-success-stamp"] = conditions.Entry{Modified: now.Add(-30 * time.Hour)}
	}},
	{"updates", unknown, "inconnu", func(c *computer) { delete(c.entries, "/var/lib/apt/lists") }},
	{"updates", unknown, "apt", refuses("apt-config")},

	{"reboot", warning, "attend", entry("/run/reboot-required", conditions.Entry{})},
	{"reboot", warning, "6.12.99", func(c *computer) { c.links["/vmlinuz"] = "boot/vmlinuz-6.12.99" }},
	{"reboot", warning, "15 jours", text("/proc/uptime", "1300000.0 1\n")},
	{"reboot", unknown, "Depuis", text("/proc/uptime", "\n")},
	{"reboot", unknown, "noyau", without("/proc/sys/kernel/osrelease")},

	{"clock", warning, "réseau", answers("timedatectl", "NTPSynchronized=no\n")},
	{"clock", unknown, "autre chose", answers("timedatectl", "")},
	{"clock", unknown, "timedatectl", refuses("timedatectl")},

	{"disk", warning, "500 MiB", func(c *computer) { c.free = 500 << 20 }},
	{"disk", failed, "50 MiB", func(c *computer) { c.free = 50 << 20 }},

	{"debian", warning, "Debian 12", swapped("/etc/os-release", "13", "12")},
	{"debian", unknown, "14", swapped("/etc/os-release", "13", "14")},
	{"debian", unknown, "ubuntu", swapped("/etc/os-release", "debian", "ubuntu")},
	{"debian", unknown, "lit pas", without("/etc/os-release")},

	{"package-files", failed, "/usr/bin/estran", answers("dpkg", "??5??????   /usr/bin/estran\n")},
	{"package-files", failed, "/usr/sbin/estrand", answers("dpkg", "missing     /usr/sbin/estrand\n")},
	{"package-files", unknown, "installé", answers("dpkg-query", "config-files")},
	{"package-files", unknown, "installé", refuses("dpkg-query")},
	{"package-files", unknown, "dpkg", refuses("dpkg")},
}

package conditions_test

import (
	"io/fs"

	"estran/session"
	"estran/session/conditions"
)

// wrongOfTheSeat is who else could sit at the computer, and by which way in.
var wrongOfTheSeat = []breakage{
	{"console", failed, "getty@tty2.service", isUnit("getty@tty2.service", "loaded active")},
	{"console", failed, "getty@tty1.service", isUnit("getty@tty1.service", "masked active")}, // before the first restart
	{"console", failed, "debug-shell.service", isUnit("debug-shell.service", "loaded inactive")},
	{"console", failed, "getty@tty5.service", isUnit("getty@tty5.service", "loaded activating")},
	{"console", failed, "serial-getty@ttyS1.service", isUnit("serial-getty@ttyS1.service", "loaded active")},
	{"console", failed, "display-manager.service", isUnit("display-manager.service", "loaded active")},
	{"console", unknown, "tout", func(c *computer) { delete(c.units, "debug-shell.service") }},
	{"console", unknown, "systemd", refuses("systemctl")},
	{"console", failed, "login (900, tty3)", text("/proc/900/stat", "900 (login) S 1 900 900 1027 900 0\n")},
	{"console", failed, "bash (900, ttyS0)", text("/proc/900/stat", "900 (bash) S 1 900 900 1088 900 0\n")},
	{"console", failed, "sh (900, hvc0)", text("/proc/900/stat", "900 (sh) S 1 900 900 58624 900 0\n")},
	{"console", failed, "sh (900, console)", text("/proc/900/stat", "900 (sh) S 1 900 900 1281 900 0\n")},
	{"console", failed, "a?b) c (900, tty1)", text("/proc/900/stat", "900 (a\x1bb) c) S 1 900 900 1025 900 0\n")},
	{"console", fine, "Ni invite", func(c *computer) { // IT's own login
		c.units["estran-maintenance-getty.service"] = "loaded active"
		c.files["/proc/900/stat"] = "900 (agetty) S 1 900 900 1025 900 0\n"
	}},
	{"console", failed, "tty2", func(c *computer) { // not another one beside it
		c.units["estran-maintenance-getty.service"] = "loaded active"
		c.files["/proc/900/stat"] = "900 (agetty) S 1 900 900 1026 900 0\n"
	}},
	{"console", unknown, "no process", func(c *computer) {
		for _, pid := range []string{"1", "500", "600"} {
			c.files["/proc/"+pid+"/stat"] = "rubbish"
		}
	}},

	{"console-keys", warning, "NAutoVTs=6", answers("systemd-analyze cat-config --no-pager systemd/logind.conf", "[Login]\nNAutoVTs=0\nNAutoVTs=6\nReserveVT=0\n")},
	{"console-keys", warning, "ReserveVT= ", answers("systemd-analyze cat-config --no-pager systemd/logind.conf", "[Login]\nNAutoVTs=0\n[Other]\nReserveVT=0\n")},
	{"console-keys", warning, "CtrlAltDelBurstAction", answers("systemd-analyze cat-config --no-pager systemd/system.conf", "[Manager]\n#CtrlAltDelBurstAction=none\n")},
	{"console-keys", warning, "ctrl-alt-del.target", isUnit("ctrl-alt-del.target", "loaded inactive")},
	{"console-keys", unknown, "systemd", refuses("systemd-analyze")},
	{"console-keys", unknown, "systemd", refuses("systemctl")},

	{"seat-files", failed, "/usr/share/estran/sway.conf", entry("/usr/share/estran/sway.conf", conditions.Entry{Mode: 0o664})},
	{"seat-files", failed, "/usr/share/estran/foot.ini", entry("/usr/share/estran/foot.ini", conditions.Entry{Mode: 0o646})},
	{"seat-files", failed, "compte 990", entry("/usr/bin/estran", conditions.Entry{Mode: 0o755, UID: 990})},
	{"seat-files", failed, "/usr/share n'est", entry("/usr/share", conditions.Entry{Mode: fs.ModeDir | 0o777})},
	{"seat-files", failed, "/etc/estran n'est", entry("/etc/estran", conditions.Entry{Mode: fs.ModeDir | 0o755, UID: 1000})},
	{"seat-files", failed, "ordinaire", entry("/usr/bin/foot", conditions.Entry{Mode: fs.ModeSymlink | 0o777})},
	{"seat-files", failed, "manque", func(c *computer) { delete(c.entries, "/usr/share/estran/sway.conf") }},
	{"seat-files", fine, "root", func(c *computer) { delete(c.entries, session.ConfigPath) }},
	{"seat-files", failed, "/etc/estran n'est", func(c *computer) {
		delete(c.entries, session.ConfigPath)
		c.entries["/etc/estran"] = conditions.Entry{Mode: fs.ModeDir | 0o775}
	}},

	{"accounts", failed, "n'existe pas", swapped("/etc/passwd", "estran:x", "other:x")},
	{"accounts", failed, "/bin/bash", swapped("/etc/passwd", "/usr/sbin/nologin", "/bin/bash")},
	{"accounts", failed, "root", swapped("/etc/passwd", "x:990", "x:0")},
	{"accounts", failed, "même compte", swapped("/etc/passwd", "x:989", "x:990")},
	{"accounts", failed, "mot de passe", swapped("/etc/shadow", "estran:!*", "estran:$y$abc")},
	{"accounts", failed, "mot de passe", swapped("/etc/shadow", "estran:!*", "estran:")},
	{"accounts", failed, "pas fermé", swapped("/etc/shadow", "estran-visitor:!*:20000:::::1:", "estran-visitor:!*:20000::::::")},
	{"accounts", failed, "sudo", swapped("/etc/group", "sudo:x:27:marie", "sudo:x:27:marie,estran")},
	{"accounts", unknown, "lisent", text("/etc/shadow", locked)},

	{"account-files", failed, "crontabs/estran-visitor", entry("/var/spool/cron/crontabs/estran-visitor", conditions.Entry{Mode: 0o600})},
	{"account-files", failed, "linger/estran", entry("/var/lib/systemd/linger/estran", conditions.Entry{Mode: 0o600})},
	{"account-files", failed, "/run/user/990", entry("/run/user/990", conditions.Entry{Mode: fs.ModeDir | 0o700})},
	{"account-files", failed, "/nonexistent", entry("/nonexistent", conditions.Entry{Mode: fs.ModeDir | 0o700})},
	{"account-files", failed, "at »", entry("/var/spool/cron/atjobs/a0001", conditions.Entry{Mode: 0o700, UID: 989})},
	{"account-files", fine, "Ni tâche", entry("/var/spool/cron/atjobs/a0001", conditions.Entry{Mode: 0o700, UID: 1000})},
	{"account-files", unknown, "lisent", without("/etc/passwd")},

	{"usb", failed, "tourne pas", isUnit("usbguard.service", "loaded inactive")},
	{"usb", failed, "d'autres règles", swapped("/proc/77/cmdline", "/usr/share/estran/usbguard/", "/etc/usbguard/")},
	{"usb", failed, "d'autres règles", text("/proc/77/cmdline", "/usr/sbin/usbguard-daemon\x00-c")},
	{"usb", failed, "usb1", text("/sys/bus/usb/devices/usb1/authorized_default", "1\n")},
	{"usb", unknown, "usb1", text("/sys/bus/usb/devices/usb1/authorized_default", locked)},
	{"usb", unknown, "lisent", without("/proc/77/cmdline")},
	{"usb", unknown, "systemd", refuses("systemctl")},

	{"services", failed, "estran-seat", isUnit("estran-seat.service", "loaded failed")},
	{"services", failed, "udisks2.service (not-found", isUnit("udisks2.service", "not-found inactive")},
	{"services", fine, "5 services", func(c *computer) {
		c.config.Media.UDisks = "off"
		c.units["udisks2.service"] = "not-found inactive"
	}},
	{"services", warning, "maintenance", func(c *computer) {
		c.units["estran-maintenance-getty.service"] = "loaded active"
		c.units["estran-seat.service"] = "loaded inactive"
	}},
	{"services", failed, "seatd", func(c *computer) {
		c.units["estran-maintenance-getty.service"] = "loaded active"
		c.units["seatd.service"] = "loaded failed"
	}},
	{"services", unknown, "seatd", func(c *computer) { delete(c.units, "seatd.service") }},
	{"services", unknown, "systemd", refuses("systemctl")},

	{"boot-menu", failed, "verrouillé", text("/boot/grub/grub.cfg", "menuentry 'Debian' {\n}\n")},
	{"boot-menu", unknown, "GRUB", without("/boot/grub/grub.cfg")},
	{"boot-menu", unknown, "lit pas", text("/boot/grub/grub.cfg", locked)},
	{"boot-menu", warning, "mot de passe", func(c *computer) { delete(c.entries, "/etc/estran/grub.password") }},
	{"boot-menu", failed, "D'autres", entry("/etc/estran/grub.password", conditions.Entry{Mode: 0o644})},
	{"boot-menu", failed, "D'autres", entry("/etc/estran/grub.password", conditions.Entry{Mode: 0o600, UID: 990})},
	{"boot-menu", failed, "pbkdf2", text("/etc/estran/grub.password", "azerty\n")},
	{"boot-menu", warning, "pas encore", text("/etc/estran/grub.password", "grub.pbkdf2.sha512.10000.AA.BB\n")},
}

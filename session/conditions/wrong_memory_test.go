package conditions_test

import (
	"errors"
)

const journald = "systemd-analyze cat-config --no-pager systemd/journald.conf"

// wrongOfMemory is what memory keeps, and what leaves it for a disk.
var wrongOfMemory = []breakage{
	{"session-memory", failed, "no tmpfs", func(c *computer) { c.tmpfs = errors.New("no tmpfs") }},
	{"session-memory", warning, "noswap", func(c *computer) { c.noswap = false }},
	{"session-memory", warning, "2GiB", text("/proc/meminfo", "MemTotal: 2000000 kB\n")},
	{"session-memory", warning, "inconnue", text("/proc/meminfo", "rubbish\n")},
	{"session-memory", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"swap", failed, "/dev/sda3", also("/proc/swaps", "/dev/sda3 partition 1000 0 -2\n")},
	{"swap", failed, "/swapfile", also("/proc/swaps", "/swapfile file 1000 0 -2\n")},
	{"swap", failed, "disque", also("/proc/swaps", "/dev/zram0 partition 1000 0 100\n")},
	{"swap", failed, "disque", func(c *computer) {
		also("/proc/swaps", "/dev/zram0 partition 1000 0 100\n")(c)
		c.files["/sys/block/zram0/backing_dev"] = "/dev/sda4\n"
	}},
	{"swap", warning, "zram0", func(c *computer) {
		also("/proc/swaps", "/dev/zram0 partition 1000 0 100\n")(c)
		c.files["/sys/block/zram0/backing_dev"] = "none\n"
	}},
	{"swap", failed, "/dev/sda3", func(c *computer) { // behind a harmless one
		also("/proc/swaps", "/dev/zram0 partition 1000 0 100\n/dev/sda3 partition 1 0 -2\n")(c)
		c.files["/sys/block/zram0/backing_dev"] = "none\n"
	}},
	{"swap", unknown, "/proc/swaps", without("/proc/swaps")},
	{"swap", unknown, "/proc/swaps", text("/proc/swaps", "")},

	{"freed-memory", failed, "sans init_on_free", swapped("/proc/cmdline", "init_on_free=1", "")},
	{"freed-memory", failed, "init_on_free=0", also("/proc/cmdline", " init_on_free=0")},
	{"freed-memory", failed, "sans", swapped("/proc/cmdline", "init_on_free=1", "-- init_on_free=1")},
	{"freed-memory", failed, "page_poison", also("/proc/cmdline", " page_poison=1")},
	{"freed-memory", fine, "init_on_free=1", also("/proc/cmdline", " page_poison=0")},
	{"freed-memory", unknown, "/proc/cmdline", text("/proc/cmdline", locked)},

	{"forgetting", warning, "systemd", text("/proc/1/environ", "TERM=linux\x00")},
	{"forgetting", warning, "systemd", text("/proc/1/environ", "GLIBC_TUNABLES=glibc.malloc.perturb=165\x00")},
	{"forgetting", unknown, "systemd", text("/proc/1/environ", locked)},
	{"forgetting", unknown, "systemd", refuses("systemctl")},
	{"forgetting", warning, "udisks2.service, usbguard.service, clamav-daemon.service", text("/proc/77/environ", "LANG=C\x00")},
	{"forgetting", unknown, "udisks2.service", without("/proc/77/environ")},
	{"forgetting", fine, "Les 5", isUnit("dbus.service", "loaded active")},

	{"core-dumps", failed, "core.%p", text("/proc/sys/kernel/core_pattern", "core.%p\n")},
	{"core-dumps", failed, "/bin/false2", text("/proc/sys/kernel/core_pattern", "|/bin/false2\n")},
	{"core-dumps", fine, "Aucun", text("/proc/sys/kernel/core_pattern", "|/usr/lib/systemd/systemd-coredump %P %u\n")},
	{"core-dumps", failed, "external", func(c *computer) {
		c.files["/proc/sys/kernel/core_pattern"] = "|/usr/lib/systemd/systemd-coredump %P %u\n"
		c.answers["systemd-analyze cat-config --no-pager systemd/coredump.conf"] = "[Coredump]\nStorage=none\n[Coredump]\nStorage=external\n"
	}},
	{"core-dumps", failed, "garde", func(c *computer) {
		c.files["/proc/sys/kernel/core_pattern"] = "|/usr/lib/systemd/systemd-coredump %P %u\n"
		c.refused["systemd-analyze"] = true
	}},
	{"core-dumps", failed, "kdump", text("/sys/kernel/kexec_crash_loaded", "1\n")},
	{"core-dumps", warning, "1 vidages", text("/var/lib/systemd/coredump/core.zst", "x")},
	{"core-dumps", unknown, "core_pattern", without("/proc/sys/kernel/core_pattern")},

	{"journal", failed, "Storage=auto", answers(journald, "[Journal]\nStorage=volatile\nStorage=auto\n")},
	{"journal", failed, "Storage=)", answers(journald, "[Journal]\n#Storage=volatile\n")},
	{"journal", warning, "ReadKMsg", answers(journald, "[Journal]\nStorage=volatile\n")},
	{"journal", failed, "rsyslog", isUnit("rsyslog.service", "loaded active")},
	{"journal", warning, "avant", text("/var/log/journal/abc/system.journal", "x")},
	{"journal", unknown, "journal", refuses("systemd-analyze")},
	{"journal", unknown, "systemd", refuses("systemctl")},
}

package conditions_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/agents"
	"estran/session/browser"
	"estran/session/conditions"
	"estran/session/daybook"
)

func everyPolicy() string {
	names, err := conditions.PolicyNames(browser.Config{Sites: session.Defaults().Sites})
	if err != nil || len(names) < 60 {
		panic("no policies")
	}
	properties := map[string]any{}
	for _, n := range names {
		properties[n] = map[string]any{}
	}
	data, _ := json.Marshal(map[string]any{"properties": properties})
	return string(data)
}

func look(t *testing.T, c *computer) map[string]conditions.Result {
	t.Helper()
	all := map[string]conditions.Result{}
	for _, r := range conditions.Look(t.Context(), c.host()) {
		if _, twice := all[r.ID]; twice {
			t.Errorf("two conditions are called %s", r.ID)
		}
		all[r.ID] = r
	}
	return all
}

func TestAHealthyStationHasNothingToMend(t *testing.T) {
	results := conditions.Look(t.Context(), healthy().host())
	for _, r := range results {
		if r.State != conditions.OK || r.Mend != "" {
			t.Errorf("%s is %s: %s (%s)", r.ID, r.State, r.Found, r.Mend)
		}
	}
	if len(results) < 30 || conditions.Overall(results) != conditions.OK {
		t.Errorf("%d conditions are %s", len(results), conditions.Overall(results))
	}
	if fault, err := conditions.Vital(t.Context(), healthy().host()); fault != session.NoFault || err != nil {
		t.Errorf("a healthy station stops with %s: %v", fault, err)
	}
}

// breakage is one thing that is wrong with a computer, and what must be told of it.
type breakage struct {
	id    string
	state conditions.State
	says  string
	wreck func(*computer)
}

const (
	unknown = conditions.Unknown
	fine    = conditions.OK
	warning = conditions.Warning
	failed  = conditions.Failed
)

func text(path, value string) func(*computer) { return func(c *computer) { c.files[path] = value } }

func without(path string) func(*computer) { return func(c *computer) { delete(c.files, path) } }

func isUnit(name, is string) func(*computer) { return func(c *computer) { c.units[name] = is } }

func refuses(program string) func(*computer) { return func(c *computer) { c.refused[program] = true } }

func also(path, more string) func(*computer) { return func(c *computer) { c.files[path] += more } }

func swapped(path, old, new string) func(*computer) {
	return func(c *computer) {
		after := strings.Replace(c.files[path], old, new, 1)
		if after == c.files[path] {
			panic(path + " does not hold " + old)
		}
		c.files[path] = after
	}
}

func entry(path string, e conditions.Entry) func(*computer) {
	return func(c *computer) { c.entries[path] = e }
}

func answers(program, answer string) func(*computer) {
	return func(c *computer) { c.answers[program] = answer }
}

const journald = "systemd-analyze cat-config --no-pager systemd/journald.conf"

var breakages = []breakage{
	{"configuration", failed, "ligne", func(c *computer) { _, c.broken = session.Parse([]byte("[session]\nidle = 3\n"), "x.toml") }},
	{"configuration", failed, "refused", func(c *computer) { c.broken = errors.New("refused") }},
	{"configuration", fine, "par défaut", func(c *computer) { delete(c.entries, session.ConfigPath) }},

	{"state-directory", failed, "manque", func(c *computer) { delete(c.entries, "/var/lib/estran") }},
	{"state-directory", failed, "0755", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeDir | 0o755})},
	{"state-directory", failed, "compte 990", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeDir | 0o700, UID: 990})},
	{"state-directory", failed, "pas un dossier", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeSymlink | 0o777})},
	{"state-directory", failed, "no space", func(c *computer) { c.writable = errors.New("no space") }},
	{"state-directory", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"access-log", fine, "rien n'est gardé", func(*computer) {}},
	{"access-log", fine, "prochaine session", func(c *computer) { c.config.AccessLog.Enabled = true }},
	{"access-log", fine, "éteint ; ses lignes", notes(false, 0o600, func(*computer) {})},
	{"access-log", fine, "allumé, et à root seul", notes(true, 0o600, func(*computer) {})},
	{"access-log", failed, "0644", notes(true, 0o644, func(*computer) {})},
	{"access-log", warning, "0644", notes(false, 0o644, func(*computer) {})}, // the station opens all the same
	{"access-log", failed, "compte 990", notes(true, 0o600, func(c *computer) {
		c.entries[accesslog.Path] = conditions.Entry{Mode: 0o600, UID: 990}
	})},
	{"access-log", failed, "ordinaire", notes(true, fs.ModeSymlink|0o777, func(*computer) {})},
	{"access-log", failed, "trop grand : 65 Mio", notes(true, 0o600, func(c *computer) {
		c.entries[accesslog.Path] = conditions.Entry{Mode: 0o600, Size: 65 << 20}
	})},
	{"access-log", failed, "place", notes(true, 0o600, func(c *computer) {
		c.free, c.entries[accesslog.Path] = 1<<20, conditions.Entry{Mode: 0o600, Size: 1 << 20}
	})},
	{"access-log-lines", unknown, "refused", notes(true, 0o600, func(c *computer) { c.logIs = errors.New("refused") })},
	{"access-log-lines", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},
	{"access-log-lines", warning, "2 ne se lisent pas", notes(true, 0o600, func(c *computer) { c.log.Damaged = []int{1, 7} })},
	{"access-log-lines", warning, "plus vieilles que les 12 et 3 mois", notes(true, 0o600, func(c *computer) {
		c.log.Entries[0].Start = now.AddDate(0, -3, -5)
	})},
	{"access-log-lines", fine, "1, et", notes(true, 0o600, func(c *computer) { c.log.Entries[0].Start = now.AddDate(0, -3, -2) })},
	{"access-log", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"sandbox", failed, "bwrap says no", func(c *computer) { c.sandbox = errors.New("bwrap says no") }},

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

	{"forgetting", warning, "systemd", text("/proc/1/environ", "TERM=linux\x00")},
	{"forgetting", warning, "systemd", text("/proc/1/environ", "GLIBC_TUNABLES=glibc.malloc.perturb=165\x00")},
	{"forgetting", unknown, "systemd", text("/proc/1/environ", locked)},
	{"forgetting", unknown, "systemd", refuses("systemctl")},
	{"forgetting", warning, "udisks2.service, usbguard.service, clamav-daemon.service", text("/proc/77/environ", "LANG=C\x00")},
	{"forgetting", unknown, "udisks2.service", without("/proc/77/environ")},
	{"forgetting", fine, "Les 5", isUnit("dbus.service", "loaded active")},

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

	{"console-keys", warning, "NAutoVTs=6", answers("systemd-analyze cat-config --no-pager systemd/logind.conf", "[Login]\nNAutoVTs=0\nNAutoVTs=6\nReserveVT=0\n")},
	{"console-keys", warning, "ReserveVT= ", answers("systemd-analyze cat-config --no-pager systemd/logind.conf", "[Login]\nNAutoVTs=0\n[Other]\nReserveVT=0\n")},
	{"console-keys", warning, "CtrlAltDelBurstAction", answers("systemd-analyze cat-config --no-pager systemd/system.conf", "[Manager]\n#CtrlAltDelBurstAction=none\n")},
	{"console-keys", warning, "ctrl-alt-del.target", isUnit("ctrl-alt-del.target", "loaded inactive")},
	{"console-keys", unknown, "systemd", refuses("systemd-analyze")},
	{"console-keys", unknown, "systemd", refuses("systemctl")},

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

	{"usb", failed, "tourne pas", isUnit("usbguard.service", "loaded inactive")},
	{"usb", failed, "d'autres règles", swapped("/proc/77/cmdline", "/usr/share/estran/usbguard/", "/etc/usbguard/")},
	{"usb", failed, "d'autres règles", text("/proc/77/cmdline", "/usr/sbin/usbguard-daemon\x00-c")},
	{"usb", failed, "usb1", text("/sys/bus/usb/devices/usb1/authorized_default", "1\n")},
	{"usb", unknown, "usb1", text("/sys/bus/usb/devices/usb1/authorized_default", locked)},
	{"usb", unknown, "lisent", without("/proc/77/cmdline")},
	{"usb", unknown, "systemd", refuses("systemctl")},

	{"compositor", warning, "seul son bac à sable", func(c *computer) { c.offers = []string{"wl_compositor"} }},
	{"compositor", unknown, "gone", func(c *computer) { c.offersIs = errors.New("gone") }},

	{"browser", failed, "pas installé", without("/usr/lib/firefox-esr/application.ini")},
	{"browser", failed, "115.3.0", swapped("/usr/lib/firefox-esr/application.ini", "140.4.0", "115.3.0")},
	{"browser", unknown, "version", text("/usr/lib/firefox-esr/application.ini", "[App]\n")},
	{"browser", failed, "w3m", func(c *computer) { c.config.Browser.Program = "w3m" }},
	{"browser", fine, "w3m", func(c *computer) { c.config.Browser.Program = "w3m"; c.put("/usr/bin/w3m", 0o755) }},

	{"browser-policies", failed, "PrivateBrowsingModeAvailability", func(c *computer) {
		c.schema = strings.Replace(c.schema, "PrivateBrowsingModeAvailability", "Other", 1)
	}},
	{"browser-policies", failed, "règles", func(c *computer) { c.config.Browser.Home = "nowhere" }},
	{"browser-policies", unknown, "gone", func(c *computer) { c.schemaIs = errors.New("gone") }},
	{"browser-policies", unknown, "lit pas", func(c *computer) { c.schema = "<html>" }},
	{"browser-policies", fine, "w3m", func(c *computer) { c.config.Browser.Program = "w3m"; c.schema = "" }},
	{"browser-policies", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"antivirus", failed, "répond pas sur", func(c *computer) { c.virus.Problem = session.ReasonNoAntivirus }},
	{"antivirus", failed, "fichier d'essai", func(c *computer) { c.virus.Problem = session.ReasonNoSignatures }},
	{"antivirus", failed, "antivirus-silent", func(c *computer) { c.virus.Problem = session.ReasonAntivirusSilent }},
	{"antivirus", warning, "7 jours", func(c *computer) { c.virus.Signatures = now.Add(-7 * 24 * time.Hour) }},
	{"antivirus", warning, "29 jours", func(c *computer) { c.virus.Signatures = now.Add(-30*24*time.Hour + time.Second) }},
	{"antivirus", failed, "30 jours", func(c *computer) { c.virus.Signatures = now.Add(-30 * 24 * time.Hour) }},
	{"antivirus", warning, "horloge", func(c *computer) { c.virus.Signatures = now.Add(48 * time.Hour) }},
	{"antivirus", unknown, "inconnue", func(c *computer) { c.virus.Signatures = time.Time{} }},
	{"antivirus", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"printing", fine, "prête", prints("PreserveJobFiles No\npreservejobhistory off\n")},
	{"printing", failed, "PreserveJobFiles", prints("PreserveJobHistory No\n")},
	{"printing", failed, "PreserveJobHistory", prints("PreserveJobFiles No\nPreserveJobHistory No\nPreserveJobHistory Yes\n")},
	{"printing", failed, "PreserveJobFiles", prints("#PreserveJobFiles No\nPreserveJobHistory No\n")},
	{"printing", unknown, "CUPS", prints(locked)},
	{"printing", failed, "accueil", func(c *computer) { prints("")(c); c.refused["lpstat"] = true }},
	{"printing", failed, "par défaut", func(c *computer) {
		prints("")(c)
		c.config.Printing.Queue, c.answers["lpstat"] = "default", "no system default destination\n"
	}},
	{"printing", fine, "file salle", func(c *computer) {
		prints("PreserveJobFiles No\nPreserveJobHistory No\n")(c)
		c.config.Printing.Queue, c.answers["lpstat"] = "default", "system default destination: salle\n"
	}},
	{"printing", failed, "arrêtée", func(c *computer) {
		prints("PreserveJobFiles No\nPreserveJobHistory No\n")(c)
		c.answers["lpstat"] = "printer accueil disabled since Thu Nov 26 09:12:11 2026 -\n\tPaused\n"
	}},
	{"printing", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"journal", failed, "Storage=auto", answers(journald, "[Journal]\nStorage=volatile\nStorage=auto\n")},
	{"journal", failed, "Storage=)", answers(journald, "[Journal]\n#Storage=volatile\n")},
	{"journal", warning, "ReadKMsg", answers(journald, "[Journal]\nStorage=volatile\n")},
	{"journal", failed, "rsyslog", isUnit("rsyslog.service", "loaded active")},
	{"journal", warning, "avant", text("/var/log/journal/abc/system.journal", "x")},
	{"journal", unknown, "journal", refuses("systemd-analyze")},
	{"journal", unknown, "systemd", refuses("systemctl")},

	{"daybook", failed, "ligne 3", func(c *computer) { c.book.Broken = &daybook.Broken{Line: 3} }},
	{"daybook", warning, "coupée", func(c *computer) { c.book.Cut = true }},
	{"daybook", fine, "1 lignes", func(c *computer) { c.book.Entries = make([]daybook.Entry, 1) }},
	{"daybook", unknown, "refused", func(c *computer) { c.bookIs = errors.New("refused") }},
	{"daybook", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"agents", fine, "visiteurs seuls", func(*computer) {}},
	{"agents", fine, "2, à jour", agentsAre(agents.Standing{HasCode: true, Tries: 3}, agents.Standing{Account: agents.Account{Disabled: true}, Blocked: true, Expired: true})},
	{"agents", failed, "upgrade Estran", func(c *computer) { c.agentsIs = errors.New("version: it is 2: upgrade Estran") }},
	{"agents", failed, "unblock --all", func(c *computer) { c.agents.Tries = errors.New("cut") }},
	{"agents", failed, "horloge", func(c *computer) { c.agents.ClockBehind = true }},
	{"agents", warning, "2, dont bloqués : a", agentsAre(agents.Standing{HasCode: true, Blocked: true, Due: true}, agents.Standing{HasCode: true})},
	{"agents", warning, "1, dont expirés : a", agentsAre(agents.Standing{HasCode: true, Expired: true, Due: true})},
	{"agents", warning, "à revoir dans les 30 jours : a, b", agentsAre(agents.Standing{HasCode: true, Due: true}, agents.Standing{Due: true})},
	{"agents", warning, "sans code : b", agentsAre(agents.Standing{HasCode: true}, agents.Standing{})},
	{"agents", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"listeners", warning, "SSH", also("/proc/1/net/tcp", "   2: 00000000:0016 00000000:0000 0A 0 0 0\n")},
	{"listeners", failed, "TCP 631", also("/proc/1/net/tcp", "   2: 00000000:0277 00000000:0000 0A 0 0 0\n")},
	{"listeners", failed, "TCP 80", also("/proc/1/net/tcp6", "   2: 00000000000000000000000000000000:0050 0:0 0A 0 0 0\n")},
	{"listeners", failed, "UDP 5353", also("/proc/1/net/udp", "   2: 00000000:14E9 00000000:0000 07 0 0 0\n")},
	{"listeners", fine, "Rien", also("/proc/1/net/tcp6", "   2: 0000000000000000FFFF00000100007F:0050 0:0 0A 0 0 0\n")}, // ::ffff:127.0.0.1
	{"listeners", unknown, "comprend", also("/proc/1/net/tcp", "   2: 0000:zz 0:0 0A 0 0 0\n")},
	{"listeners", unknown, "lit pas", without("/proc/1/net/udp6")},

	{"boot-menu", failed, "verrouillé", text("/boot/grub/grub.cfg", "menuentry 'Debian' {\n}\n")},
	{"boot-menu", unknown, "GRUB", without("/boot/grub/grub.cfg")},
	{"boot-menu", unknown, "lit pas", text("/boot/grub/grub.cfg", locked)},
	{"boot-menu", warning, "mot de passe", func(c *computer) { delete(c.entries, "/etc/estran/grub.password") }},
	{"boot-menu", failed, "D'autres", entry("/etc/estran/grub.password", conditions.Entry{Mode: 0o644})},
	{"boot-menu", failed, "D'autres", entry("/etc/estran/grub.password", conditions.Entry{Mode: 0o600, UID: 990})},
	{"boot-menu", failed, "pbkdf2", text("/etc/estran/grub.password", "azerty\n")},
	{"boot-menu", warning, "pas encore", text("/etc/estran/grub.password", "grub.pbkdf2.sha512.10000.AA.BB\n")},

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

// notes has the station note sessions, or have noted one yesterday, in a file with these rights.
func notes(enabled bool, mode fs.FileMode, more func(*computer)) func(*computer) {
	return func(c *computer) {
		c.config.AccessLog.Enabled = enabled
		c.entries[accesslog.Path] = conditions.Entry{Mode: mode}
		c.log.Entries = []accesslog.Entry{{Station: "pc", Start: now.AddDate(0, 0, -1)}}
		more(c)
	}
}

// agentsAre has agents a, b and so on, who stand so.
func agentsAre(all ...agents.Standing) func(*computer) {
	for i := range all {
		all[i].Login = string(rune('a' + i))
	}
	return func(c *computer) { c.agents.Agents = all }
}

// prints has the station print through a queue, with this cupsd.conf.
func prints(conf string) func(*computer) {
	return func(c *computer) {
		c.config.Printing.Queue = "accueil"
		c.answers["lpstat"] = "printer accueil is idle.\n"
		c.files["/etc/cups/cupsd.conf"] = conf
	}
}

func TestWhatIsWrongIsFound(t *testing.T) {
	for i, b := range breakages {
		c := healthy()
		b.wreck(c)
		r, there := look(t, c)[b.id]
		if !there {
			t.Errorf("%d: there is no condition %s", i, b.id)
			continue
		}
		if r.State != b.state || !strings.Contains(r.Found, b.says) && !strings.Contains(r.Mend, b.says) {
			t.Errorf("%d: %s is %s: %q, want %s with %q", i, b.id, r.State, r.Found, b.state, b.says)
		}
		if r.Why == "" || r.State != conditions.OK && r.Mend == "" {
			t.Errorf("%d: %s does not say why, or what to do", i, b.id)
		}
	}
}

// Every condition is seen to fail or warn, and every vital one to stop the station with its own fault.
func TestEveryConditionIsSeenToFail(t *testing.T) {
	for _, r := range conditions.Look(t.Context(), healthy().host()) {
		i := slices.IndexFunc(breakages, func(b breakage) bool {
			return b.id == r.ID && (b.state == conditions.Failed || !r.Vital() && b.state != conditions.OK)
		})
		if i < 0 {
			t.Errorf("nothing breaks %s", r.ID)
			continue
		}
		if !r.Vital() {
			continue
		}
		c := healthy()
		breakages[i].wreck(c)
		fault, err := conditions.Vital(t.Context(), c.host())
		if fault != r.Fault && r.ID != "state-directory" || err == nil || !strings.Contains(err.Error(), r.ID) {
			t.Errorf("a broken %s gives %q and %v", r.ID, fault, err)
		}
	}
}

// A vital condition that cannot be told stops the station.
func TestUnknownStopsTheStation(t *testing.T) {
	seen := 0
	for _, b := range breakages {
		c := healthy()
		b.wreck(c)
		r := look(t, c)[b.id]
		if !r.Vital() || b.state != conditions.Unknown {
			continue
		}
		seen++
		if fault, _ := conditions.Vital(t.Context(), c.host()); fault == session.NoFault || !r.Fails() {
			t.Errorf("%s is unknown, and the station opens", b.id)
		}
	}
	if seen < 6 {
		t.Errorf("only %d vital conditions were unknown", seen)
	}
}

// A computer that tells nothing at all has no condition that is fine.
func TestNothingIsFineOnASilentComputer(t *testing.T) {
	none := errors.New("silence")
	h := (&computer{broken: none, sandbox: none, tmpfs: none, writable: none, schemaIs: none, offersIs: none, bookIs: none, agentsIs: none}).host()
	h.ReadFile = func(string) ([]byte, error) { return nil, none }
	h.ReadDir = func(string) ([]string, error) { return nil, none }
	h.Lstat = func(string) (conditions.Entry, error) { return conditions.Entry{}, none }
	h.Free = func(string) (int64, int64, error) { return 0, 0, none }
	results := conditions.Look(t.Context(), h)
	for _, r := range results {
		if r.State == conditions.OK || r.State == conditions.Warning || r.Mend == "" {
			t.Errorf("%s is %s: %s", r.ID, r.State, r.Found)
		}
		if r.Vital() != slices.ContainsFunc(conditions.VitalOnes(), func(c conditions.Condition) bool { return conditions.IDOf(c) == r.ID }) {
			t.Errorf("%s has the fault %q", r.ID, r.Fault)
		}
	}
	if conditions.Overall(results) != conditions.Failed || conditions.Overall(nil) == conditions.OK {
		t.Error("a silent computer is fine")
	}
}

// A probe that panics, and one that never ends, are unknown, and the others are told in time and in order.
func TestAProbeThatHangsOrPanicsIsUnknown(t *testing.T) {
	for name, misbehave := range map[string]func(string) ([]byte, error){
		"hangs":  func(string) ([]byte, error) { select {} },
		"panics": func(string) ([]byte, error) { panic("broken") },
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy().host()
			read := h.ReadFile
			h.ReadFile = func(p string) ([]byte, error) {
				if p == "/proc/swaps" {
					return misbehave(p)
				}
				return read(p)
			}
			start := time.Now()
			// The others need a moment too, on a computer that is busy with more.
			results := conditions.LookAt(t.Context(), h, conditions.Table(), 3*time.Second)
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
			for i, r := range results {
				if r.ID != conditions.IDOf(conditions.Table()[i]) {
					t.Fatalf("%s stands at %d", r.ID, i)
				}
				if want := r.ID != "swap"; (r.State == conditions.OK) != want || r.ID == "swap" && !r.Fails() {
					t.Errorf("%s is %s: %s", r.ID, r.State, r.Found)
				}
			}
		})
	}
}

// This very computer, whatever it is: all is told in time, and what can be known otherwise is right.
func TestThisComputer(t *testing.T) {
	start := time.Now()
	results := conditions.Look(t.Context(), conditions.ThisHost())
	took := time.Since(start)
	t.Logf("%d conditions in %s", len(results), took)
	if took > conditions.LongestProbe+10*time.Second {
		t.Errorf("it took %s", took)
	}
	states := map[string]conditions.State{}
	for _, r := range results {
		t.Logf("%-8s %s: %s", r.State, r.ID, r.Found)
		states[r.ID] = r.State
		if r.Found == "" || r.Title == "" || r.Why == "" {
			t.Errorf("%s says nothing", r.ID)
		}
	}
	cmdline, err := os.ReadFile("/proc/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	if has := slices.Contains(strings.Fields(string(cmdline)), "init_on_free=1"); !has && states["freed-memory"] != conditions.Failed {
		t.Errorf("init_on_free is not set, and freed-memory is %s", states["freed-memory"])
	}
	swaps, err := os.ReadFile("/proc/swaps")
	if err != nil {
		t.Fatal(err)
	}
	if none := strings.Count(string(swaps), "\n") == 1; none != (states["swap"] == conditions.OK) {
		t.Errorf("the swap is %s: %s", states["swap"], swaps)
	}
	if os.Getuid() == 0 && states["session-memory"] == conditions.Unknown {
		t.Errorf("the session's memory is %s", states["session-memory"])
	}
}

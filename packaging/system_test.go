package packaging_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/session/sessiontest"
)

// TestGeneratorMasks runs what systemd runs at boot.
func TestGeneratorMasks(t *testing.T) {
	early := t.TempDir()
	run(t, ".", "sh", root("usr/lib/systemd/system-generators/estran"), "/nonexistent", early, "/nonexistent")
	for _, unit := range []string{
		"getty@.service", "autovt@.service", "serial-getty@.service", "console-getty.service", "debug-shell.service",
		"ctrl-alt-del.target", "display-manager.service", "sleep.target", "hibernate.target", "kexec.target",
		"systemd-coredump.socket", "rsyslog.service", "auditd.service", "acct.service", "nscd.service", "bluetooth.service",
	} {
		if target, err := os.Readlink(filepath.Join(early, unit)); err != nil || target != "/dev/null" {
			t.Errorf("%s is not masked: %q, %v", unit, target, err)
		}
	}
}

// TestUnitsAreHardened asks systemd how much of the system each unit can reach, from 0 to 100. The browser's has what
// bubblewrap and Firefox cannot do without: network, namespaces and compiled memory, a whole /proc, and root at first. A /tmp
// in memory counts for nothing here, beside PrivateTmp=: a point for each unit.
func TestUnitsAreHardened(t *testing.T) {
	sessiontest.Need(t, "systemd-analyze")
	for unit, most := range map[string]string{
		"estrand.service": "30", "estran-browser.service": "43", "estran-seat.service": "14", "estran-maintenance-note.service": "33",
	} {
		// It reads no unit below a directory of the user's own, and looks at the name.
		at := filepath.Join(t.TempDir(), unit)
		if err := os.WriteFile(at, read(t, root("usr/lib/systemd/system/"+unit)), 0o600); err != nil {
			t.Fatal(err)
		}
		run(t, ".", "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold="+most, at)
	}
}

// TestManualHasEverySetting holds estran.toml(5) to the commented configuration: each key, with its default.
func TestManualHasEverySetting(t *testing.T) {
	manual := strings.NewReplacer(`\(dq`, `"`).Replace(string(read(t, "man/estran.toml.5")))
	settings := regexp.MustCompile(`(?m)^#([a-z_]+) = (.*)$`).FindAllStringSubmatch(string(read(t, "estran.toml")), -1)
	if len(settings) < 20 {
		t.Fatalf("estran.toml shows %d settings only", len(settings))
	}
	for _, s := range settings {
		wanted := "Ic " + s[1] + " No = Ql " + s[2]
		if slices.Contains([]string{"name", "url", "what", "what_en"}, s[1]) {
			// a site has no defaults
			wanted = "Ic " + s[1]
		}
		if !strings.Contains(manual, wanted) {
			t.Errorf("estran.toml(5) does not tell of %s, or has another default than %s", s[1], s[2])
		}
	}
}

// TestManualHasEveryOption holds estran(1) to what « estran --help » says.
func TestManualHasEveryOption(t *testing.T) {
	manual := string(read(t, "man/estran.1"))
	options := regexp.MustCompile(`(?m)^  --([a-z]+) `).FindAllStringSubmatch(string(read(t, "../cmd/estran/main.go")), -1)
	if len(options) < 6 {
		t.Fatalf("main.go shows %d options only", len(options))
	}
	for _, o := range options {
		if !strings.Contains(manual, "\n.It Fl -"+o[1]) {
			t.Errorf("estran(1) does not tell of --%s", o[1])
		}
	}
}

// TestManualsAreSound: an example that is never closed swallows the one after it.
func TestManualsAreSound(t *testing.T) {
	sessiontest.Need(t, "mandoc")
	pages, err := filepath.Glob("man/*")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no manuals: %v", err)
	}
	run(t, ".", "mandoc", append([]string{"-T", "lint", "-W", "warning"}, pages...)...)
}

// TestRoleWritesWhatASiteHas holds the Ansible role to the keys of [[sites]]: one that it forgets is lost without a word.
func TestRoleWritesWhatASiteHas(t *testing.T) {
	_, sites, found := strings.Cut(string(read(t, "estran.toml")), "#[[sites]]\n")
	keys := regexp.MustCompile(`(?m)^#([a-z_]+) = `).FindAllStringSubmatch(sites, -1)
	if !found || len(keys) < 4 {
		t.Fatalf("estran.toml shows %d keys of a site", len(keys))
	}
	role := string(read(t, "ansible/roles/estran/templates/estran.toml.j2"))
	for _, k := range keys {
		if !strings.Contains(role, "site."+k[1]+" ") && !strings.Contains(role, "'"+k[1]+"'") {
			t.Errorf("the role does not write %s", k[1])
		}
	}
}

// TestLockdown holds the lists that would be easy to shorten by mistake.
func TestLockdown(t *testing.T) {
	for file, lines := range map[string][]string{
		"usr/lib/sysctl.d/90-estran.conf": {
			"kernel.sysrq = 0", "kernel.core_pattern = |/bin/false", "kernel.dmesg_restrict = 1", "kernel.yama.ptrace_scope = 3",
			"dev.tty.legacy_tiocsti = 0", "dev.tty.ldisc_autoload = 0", "kernel.kexec_load_disabled = 1",
			"kernel.unprivileged_bpf_disabled = 1", "kernel.unprivileged_userns_clone = 1", "fs.suid_dumpable = 0",
			"net.ipv4.tcp_no_metrics_save = 1",
		},
		"usr/lib/systemd/system.conf.d/50-estran.conf":   {"CtrlAltDelBurstAction=none", "CrashShell=no", "CrashAction=reboot", "CrashReboot=yes"},
		"usr/lib/systemd/logind.conf.d/50-estran.conf":   {"NAutoVTs=0", "ReserveVT=0", "KillUserProcesses=yes", "RemoveIPC=yes"},
		"usr/lib/systemd/journald.conf.d/50-estran.conf": {"Storage=volatile", "ForwardToSyslog=no", "ReadKMsg=no"},
		"usr/lib/systemd/sleep.conf.d/50-estran.conf":    {"AllowSuspend=no", "AllowHibernation=no"},
		"usr/lib/systemd/coredump.conf.d/50-estran.conf": {"Storage=none"},
		"usr/lib/systemd/pstore.conf.d/50-estran.conf":   {"Storage=none"},
		"usr/lib/systemd/resolved.conf.d/50-estran.conf": {"Cache=no"},
		"usr/share/estran/usbguard/usbguard-daemon.conf": {
			"ImplicitPolicyTarget=block", "PresentDevicePolicy=keep", "IPCAllowedUsers=root", "IPCAllowedGroups=", "HidePII=true",
		},
		"usr/share/estran/usbguard/rules.conf": {"block with-interface one-of { 08:*:* }"},
	} {
		text := "\n" + string(read(t, root(file)))
		for _, line := range lines {
			if !strings.Contains(text, "\n"+line+"\n") {
				t.Errorf("%s lacks %q", file, line)
			}
		}
	}
}

package conditions_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/agents"
	"estran/session/conditions"
	"estran/session/daybook"
)

// computer is a computer as data: a healthy station, of which each test breaks one thing.
type computer struct {
	files    map[string]string
	entries  map[string]conditions.Entry
	links    map[string]string
	answers  map[string]string // of programs, by their name and first arguments
	refused  map[string]bool   // programs that fail
	units    map[string]string // load and active state
	config   session.Config
	broken   error // of the configuration
	sandbox  error
	tmpfs    error
	noswap   bool
	writable error
	free     int64
	virus    session.AntivirusStatus
	schema   string
	schemaIs error
	offers   []string
	offersIs error
	book     daybook.Reading
	log      accesslog.Reading
	logIs    error
	bookIs   error
	agents   agents.Report
	agentsIs error
}

// overwriting is in the environment of what writes over the memory that it gives back.
const overwriting = "GLIBC_TUNABLES=glibc.malloc.perturb=165:glibc.malloc.tcache_count=0\x00"

var now = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

func healthy() *computer {
	c := &computer{
		files: map[string]string{}, entries: map[string]conditions.Entry{}, links: map[string]string{},
		answers: map[string]string{}, refused: map[string]bool{}, units: map[string]string{},
		config: session.Defaults(), noswap: true, free: 8 << 30,
		virus:  session.AntivirusStatus{Signatures: now.Add(-24 * time.Hour)},
		offers: []string{"wl_compositor", "wp_security_context_manager_v1"},
		schema: everyPolicy(),
	}
	c.kernel()
	c.people()
	for _, p := range []string{
		"/usr/share/estran/sway.conf", "/usr/share/estran/foot.ini", "/usr/share/estran/foot-base.ini",
		"/usr/share/estran/debian-12", "/usr/bin/estran", "/usr/sbin/estrand", "/usr/bin/estranctl",
		"/usr/bin/sway", "/usr/bin/foot", "/usr/bin/bwrap", session.ConfigPath,
		"/usr/share/estran/usbguard/usbguard-daemon.conf", "/usr/share/estran/usbguard/rules.conf",
		"/usr/bin/unattended-upgrade",
	} {
		c.put(p, 0o644)
	}
	c.directory("/var/lib/estran", 0o700)
	c.entries["/var/lib/apt/lists"] = conditions.Entry{Mode: fs.ModeDir | 0o755, Modified: now.Add(-time.Hour)}
	c.answers["apt-config"] = "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n"
	c.answers["timedatectl"] = "NTPSynchronized=yes\n"
	c.answers["dpkg-query"] = "installed"
	c.answers["dpkg"] = "??5?????? c /etc/estran/estran.toml\n"
	c.answers["systemd-analyze cat-config --no-pager systemd/logind.conf"] = "# /etc/systemd/logind.conf\n[Login]\n#NAutoVTs=6\n" +
		"\n# /usr/lib/systemd/logind.conf.d/50-estran.conf\n[Login]\nNAutoVTs=0\nReserveVT=0\n"
	c.answers["systemd-analyze cat-config --no-pager systemd/system.conf"] = "[Manager]\nCtrlAltDelBurstAction=none\n"
	c.answers["systemd-analyze cat-config --no-pager systemd/journald.conf"] = "[Journal]\nStorage=volatile\nReadKMsg=no\n"
	c.answers["systemd-analyze cat-config --no-pager systemd/coredump.conf"] = "[Coredump]\nStorage=none\n"
	for _, u := range []string{
		"getty@tty1.service", "getty@tty2.service", "autovt@tty2.service", "serial-getty@ttyS0.service",
		"console-getty.service", "debug-shell.service", "ctrl-alt-del.target",
	} {
		c.units[u] = "masked inactive"
	}
	c.units["display-manager.service"] = "not-found inactive"
	for _, u := range []string{
		"estrand.service", "estran-seat.service", "seatd.service", "usbguard.service", "clamav-daemon.service", "udisks2.service",
	} {
		c.units[u] = "loaded active"
	}
	for _, u := range []string{
		"estran-maintenance-getty.service", "rsyslog.service", "ssh.service", "cups.service", "dbus.service",
		"systemd-logind.service", "systemd-udevd.service",
	} {
		c.units[u] = "loaded inactive"
	}
	return c
}

func (c *computer) kernel() {
	const tcp = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	for p, text := range map[string]string{
		"/proc/cmdline": "BOOT_IMAGE=/boot/vmlinuz root=UUID=1 ro quiet init_on_free=1 init_on_alloc=1 systemd.swap=no noresume " +
			"panic=30 rd.shell=0 rd.emergency=reboot systemd.crash_shell=no systemd.debug_shell=no systemd.getty_auto=no " +
			"systemd.unit=graphical.target debugfs=off slab_nomerge page_alloc.shuffle=1 randomize_kstack_offset=on vsyscall=none\n",
		"/proc/1/environ":                              "TERM=linux\x00" + overwriting,
		"/proc/77/environ":                             overwriting, // of each service
		"/proc/swaps":                                  "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
		"/proc/meminfo":                                "MemTotal:        8000000 kB\nMemFree: 100 kB\n",
		"/proc/uptime":                                 "3600.25 1000.00\n",
		"/proc/sys/kernel/osrelease":                   "6.12.48+deb13-amd64\n",
		"/proc/sys/kernel/core_pattern":                "|/bin/false\n",
		"/proc/sys/kernel/sysrq":                       "0\n",
		"/proc/sys/kernel/ctrl-alt-del":                "0\n",
		"/proc/sys/fs/suid_dumpable":                   "0\n",
		"/proc/sys/kernel/kexec_load_disabled":         "1\n",
		"/proc/sys/kernel/dmesg_restrict":              "1\n",
		"/proc/sys/kernel/kptr_restrict":               "2\n",
		"/proc/sys/kernel/yama/ptrace_scope":           "3\n",
		"/proc/sys/dev/tty/legacy_tiocsti":             "0\n",
		"/proc/sys/dev/tty/ldisc_autoload":             "0\n",
		"/proc/sys/kernel/unprivileged_bpf_disabled":   "2\n",
		"/proc/sys/kernel/perf_event_paranoid":         "3\n",
		"/proc/sys/kernel/io_uring_disabled":           "2\n",
		"/proc/sys/vm/unprivileged_userfaultfd":        "0\n",
		"/proc/sys/fs/protected_symlinks":              "1\n",
		"/proc/sys/fs/protected_hardlinks":             "1\n",
		"/proc/1/stat":                                 "1 (systemd) S 0 1 1 0 -1 4194560 1 1 1 1\n",
		"/proc/500/stat":                               "500 (sway) S 1 500 500 0 -1 4194560 1 1 1 1\n",
		"/proc/600/stat":                               "600 (a) b (c)) S 1 600 600 34816 -1 4194560 1 1 1 1\n", // pts/0
		"/proc/1/net/tcp":                              tcp + "   0: 0100007F:0277 00000000:0000 0A 0 0 0\n   1: 0F02000A:A0B2 0202000A:0050 01 0 0 0\n",
		"/proc/1/net/tcp6":                             tcp + "   0: 00000000000000000000000001000000:0277 0:0 0A 0 0 0\n",
		"/proc/1/net/udp":                              tcp + "   0: 00000000:0044 00000000:0000 07 0 0 0\n   1: 00000000:D431 0:0 07 0 0 0\n",
		"/proc/1/net/udp6":                             tcp,
		"/proc/77/cmdline":                             "/usr/sbin/usbguard-daemon\x00-f\x00-s\x00-P\x00-c\x00/usr/share/estran/usbguard/usbguard-daemon.conf\x00",
		"/sys/kernel/kexec_crash_loaded":               "0\n",
		"/sys/bus/usb/devices/usb1/authorized_default": "0\n",
		"/sys/bus/usb/devices/1-1/product":             "x\n",
		"/usr/lib/firefox-esr/application.ini":         "[App]\nName=Firefox\nVersion=140.4.0\n",
		"/etc/os-release":                              "ID=debian\nVERSION_ID=\"13\"\n",
		"/boot/grub/grub.cfg":                          "set superusers=\"dsi\"\npassword_pbkdf2 dsi grub.pbkdf2.sha512.10000.AB.CD\n",
		"/etc/estran/grub.password":                    "grub.pbkdf2.sha512.10000.AB.CD\n",
	} {
		c.files[p] = text
	}
	c.put("/etc/estran/grub.password", 0o600)
	c.links["/vmlinuz"] = "boot/vmlinuz-6.12.48+deb13-amd64"
}

func (c *computer) people() {
	c.files["/etc/passwd"] = "root:x:0:0:root:/root:/bin/bash\nestran:x:990:990:Estran kiosk:/nonexistent:/usr/sbin/nologin\n" +
		"estran-visitor:x:989:989:Estran visitor:/nonexistent:/usr/sbin/nologin\n"
	c.files["/etc/shadow"] = "root:*:1:::::1:\nestran:!*:20000:::::1:\nestran-visitor:!*:20000:::::1:\n"
	c.files["/etc/group"] = "root:x:0:\nestran:x:990:\nestran-visitor:x:989:\nestran-agents:x:988:marie\nsudo:x:27:marie\n"
}

// put makes a file of root's, with the directories above it.
func (c *computer) put(p string, mode fs.FileMode) {
	c.entries[p] = conditions.Entry{Mode: mode, Modified: now}
	c.directory(path.Dir(p), 0o755)
}

func (c *computer) directory(p string, mode fs.FileMode) {
	if _, there := c.entries[p]; !there {
		c.entries[p] = conditions.Entry{Mode: fs.ModeDir | mode, Modified: now}
	}
	if p != "/" {
		c.directory(path.Dir(p), 0o755)
	}
}

func missing(p string) error { return &fs.PathError{Op: "open", Path: p, Err: os.ErrNotExist} }

// host is the computer as the conditions see it.
func (c *computer) host() conditions.Host {
	return conditions.Host{
		ReadFile: func(p string) ([]byte, error) {
			text, there := c.files[p]
			switch {
			case !there:
				return nil, missing(p)
			case text == locked:
				return nil, &fs.PathError{Op: "open", Path: p, Err: os.ErrPermission}
			}
			return []byte(text), nil
		},
		ReadDir: c.readDir,
		Lstat: func(p string) (conditions.Entry, error) {
			e, there := c.entries[p]
			if !there {
				return e, missing(p)
			}
			return e, nil
		},
		Readlink: func(p string) (string, error) {
			if to, there := c.links[p]; there {
				return to, nil
			}
			return "", missing(p)
		},
		Run:          c.run,
		Writable:     func(string) error { return c.writable },
		Free:         func(string) (int64, int64, error) { return c.free, 1 << 40, nil },
		Config:       func() (session.Config, error) { return c.config, c.broken },
		Sandbox:      func(context.Context) error { return c.sandbox },
		Tmpfs:        func(int64) (bool, error) { return c.noswap, c.tmpfs },
		Antivirus:    func(context.Context, string) session.AntivirusStatus { return c.virus },
		PolicySchema: func() ([]byte, error) { return []byte(c.schema), c.schemaIs },
		Compositor:   func(context.Context) ([]string, error) { return c.offers, c.offersIs },
		Daybook:      func(string) (daybook.Reading, error) { return c.book, c.bookIs },
		AccessLog:    func(string) (accesslog.Reading, error) { return c.log, c.logIs },
		Agents:       func(string) (agents.Report, error) { return c.agents, c.agentsIs },
		Now:          func() time.Time { return now },
	}
}

// locked is a file that cannot be read.
const locked = "\x00locked"

func (c *computer) readDir(p string) ([]string, error) {
	var names []string
	for _, at := range append(keys(c.files), keys(c.entries)...) {
		rest, under := strings.CutPrefix(at, strings.TrimSuffix(p, "/")+"/")
		if name, _, _ := strings.Cut(rest, "/"); under && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if names == nil {
		return nil, missing(p)
	}
	slices.Sort(names)
	return names, nil
}

func keys[V any](m map[string]V) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	return all
}

var errRefused = errors.New("exit status 1")

func (c *computer) run(_ context.Context, program string, args ...string) (string, error) {
	if c.refused[program] {
		return "", errRefused
	}
	if program == "systemctl" {
		return c.show(args), nil
	}
	if answer, there := c.answers[strings.Join(append([]string{program}, args...), " ")]; there {
		return answer, nil
	}
	if answer, there := c.answers[program]; there {
		return answer, nil
	}
	return "", errRefused
}

// show answers as systemctl show does: a block for each unit that was asked by its name, and for each that a pattern
// matches.
func (c *computer) show(args []string) string {
	var blocks []string
	for _, asked := range args[slices.Index(args, "--")+1:] {
		for _, name := range slices.Sorted(slices.Values(keys(c.units))) {
			prefix, pattern := strings.CutSuffix(asked, "*")
			if name != asked && (!pattern || !strings.HasPrefix(name, prefix)) {
				continue
			}
			load, active, _ := strings.Cut(c.units[name], " ")
			pid := "0"
			if active == "active" {
				pid = "77"
			}
			blocks = append(blocks, "MainPID="+pid+"\nNames="+name+"\nLoadState="+load+"\nActiveState="+active+"\nUnitFileState=\n")
		}
	}
	return strings.Join(blocks, "\n")
}

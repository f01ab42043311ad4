package browser

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
)

// insideConfig is a session in which this binary runs in place of the browser.
func insideConfig(t testing.TB, options string, args ...string) Config {
	t.Helper()
	need(t, "bwrap")
	dir, credential := memoryDir(t, options)
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	// On the host's disk, for the session's memory is small in some tests; its directory can be entered by anybody.
	programs, err := os.MkdirTemp("", "estran-inside-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(programs) })
	program := filepath.Join(programs, "inside")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(programs, 0o755); err != nil {
		t.Fatal(err)
	}
	return Config{
		Program: program, command: append([]string{sandboxOwn + "/inside", "inside"}, args...),
		Home: filepath.Join(dir, "home"), Documents: filepath.Join(dir, "documents"),
		Temp: filepath.Join(dir, "tmp"), Shm: filepath.Join(dir, "shm"), Credential: credential, Language: "fr",
	}
}

// runInside runs the sandbox to its end and gives its report.
func runInside(t *testing.T, c Config) insideReport {
	t.Helper()
	b, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Fatalf("it ended with %q", e.Problem)
	}
	data, err := os.ReadFile(filepath.Join(c.Documents, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r insideReport
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSandboxSeesNoneOfTheComputer(t *testing.T) {
	t.Setenv("ESTRAN_SECRET", "of the host")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
	outside := []string{
		"/root", "/var/lib", "/var/log", "/var/tmp", "/var/spool", "/media", "/mnt", "/srv", "/opt", "/boot", "/sys",
		"/run/dbus", "/run/dbus/system_bus_socket", "/run/user", "/run/systemd", "/run/cups", "/var/run", "/tmp/.X11-unix",
		"/etc/shadow", "/etc/machine-id", "/etc/hostname", "/etc/sudoers", "/etc/ssh", "/etc/environment", "/etc/ssl/private",
		"/dev/input", "/dev/dri", "/dev/snd", "/dev/mem", "/dev/vda", "/dev/sda", "/dev/bus",
		"/usr/bin/env", "/bin/sh", "/usr/bin/bwrap", "/usr/bin/sudo", "/usr/bin/dbus-send", "/usr/share/doc", "/usr/local/bin",
	}
	c := insideConfig(t, "size=64m,nr_inodes=5000", append([]string{"look"}, outside...)...)
	c.command = append(c.command, c.Home, filepath.Dir(c.Program))
	listener, err := net.Listen("unix", "@estran-test-abstract")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	// Neither is marked to be closed: it is how a desktop hands things to all that it starts.
	root, err := os.Open("/")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := unix.Dup2(int(root.Fd()), 77); err != nil {
		t.Fatal(err)
	}
	defer unix.Close(77)
	if _, err := unix.AddKey("user", hostKey, []byte("of the host"), unix.KEY_SPEC_USER_SESSION_KEYRING); err != nil {
		t.Fatal(err)
	}
	r := runInside(t, c)

	if len(r.Inherited) > 0 {
		t.Errorf("it inherits %v", r.Inherited)
	}
	if r.Key == "" {
		t.Error("it finds a key of the host")
	}
	if r.FirstToGo != "1000" {
		t.Errorf("its place when memory runs out is %q", r.FirstToGo)
	}
	if r.UID != 1000 || r.GID != 1000 || r.Host != "poste" || r.Dir != sandboxDocuments {
		t.Errorf("user %d:%d, host %q, directory %q", r.UID, r.GID, r.Host, r.Dir)
	}
	for _, name := range []string{"CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"} {
		if strings.Trim(r.Status[name], "0") != "" {
			t.Errorf("%s is %s", name, r.Status[name])
		}
	}
	if r.Status["NoNewPrivs"] != "1" {
		t.Error("it could gain rights")
	}
	if groups := strings.Fields(r.Status["Groups"]); len(groups) > 1 {
		t.Errorf("it is in the groups %v", groups)
	}
	for _, v := range r.Env {
		name, _, _ := strings.Cut(v, "=")
		if !slices.ContainsFunc(environment(c), func(e [2]string) bool { return e[0] == name }) && name != "PWD" {
			t.Errorf("the environment holds %s", v)
		}
	}
	for path, err := range r.Opened {
		if err != "ENOENT" {
			t.Errorf("%s: %q, want it not to exist", path, err)
		}
	}
	if len(r.Processes) > 3 { // bubblewrap's first process, this one, and a thread's worth of luck
		t.Errorf("it sees the processes %v", r.Processes)
	}
	for dir, want := range map[string][]string{
		"/":     {"dev", "estran", "etc", "home", "lib", "lib64", "proc", "run", "tmp", "usr", "var"},
		"/home": {"visiteur"}, sandboxHome: {".session", "Documents"},
		"/dev": {"console", "core", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"},
	} {
		for _, name := range r.Tree[dir] {
			if !slices.Contains(want, name) {
				t.Errorf("%s holds %s", dir, name)
			}
		}
	}
	if len(r.Executable) != 0 {
		t.Errorf("there are the programs %v", r.Executable)
	}
	if r.Terminal != "ENXIO" {
		t.Errorf("its terminal: %q, want none", r.Terminal)
	}
	if r.Push == "" {
		t.Error("it pushed a key into its terminal")
	}
	if r.Cores != "1 1" {
		t.Errorf("the host's core dumps could hold %s of it", r.Cores)
	}
	if abi, _, _ := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, 1); int(abi) >= 6 && r.Abstract != "EPERM" {
		t.Errorf("an abstract socket of the host: %q, want EPERM", r.Abstract)
	}
}

func TestSandboxWritesToTheSessionOnly(t *testing.T) {
	r := runInside(t, insideConfig(t, "size=64m,nr_inodes=5000", "look"))
	for path, err := range r.Written {
		ours := path == "/tmp" || path == "/dev/shm" || path == sandboxDocuments || strings.HasPrefix(path, sandboxSession)
		switch {
		case ours && err != "":
			t.Errorf("%s cannot be written: %s", path, err)
		case !ours && err == "":
			t.Errorf("%s can be written", path)
		}
	}
	if len(r.Written) < 20 {
		t.Errorf("only %d directories were tried", len(r.Written))
	}
}

func TestSandboxIsBounded(t *testing.T) {
	const size, inodes = 32 << 20, 2000
	c := insideConfig(t, fmt.Sprintf("size=%d,nr_inodes=%d", size, inodes), "fill")
	r := runInside(t, c)
	for _, dir := range []string{"/tmp", "/dev/shm", sandboxSession, sandboxDocuments} {
		if n := r.Filled[dir]; n < size/2 || n > size {
			t.Errorf("%d bytes went into %s, the session holds %d", n, dir, size)
		}
	}
	if r.Files < inodes/2 || r.Files > inodes {
		t.Errorf("%d files were made, the session holds %d", r.Files, inodes)
	}
}

// What Start finds in the session's directories may have been left there by a browser that was taken over.
func TestStartEmptiesTheHome(t *testing.T) {
	c := insideConfig(t, "size=64m,nr_inodes=5000", "look")
	victim := filepath.Join(t.TempDir(), "kept")
	if err := os.WriteFile(victim, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{c.Home, c.Temp, c.Shm} {
		if err := os.Symlink(filepath.Dir(victim), filepath.Join(dir, "config")); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(dir, ".hidden"), 0); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(c.Documents, "paper.pdf")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := runInside(t, c)
	for _, dir := range []string{sandboxSession, "/tmp", "/dev/shm"} {
		if held := r.Tree[dir]; len(held) > 0 && !slices.Equal(held, []string{"config"}) { // fonts and files that the start puts there
			t.Errorf("%s held %v", dir, held)
		}
	}
	for _, path := range []string{victim, kept} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("a file was deleted that is none of a home's: %v", err)
		}
	}
}

// The same in the namespace of an ordinary user, where a station runs that is not root.
func TestSandboxOfAnOrdinaryUser(t *testing.T) {
	need(t, "bwrap")
	if !isHostRoot() {
		return // these tests run in the namespace of an ordinary user already
	}
	cmd := nested(true, nobody, nobody, "-test.run=^(TestSandbox(Sees|Writes|Is)|TestStartEmpties|TestEnd|TestFirefoxShows)", "-test.v")
	cmd.Env = append(cmd.Env, "TMPDIR=/tmp", "HOME=/nonexistent")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := strings.Count(string(out), "--- PASS"); n < 5 {
		t.Fatalf("only %d tests ran\n%s", n, out)
	}
}

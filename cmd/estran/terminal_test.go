package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
	"estran/session/station"
)

// TestMain lets the test binary be estran itself, so that tests run the real program in a real terminal.
func TestMain(m *testing.M) {
	if os.Getenv("ESTRAN_TEST_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// patience is how long estran may take for anything, on a computer that is busy with more.
const patience = time.Minute

// desk is estran in a terminal, with somebody in front of it.
type desk struct {
	t      testing.TB
	cmd    *exec.Cmd
	pty    *os.File
	done   chan struct{}
	shown  chan struct{} // told when the screen changed
	mu     sync.Mutex    // guards screen
	screen *vt.Emulator
	dir    string
}

// newDesk starts estran in a terminal of 100×30. extra is TOML added to the configuration.
func newDesk(t testing.TB, extra string, args ...string) *desk {
	t.Helper()
	return newDeskIn(t, t.TempDir(), extra, args...)
}

func newDeskIn(t testing.TB, dir, extra string, args ...string) *desk {
	t.Helper()
	return startDesk(t, nil, dir, extra, args...)
}

// startDesk starts estran through another command: what a computer allows or not.
func startDesk(t testing.TB, through []string, dir, extra string, args ...string) *desk {
	t.Helper()
	sessiontest.Need(t, "bwrap", "unshare")
	config := filepath.Join(dir, "estran.toml")
	text := "[station]\nrun_dir = \"" + dir + "/run\"\nstate_dir = \"" + dir + "/state\"\n" + extra
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, done: make(chan struct{}), shown: make(chan struct{}, 1), screen: vt.NewEmulator(100, 30), dir: dir}
	command := append(append(through, self, "--config", config), args...)
	d.cmd = exec.Command(command[0], command[1:]...)
	d.cmd.Env = append(os.Environ(), "ESTRAN_TEST_MAIN=1", "TERM=xterm-256color", "WAYLAND_DISPLAY=", "DISPLAY=")
	master, err := pty.StartWithSize(d.cmd, &pty.Winsize{Rows: 30, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	d.pty = closable(t, master)
	go d.show()
	go func() { _, _ = io.Copy(d.pty, d.screen) }() // what a terminal answers by itself
	go func() { _ = d.cmd.Wait(); close(d.done) }()
	t.Cleanup(d.ends)
	return d
}

// ends tells estran to end, and waits for it.
func (d *desk) ends() {
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-d.done:
	case <-time.After(patience):
		_ = d.cmd.Process.Kill()
		d.t.Error("estran did not end when told to")
	}
	_ = d.pty.Close()
}

// closable gives a file whose Close does not wait for the reader, as pulling a cable does not.
func closable(t testing.TB, f *os.File) *os.File {
	t.Helper()
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

func (d *desk) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := d.pty.Read(buf)
		d.mu.Lock()
		_, _ = d.screen.Write(buf[:n])
		d.mu.Unlock()
		select {
		case d.shown <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (d *desk) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.screen.String()
}

// title is the first line of the screen.
func (d *desk) title() string {
	first, _, _ := strings.Cut(d.text(), "\n")
	return strings.TrimSpace(first)
}

func (d *desk) sees(what string) {
	d.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(d.text(), what) {
			return
		}
	}
	d.t.Fatalf("never saw %q; the screen is\n%s", what, d.text())
}

func (d *desk) types(keys string) {
	d.t.Helper()
	if _, err := d.pty.WriteString(keys); err != nil {
		d.t.Fatal(err)
	}
}

// until types keys again and again until something is seen: a screen that came by itself ignores the first.
func (d *desk) until(keys, what string) {
	d.t.Helper()
	for late := time.Now().Add(patience); time.Now().Before(late); {
		d.types(keys)
		for deadline := time.Now().Add(700 * time.Millisecond); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
			if strings.Contains(d.text(), what) {
				return
			}
		}
	}
	d.t.Fatalf("%q never gave %q; the screen is\n%s", keys, what, d.text())
}

// opens goes from Bienvenue to an open session.
func (d *desk) opens() {
	d.t.Helper()
	d.sees("Bienvenue")
	d.until("1", "Les règles")
	d.until("1", "Page 2")
	d.until("1", "Comment voulez-vous faire")
	d.until("1", "Conseil 1")
}

// kiosk is the process that shows the screen: the guardian's child.
func (d *desk) kiosk() int {
	d.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if pids := childrenOf(d.cmd.Process.Pid); len(pids) == 1 {
			return pids[0]
		}
	}
	d.t.Fatal("the guardian has no child")
	return 0
}

// nothingLeft waits until the guardian has ended, and looks for what a session could have left.
func (d *desk) nothingLeft() {
	d.t.Helper()
	select {
	case <-d.done:
	case <-time.After(patience):
		d.t.Fatal("estran is still there")
	}
	if err := station.Leftovers(d.t.Context(), d.dir+"/run"); err != nil {
		d.t.Error(err)
	}
	left, err := filepath.Glob(d.dir + "/run/session/*/*")
	if err != nil || len(left) > 0 {
		d.t.Errorf("left behind: %d entries (%v)", len(left), err)
	}
}

package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// VULNERABILITY  A kiosk in a terminal hands the terminal's owner a shell when a key stops, suspends or quits it.
// ATTACK         Ctrl-C, Ctrl-Z, Ctrl-\, Ctrl-D, Ctrl-S, Ctrl-Q, typed on every screen a visitor reaches alone.
// THIS TEST      sees that the same process still shows the same screen, and that it still answers.
func TestNoKeyLeavesTheKiosk(t *testing.T) {
	d := newDesk(t, "")
	d.sees("Bienvenue")
	before := d.kiosk()
	attack := func() {
		t.Helper()
		title := d.title()
		for range 3 {
			d.types("\x03\x1a\x1c\x04\x13\x11\x1b[99;5u")
			time.Sleep(60 * time.Millisecond)
		}
		time.Sleep(300 * time.Millisecond)
		if got := d.title(); got != title {
			t.Errorf("the screen was %q, and is %q", title, got)
		}
		if d.kiosk() != before {
			t.Error("the kiosk is another process")
		}
	}
	attack()
	d.opens()
	attack()
}

// A stop signal from elsewhere must not leave the visitor before a shell either.
func TestStopSignalsFromTheTerminalAreIgnored(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	kiosk := d.kiosk()
	for _, pid := range []int{kiosk, d.cmd.Process.Pid} {
		if err := syscall.Kill(pid, syscall.SIGTSTP); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(200 * time.Millisecond)
	d.until("1", "Conseil 2")
	if d.kiosk() != kiosk {
		t.Error("the kiosk is another process")
	}
}

func TestAKilledKioskComesBackWithNothingOfTheSession(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	first := d.kiosk()
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	d.sees("Bienvenue")
	if d.kiosk() == first {
		t.Error("the kiosk was not started again")
	}
	d.opens() // the session before was wiped: the station is ready
}

func TestKillingTheGuardianKillsAllAndTheNextStartWipes(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	d.nothingLeft()
	record, err := os.ReadFile(d.dir + "/state/station.state")
	if err != nil || string(record) != "open\n" {
		t.Errorf("the record says %q (%v)", record, err)
	}
	again := newDeskIn(t, d.dir, "")
	again.opens()
}

func TestALostTerminalWipes(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	if err := d.pty.Close(); err != nil {
		t.Fatal(err)
	}
	d.nothingLeft()
	if record, err := os.ReadFile(d.dir + "/state/station.state"); err != nil || string(record) != "closed\n" {
		t.Errorf("the record says %q (%v)", record, err)
	}
}

func TestAHangUpWipes(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	if err := d.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	d.nothingLeft()
	if record, err := os.ReadFile(d.dir + "/state/station.state"); err != nil || string(record) != "closed\n" {
		t.Errorf("the record says %q (%v)", record, err)
	}
}

func TestASecondStationSaysSoAndTouchesNothing(t *testing.T) {
	first := newDesk(t, "")
	first.opens()
	second := newDeskIn(t, first.dir, "")
	second.sees("Ordinateur arrêté")
	second.sees("E11")
	first.until("1", "Conseil 2")
}

func TestAWrongConfigurationStopsTheStationAndIsExplained(t *testing.T) {
	d := newDesk(t, "[session]\nidle = \"never\"\n")
	d.sees("Ordinateur arrêté")
	d.sees("E10")
	d.until("q", `"never" is not a duration`) // whoever tries Estran gets the terminal back, and the reason with it
	<-d.done
	if code := d.cmd.ProcessState.ExitCode(); code != exitError {
		t.Errorf("exit %d", code)
	}
}

// A computer that allows no user namespaces has no sandbox: nothing may open there.
func TestWithoutASandboxNothingOpens(t *testing.T) {
	none := []string{"unshare", "--user", "--map-root-user", "sh", "-c", `echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"`, "sh"}
	d := startDesk(t, none, t.TempDir(), "")
	d.sees("Ordinateur arrêté")
	d.sees("E20")
}

func TestTheTerminalMayBeAnySize(t *testing.T) {
	d := newDesk(t, "")
	d.opens()
	for _, size := range []pty.Winsize{
		{Rows: 45, Cols: 160},
		{Rows: 24, Cols: 80},
		{Rows: 3, Cols: 100},
		{Rows: 2, Cols: 15},
		{Rows: 1, Cols: 1},
		{Rows: 30, Cols: 100},
	} {
		d.mu.Lock()
		d.screen.Resize(int(size.Cols), int(size.Rows))
		d.mu.Unlock()
		if err := pty.Setsize(d.pty, &size); err != nil {
			t.Fatal(err)
		}
		time.Sleep(150 * time.Millisecond)
	}
	d.sees("Conseil 1")
	d.until("1", "Conseil 2")
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no terminal":       {nil, 2, "this is not a terminal"},
		"an unknown option": {[]string{"--frobnicate"}, 2, "see estran --help"},
		"a stray word":      {[]string{"now"}, 2, `"now" is not an option`},
		"help":              {[]string{"--help"}, 0, "Usage: estran"},
		"version":           {[]string{"--version"}, 0, "estran "},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(self, c.args...)
			cmd.Env = append(os.Environ(), "ESTRAN_TEST_MAIN=1")
			out, _ := cmd.CombinedOutput()
			if got := cmd.ProcessState.ExitCode(); got != c.code || !strings.Contains(string(out), c.says) {
				t.Errorf("exit %d, %q; want %d, %q", got, out, c.code, c.says)
			}
		})
	}
}

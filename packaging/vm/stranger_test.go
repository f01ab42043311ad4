//go:build vm

package vm

import (
	"strings"
	"testing"
)

// TestStrangersAreRefused: who is not the kiosk opens no session, and who is neither root nor an agent asks for no
// maintenance; nothing listens on the network.
func TestStrangersAreRefused(t *testing.T) {
	m := Station(t)
	for _, user := range []string{"nobody", "root", "estran-visitor", "dsi"} {
		r := m.CallAs(user, "Open", noOptions...)
		if r.code == 0 || !strings.Contains(r.stderr, "Access denied") {
			t.Errorf("%s: exit %d, %s", user, r.code, r.stderr)
		}
	}
	m.AwaitState("ready", patient)
	m.Open() // the same call, of the one who may
	m.End()
	for line := range strings.Lines(m.Guest("ss", "--listening", "--numeric", "--no-header", "--tcp", "--udp")) {
		if !strings.Contains(line, "127.0.0.1") && !strings.Contains(line, "[::1]") && !strings.Contains(line, ":68 ") {
			t.Errorf("something listens on the network: %s", line)
		}
	}
}

// TestMalformedAndHugeArguments: whatever the kiosk's user sends, the service answers with an error, lives, and keeps the
// session that is open.
func TestMalformedAndHugeArguments(t *testing.T) {
	m := Station(t)
	m.Open()
	before := m.service()
	many := strings.Fields(strings.Repeat("1 ", 120_000))
	long := strings.Repeat("1", 120_000) // an argument of a program holds 128 KiB
	for name, c := range map[string]struct {
		method string
		args   []string
		want   string
	}{
		"no argument":               {"Open", nil, "Open takes"},
		"an argument too many":      {"End", []string{"a{sv}s", "0", "more"}, "End takes"},
		"another type":              {"Delete", []string{"sa{sv}", "one", "0"}, "Delete takes"},
		"an unknown option":         {"Browse", []string{"a{sv}", "1", "root", "b", "true"}, "root"},
		"an option of another kind": {"Browse", []string{"a{sv}", "1", "site", "s", "/etc/passwd"}, "site"},
		"a method that is none":     {"Shutdown", noOptions, "no such method"},
		"a code of 120 kB":          {"Pause", []string{"sa{sv}", long, "0"}, "code"},
		"120 000 files":             {"CopyIn", append(append([]string{"aua{sv}", "120000"}, many...), "0"), "too long"},
		"a key of 120 kB":           {"Open", []string{"a{sv}", "1", long, "b", "true"}, "no option"},
	} {
		r := m.CallAs("estran", c.method, c.args...)
		if r.code == 0 || !strings.Contains(r.stderr, c.want) {
			t.Errorf("%s: exit %d, %.200s", name, r.code, r.stderr)
		}
	}
	if now := m.service(); now != before {
		t.Errorf("the service started anew: %s, then %s", before, now)
	}
	if state := m.Status().Word("State"); state != "open" {
		t.Errorf("the session is %s", state)
	}
	m.End()
}

// TestASecondSeat: a screen and a keyboard that somebody makes a seat of their own open nothing, and type nothing here.
func TestASecondSeat(t *testing.T) {
	m := Station(t)
	m.Open()
	m.Shell(`for device in /sys/class/input/event*; do
	[ "$(cat "$device/device/name")" = "QEMU QEMU USB Keyboard" ] || continue
	loginctl attach seat1 "$(readlink -f "$device/device")"
done
for device in /sys/class/drm/card?; do loginctl attach seat1 "$(readlink -f "$device")" || true; done
udevadm settle`)
	seats := m.Guest("loginctl", "list-seats", "--no-legend")
	t.Logf("seats: %s", strings.ReplaceAll(seats, "\n", ", "))
	if !strings.Contains(seats, "seat1") {
		t.Fatal("there is no second seat to try")
	}
	if sessions := m.Guest("loginctl", "list-sessions", "--no-legend"); sessions != "" {
		t.Errorf("somebody got a session: %s", sessions)
	}
	m.nobodyAtAConsole()
	m.Drive("Touch", noOptions...)
	m.End()
	m.nothingIsLeft()
}

// nobodyAtAConsole fails when a login or a shell has a console.
func (m *Machine) nobodyAtAConsole() {
	m.t.Helper()
	for line := range strings.Lines(m.Guest("ps", "-e", "-o", "tty=,comm=")) {
		f := strings.Fields(line)
		if len(f) == 2 && strings.HasPrefix(f[0], "tty") {
			m.t.Errorf("%s has a console, %s", f[1], f[0])
		}
	}
}

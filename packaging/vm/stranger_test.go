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

// TestASecondSeat: the mouse is made a seat of its own (sd-login(3)): that opens no login and no second kiosk, and the
// session goes on and is wiped.
func TestASecondSeat(t *testing.T) {
	m := Station(t)
	m.Open()
	m.awaitKiosk()
	m.Shell(`mkdir -p /run/udev/rules.d; cat >/run/udev/rules.d/99-seat1.rules <<'rules'
SUBSYSTEM=="input", KERNEL=="event*", ATTRS{name}=="QEMU QEMU USB Tablet", ENV{ID_SEAT}="seat1", TAG+="seat", TAG+="seat1", TAG+="master-of-seat"
rules
udevadm control --reload; udevadm trigger --settle --subsystem-match=input --action=change`)
	m.Await("there is a second seat", patient, func() bool {
		return strings.Contains(m.Guest("loginctl", "list-seats", "--no-legend"), "seat1")
	})
	if sessions := m.Guest("loginctl", "list-sessions", "--no-legend"); sessions != "" {
		t.Errorf("somebody got a session: %s", sessions)
	}
	m.nobodyAtAConsole()
	if owners := strings.Fields(m.Guest("ps", "-C", "sway", "-o", "user=")); len(owners) != 1 {
		t.Errorf("%d compositors run", len(owners))
	}
	m.awaitKiosk()
	m.Picture("the-first-seat")
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

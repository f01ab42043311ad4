//go:build vm

package vm

import (
	"strings"
	"testing"
	"time"
)

// TestInstall: a fresh Debian becomes a station with apt and a reboot, and by the package's own doing alone.
func TestInstall(t *testing.T) {
	m := Station(t)
	m.Picture("01-bienvenue")
	if plain(m.Screen()) {
		t.Error("the screen is empty")
	}

	cmdline := m.Guest("cat", "/proc/cmdline")
	t.Log(cmdline)
	for _, option := range []string{"init_on_free=1", "systemd.unit=graphical.target", "BOOT_IMAGE=/boot/vmlinuz"} {
		if !strings.Contains(cmdline, option) {
			t.Errorf("the kernel was not started with %s: %s", option, cmdline)
		}
	}
	if strings.Contains(cmdline, "console=ttyS0") {
		t.Errorf("the machine booted by the test's own entry: %s", cmdline)
	}
	if got := m.Guest("dpkg-query", "-W", "-f", "${db:Status-Status}", "estran"); got != "installed" {
		t.Errorf("dpkg says that estran is %q", got)
	}
	for _, unit := range []string{"estrand.service", "estran-seat.service", "seatd.service", "usbguard.service"} {
		if got := strings.TrimSpace(m.Try("systemctl", "is-active", unit).stdout); got != "active" {
			t.Errorf("%s is %s", unit, got)
		}
	}
	if failed := m.Guest("systemctl", "--failed", "--no-legend", "--plain"); failed != "" {
		t.Errorf("units have failed:\n%s", failed)
	}
	if got := m.Status().Word("State"); got != "ready" {
		t.Errorf("the station is %q", got)
	}
	check := m.Try("estranctl", "check")
	t.Logf("estranctl check: exit %d\n%s%s", check.code, check.stdout, check.stderr)
	if check.code != 0 {
		t.Error("estranctl check finds something unsafe")
	}
	// From 0 to 100; the bounds of what each may reach are those of packaging/system_test.go, with another systemd.
	for unit, most := range map[string]string{"estrand.service": "30", "estran-seat.service": "14", "estran-browser.service": "43"} {
		if r := m.Try("systemd-analyze", "security", "--no-pager", "--threshold="+most, unit); r.code != 0 {
			t.Errorf("%s may reach more than %s of 100:\n%s", unit, most, tail(r.stdout, 3))
		}
	}
	if owner := strings.Fields(m.Guest("ps", "-C", "sway", "-o", "user=")); len(owner) != 1 || owner[0] != "estran" {
		t.Errorf("sway runs as %v", owner)
	}
}

// TestTheSeatComesBack: whatever of the screen dies, a visitor finds the first screen again.
func TestTheSeatComesBack(t *testing.T) {
	m := Station(t)
	for _, program := range []string{"foot", "sway"} {
		before := m.Guest("systemctl", "show", "--value", "--property", "MainPID", "estran-seat.service")
		m.Guest("pkill", "-KILL", "-x", program)
		m.Await("the seat is new after the death of "+program, time.Minute, func() bool {
			now := m.Guest("systemctl", "show", "--value", "--property", "MainPID", "estran-seat.service")
			return now != "0" && now != before && m.Try("pgrep", "-x", "foot").code == 0
		})
		m.AwaitReady()
		m.Picture("after-" + program)
	}
}

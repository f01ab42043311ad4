//go:build vm

package vm

import (
	"strings"
	"testing"
	"time"
)

// TestEverythingDies kills what a session stands on, one after the other. What can be lost without the visitor's
// documents is replaced under them; the death of the service takes the session along, and the visitor is told.
func TestEverythingDies(t *testing.T) {
	m := Station(t)
	m.welcome("01")
	for _, victim := range []struct{ name, command string }{
		{"the kiosk", `kill -KILL "$(pgrep -n -u estran -x estran)"`},
		{"foot", "pkill -KILL -x foot"},
		{"sway", "pkill -KILL -x sway"},
		{"clamd", "pkill -KILL -x clamd"},
		{"udisksd", "pkill -KILL -x udisksd"},
		{"the bus", "systemctl restart dbus.service"},
	} {
		m.Shell(victim.command)
		time.Sleep(3 * time.Second)
		m.AwaitState("open", time.Minute)
		m.awaitKiosk()
		m.Picture("after-" + strings.ReplaceAll(victim.name, " ", "-"))
	}
	m.Shell("pkill -KILL -x estrand")
	m.AwaitState("wiped", time.Minute)
	if end := m.Status().Word("End"); end != "recovery" {
		t.Errorf("the session ended by %q", end)
	}
	m.awaitKiosk()
	m.Picture("after-estrand")
	m.AwaitReady()
	m.nothingIsLeft()
	if said := m.Guest("estranctl", "journal", "--json"); !strings.Contains(said, "recovered") {
		t.Errorf("the daybook does not tell of it: %s", said)
	}
}

// TestPowerCut: the plug is pulled in mid-session; the next boot wipes first, and says so.
func TestPowerCut(t *testing.T) {
	m := Station(t)
	m.welcome("01")
	m.Shell("sync") // what is on the disk may be; what is in memory goes
	_, err := m.qmp.do("system_reset", nil)
	m.must(err, "pull the plug")
	time.Sleep(5 * time.Second)
	m.awaitAgent(4 * time.Minute)
	m.AwaitState("ready", 3*time.Minute)
	if said := m.Guest("estranctl", "journal", "--json"); !strings.Contains(said, "recovered") {
		t.Errorf("the daybook does not tell of it: %s", said)
	}
	m.AwaitReady()
	m.nothingIsLeft()
}

// TestBrokenConfiguration: the station stops with its code, and opens again once it is mended.
func TestBrokenConfiguration(t *testing.T) {
	m := Station(t)
	m.Shell("cp /etc/estran/estran.toml /root/kept; echo 'couleur = true' >>/etc/estran/estran.toml; systemctl restart estrand")
	m.AwaitStatus("Fault", "E10", time.Minute)
	m.awaitKiosk()
	m.Picture("e10")
	if said := m.Guest("journalctl", "--boot", "--unit=estrand", "--no-pager", "--output=cat"); !strings.Contains(said, "printing.couleur") {
		t.Errorf("the journal does not name the key:\n%s", tail(said, 5))
	}
	m.Shell("cp /root/kept /etc/estran/estran.toml; systemctl restart estrand")
	m.AwaitReady()
}

// TestMaintenance: IT stops the station and gets a login on the screen, and gives it back.
func TestMaintenance(t *testing.T) {
	m := Station(t)
	m.Guest("estranctl", "maintenance", "begin", "--reason", "essai")
	m.AwaitStatus("Fault", "M01", time.Minute)
	m.Await("a login is on the screen", time.Minute, func() bool {
		return m.Try("systemctl", "is-active", "estran-maintenance-getty.service").code == 0
	})
	m.Still(2*time.Second, time.Minute)
	m.Picture("login")
	m.Guest("estranctl", "maintenance", "finish")
	m.AwaitReady()
	if m.Try("systemctl", "is-active", "estran-maintenance-getty.service").code == 0 {
		t.Error("the login stays on the screen")
	}
	if said := m.Guest("estranctl", "journal", "--json"); !strings.Contains(said, "maintenance-begun") || !strings.Contains(said, "essai") {
		t.Errorf("the daybook does not tell of it: %s", said)
	}
}

// awaitKiosk waits until something is drawn again.
func (m *Machine) awaitKiosk() {
	m.t.Helper()
	m.Await("the kiosk is there", time.Minute, func() bool { return m.Try("pgrep", "-u", "estran", "-x", "estran").code == 0 })
	m.Await("the screen is not one colour", time.Minute, func() bool { return !plain(m.Screen()) })
	m.Still(time.Second, 20*time.Second)
}

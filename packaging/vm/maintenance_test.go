//go:build vm

package vm

import (
	"strings"
	"testing"
	"time"
)

// TestMaintenance: IT stops the station and gets a login on the screen, and gives it back.
func TestMaintenance(t *testing.T) {
	m := Station(t)
	m.Guest("estranctl", "maintenance", "begin", "--reason", "essai")
	m.AwaitStatus("Fault", "M01", patient)
	m.awaitLogin("estran-maintenance-getty.service")
	m.Picture("login")
	m.Guest("estranctl", "maintenance", "finish")
	m.AwaitReady()
	if m.isActive("estran-maintenance-getty.service") {
		t.Error("the login stays on the screen")
	}
	m.daybookTells("maintenance-begun")
	m.daybookTells("essai")
}

// The name and the password of the boot menu, of letters that are at the same place on every keyboard: GRUB knows the
// American one only.
const (
	bootName     = "dsi"
	bootPassword = "forte houle ici"
)

// TestMaintenanceFromTheBootMenu: with the password of the boot menu IT starts the computer for maintenance, gets a login
// and no kiosk; without it nobody edits an entry.
func TestMaintenanceFromTheBootMenu(t *testing.T) {
	m := Station(t)
	m.Shell("echo '" + bootPassword + "' | estranctl maintenance password >&2")
	m.bootMenu()
	m.Picture("01-menu")
	m.Press("e")
	m.Still(time.Second, 30*time.Second)
	m.Picture("02-edit-asks-who")
	m.Press("esc")
	m.Still(time.Second, 30*time.Second)
	m.Press("down", "ret")
	m.Still(time.Second, 30*time.Second)
	m.typeInGRUB(bootName)
	m.typeInGRUB(bootPassword)
	m.awaitAgent(4 * time.Minute)
	m.awaitLogin("estran-maintenance-getty.service")
	m.Picture("03-login")
	if m.isActive("estran-seat.service") {
		t.Error("the kiosk is there too")
	}
	m.Type("dsi\n")
	m.Await("the console asks for the password", patient, func() bool { return m.Try("pgrep", "-x", "login").code == 0 })
	m.Still(time.Second, 30*time.Second)
	m.Type("maree-basse-42\n")
	m.Await("dsi is logged in", patient, func() bool { return strings.Contains(m.Guest("who"), "dsi") })
	m.Still(time.Second, 30*time.Second)
	m.Picture("04-logged-in")
	m.daybookTells("maintenance-boot")
	// Neither a question nor a service that waits for the station takes the screen from IT.
	_ = m.Try("estranctl", "status")
	time.Sleep(5 * time.Second)
	if m.isActive("estrand.service") || !m.isActive("estran-maintenance-getty.service") {
		t.Error("a question on the bus takes the screen from IT")
	}
}

// bootMenu restarts the computer and stops it at its boot menu: it presses F4, which shows the menu and does nothing in
// it, until something stands still for longer than any picture of the firmware does.
func (m *Machine) bootMenu() {
	m.t.Helper()
	m.Guest("sync")
	_, err := m.qmp.do("system_reset", nil)
	m.must(err, "restart the computer")
	last, since := m.Screen(), time.Now()
	for end := time.Now().Add(2 * time.Minute); plain(last) || time.Since(since) < 15*time.Second; {
		m.Press("f4")
		if now := m.Screen(); differing(last, now) > 0 {
			last, since = now, time.Now()
		}
		if time.Now().After(end) {
			m.t.Fatal("the boot menu does not come")
		}
	}
}

// typeInGRUB types a line on GRUB's keyboard.
func (m *Machine) typeInGRUB(line string) {
	m.t.Helper()
	for _, c := range line {
		if c == ' ' {
			m.Press("spc")
		} else {
			m.Press(string(c))
		}
	}
	m.Press("ret")
}

// awaitLogin waits until a console asks who is there; the unit is the one that opens it.
func (m *Machine) awaitLogin(unit string) {
	m.t.Helper()
	m.Await("a login is on the screen", 2*patient, func() bool { return m.isActive(unit) && drawn(m.Screen()) > 0.001 })
	m.Still(2*time.Second, time.Minute)
}

func (m *Machine) isActive(unit string) bool {
	m.t.Helper()
	return m.Try("systemctl", "is-active", unit).code == 0
}

//go:build vm

package vm

import (
	"testing"
	"time"
)

// TestPowerCut: the plug is pulled in mid-session; the next boot wipes first, and says so.
func TestPowerCut(t *testing.T) {
	m := Station(t)
	m.Open()
	m.cutPower()
	m.AwaitReady()
	m.daybookTells("recovered")
	m.nothingIsLeft()
}

// TestPowerCutInMidWipe: so it does when the plug is pulled before the wipe was sealed.
func TestPowerCutInMidWipe(t *testing.T) {
	m := Station(t)
	m.Open()
	m.awaitKiosk()
	if record := m.Shell(endSession + " >&2\ncat /var/lib/estran/station.state"); record != "open" {
		t.Fatalf("the wipe is over before the cut: the state file says %q", record)
	}
	m.cutPower()
	m.AwaitReady()
	m.daybookTells("recovered")
	m.nothingIsLeft()
}

// cutPower pulls the plug and puts it back; what was not yet on the disk is lost. It returns once the guest is up again.
func (m *Machine) cutPower() {
	m.t.Helper()
	_, err := m.qmp.do("system_reset", nil)
	m.must(err, "pull the plug")
	time.Sleep(5 * time.Second)
	m.awaitAgent(4 * time.Minute)
}

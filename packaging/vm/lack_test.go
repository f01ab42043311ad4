//go:build vm

package vm

import (
	"strings"
	"testing"
	"time"
)

// TestNoNetwork: internet opens and says in French that a site cannot be reached; all the rest goes on.
func TestNoNetwork(t *testing.T) {
	m := Station(t)
	_, err := m.qmp.do("set_link", arguments{"name": "net", "up": false})
	m.must(err, "pull the network cable")
	m.Open()
	m.openInternet()
	m.address("http://10.0.2.2/")
	m.Still(10*time.Second, 2*time.Minute)
	m.Picture("no-network")
	windows := m.Shell("SWAYSOCK=/run/estran-seat/sway.sock swaymsg -r -t get_tree")
	if !strings.Contains(windows, `"Erreur de chargement de la page`) {
		t.Error("Firefox does not say, in French, that the page cannot be loaded")
	}
	m.End()
	m.nothingIsLeft()
}

// TestNoAntivirus: no file is called clean while there is none, and the reason is said; once it is back, they are.
func TestNoAntivirus(t *testing.T) {
	key := NewKey(t, "vfat", Files{"lettre.txt": letter})
	m := Station(t)
	m.Guest("systemctl", "stop", "clamav-daemon.socket", "clamav-daemon.service")
	m.welcome("01")
	if m.Plug(key) == "" {
		t.Fatal("the key was not let in")
	}
	m.AwaitStatus("MediumState", "ready", patient)
	if clean, unchecked := m.Status().Word("MediumClean"), m.Status().Word("MediumUnchecked"); clean != "0" || unchecked != "1" {
		t.Errorf("without an antivirus %s files are clean and %s unchecked", clean, unchecked)
	}
	m.goTo("3")
	m.Picture("key-unchecked")
	if check := m.Try("estranctl", "check"); check.code != 1 || !strings.Contains(check.stdout, "Antivirus") {
		t.Errorf("estranctl check, exit %d, does not tell of it:\n%s", check.code, check.stdout)
	}
	m.End()
	m.Pull(key)
	m.Guest("systemctl", "start", "clamav-daemon.socket")
	m.Open()
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", 3*time.Minute)
	if clean := m.Status().Word("MediumClean"); clean != "1" {
		t.Errorf("with the antivirus back %s files are clean: %v", clean, m.Status())
	}
	m.End()
}

// TestRunIsFull fills /run, where the station and systemd keep what they need: a session goes on and is wiped, or the
// station stops with a code; nobody gets in meanwhile who should not, and all is well again once there is room.
func TestRunIsFull(t *testing.T) {
	m := Station(t)
	m.Open()
	m.awaitKiosk()
	m.fillRun()
	m.Picture("full-in-session")
	m.Drive("End", noOptions...)
	m.settled()
	m.Picture("full-after-the-wipe")
	m.Await("the receipt goes, or the station stays stopped", patient, func() bool {
		return m.Status().Word("State") != "wiped"
	})
	m.settled()
	t.Logf("with /run full: %s %s", m.Status().Word("State"), m.Status().Word("Fault"))
	m.Picture("full-and-nobody-there")
	m.Shell("rm /run/full")
	if m.Status().Word("State") != "ready" {
		m.Guest("systemctl", "restart", "estrand.service")
	}
	m.AwaitReady()
	m.nothingIsLeft()
}

// fillRun leaves no room in /run.
func (m *Machine) fillRun() {
	m.t.Helper()
	m.Shell("dd if=/dev/zero of=/run/full bs=64k 2>/dev/null || true; ! echo more 2>/dev/null >/run/more || [ ! -s /run/more ]; rm -f /run/more")
}

// settled waits until the station is in a state in which it waits for somebody.
func (m *Machine) settled() {
	m.t.Helper()
	m.Await("the station knows where it stands", 2*patient, func() bool {
		switch m.Status().Word("State") {
		case "ready", "wiped", "stopped":
			return true
		}
		return false
	})
	m.awaitKiosk()
}

// breakConfiguration writes a setting that this version does not know.
func (m *Machine) breakConfiguration() {
	m.t.Helper()
	m.Shell("cp /etc/estran/estran.toml /root/kept; echo 'couleur = true' >>/etc/estran/estran.toml")
}

// stoppedByConfiguration: the screen shows the code, and the journal the line.
func (m *Machine) stoppedByConfiguration() {
	m.t.Helper()
	m.AwaitStatus("Fault", "E10", patient)
	m.awaitKiosk()
	m.Picture("e10")
	said := m.Guest("journalctl", "--boot", "--unit=estrand", "--no-pager", "--output=cat")
	if !strings.Contains(said, "couleur") || !strings.Contains(said, "estran.toml:") {
		m.t.Errorf("the journal does not name the line:\n%s", tail(said, 5))
	}
}

// mendConfiguration puts the settings back, as IT does: the station sees it by itself.
func (m *Machine) mendConfiguration() {
	m.t.Helper()
	m.Shell("mv /root/kept /etc/estran/estran.toml")
	m.AwaitReady()
}

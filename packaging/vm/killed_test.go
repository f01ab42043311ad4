//go:build vm

package vm

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"
)

// victim is a program that a session stands on, and the line of shell that kills it: it fails where nothing was killed.
type victim struct{ name, kill string }

var (
	theKiosk   = victim{"the kiosk", `kill -KILL "$(pgrep -n -u estran -x estran)"`}
	foot       = victim{"foot", "pkill -KILL -x foot"}
	sway       = victim{"sway", "pkill -KILL -x sway"}
	firefox    = victim{"Firefox", "pkill -KILL -u estran-visitor -x firefox-esr"}
	clamd      = victim{"clamd", "pkill -KILL -x clamd"}
	udisksd    = victim{"udisksd", "pkill -KILL -x udisksd"}
	theBus     = victim{"the bus", "systemctl --no-block restart dbus.service"}
	theService = victim{"estrand", `kill -KILL "$(systemctl show --value --property MainPID estrand.service)"`}
)

// TestEverythingDies kills, while the visitor reads, what a session stands on, one after the other. What can be lost
// without the visitor's documents is replaced under them; the death of the service takes the session along, and the
// visitor is told.
func TestEverythingDies(t *testing.T) {
	m := Station(t)
	m.welcome("01")
	for _, v := range []victim{theKiosk, foot, sway, clamd, udisksd, theBus} {
		m.Kill(v)
		m.stays("open", v)
		m.awaitKiosk()
		m.Picture("after-" + v.file())
	}
	m.diesWithTheService()
}

// TestKilledWhileBrowsing does it with internet open. What shows a page may take the page along; the session stays.
func TestKilledWhileBrowsing(t *testing.T) {
	m := Station(t)
	m.Open()
	m.Browse()
	for _, v := range []victim{theKiosk, clamd, udisksd, theBus} {
		m.Kill(v)
		m.stays("open", v)
		if state := m.Status().Word("BrowserState"); state != "open" {
			t.Errorf("%s takes internet along: it is %s", v.name, state)
		}
	}
	m.awaitKiosk()
	m.Picture("browsing")
	for _, v := range []victim{firefox, foot, sway} {
		m.Kill(v)
		m.AwaitStatus("BrowserState", "closed", patient)
		m.stays("open", v)
		m.awaitKiosk()
		m.Picture("after-" + v.file())
		m.nobodyIs("estran-visitor")
		m.Browse()
	}
	m.diesWithTheService()
}

// TestKilledWhileCopying does it while files come from a key.
func TestKilledWhileCopying(t *testing.T) {
	files := Files{}
	for i := range 10 {
		content := make([]byte, 4<<20)
		_, _ = rand.Read(content)
		files[fmt.Sprintf("scan%d.bin", i)] = string(content)
	}
	key := NewKey(t, "vfat", files)
	m := Station(t)
	m.Open()
	if m.Plug(key) == "" {
		t.Fatal("the key was not let in")
	}
	m.AwaitStatus("MediumState", "ready", 3*time.Minute)
	for _, v := range []victim{theKiosk, foot, sway, clamd, udisksd, theBus} {
		m.copying()
		m.Kill(v)
		m.stays("open", v)
		m.Await("the copy ends after the death of "+v.name, 3*time.Minute, func() bool {
			m.Drive("Touch", noOptions...)
			time.Sleep(2 * time.Second)
			return m.Status().Word("MediumState") == "ready"
		})
		m.awaitKiosk()
		m.Picture("after-" + v.file())
	}
	if got := m.Status().Word("DocumentsCount"); got == "0" {
		t.Error("nothing was copied")
	}
	m.copying()
	m.diesWithTheService()
}

// copying begins a copy of all files from the key, those that were not checked too.
func (m *Machine) copying() {
	m.t.Helper()
	m.Drive("CopyIn", "aua{sv}", "10", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "1", "unchecked", "b", "true")
	if state := m.Status().Word("MediumState"); state != "copying-in" {
		m.t.Fatalf("the key is %s: the copy was too short to be disturbed", state)
	}
}

// TestKilledWhileWiping does it in mid-wipe, each in a session of its own: the wipe ends all the same, or begins anew.
func TestKilledWhileWiping(t *testing.T) {
	m := Station(t)
	for _, v := range []victim{theKiosk, foot, sway, clamd, udisksd, theBus, theService} {
		m.Open()
		m.awaitKiosk()
		m.inMidWipe(v)
		m.AwaitState("wiped", 2*patient)
		end := m.Status().Word("End")
		if cut := v == theService; cut != (end == "recovery") {
			t.Errorf("after the death of %s the session ended by %q", v.name, end)
		}
		m.awaitKiosk()
		m.Picture("after-" + v.file())
		m.Drive("Dismiss", noOptions...)
		m.AwaitReady()
		m.nothingIsLeft()
	}
	m.Open()
	m.Browse()
	m.inMidWipe(firefox)
	m.AwaitState("wiped", 2*patient)
	m.nobodyIs("estran-visitor")
	m.nothingIsLeft()
}

// inMidWipe ends the session and kills in the same moment: the state file still says that a session is open.
func (m *Machine) inMidWipe(v victim) {
	m.t.Helper()
	record := m.Shell(endSession + " >&2\n" + v.kill + "\ncat /var/lib/estran/station.state")
	if record != "open" {
		m.t.Errorf("%s died too late: the state file says %q", v.name, record)
	}
}

// endSession is a line of shell that ends the session as the kiosk does.
const endSession = "setpriv --reuid=estran --regid=estran --clear-groups -- " +
	"busctl call org.estran.Station1 /org/estran/Station1 org.estran.Station1 End 'a{sv}' 0"

// Kill kills, now.
func (m *Machine) Kill(v victim) {
	m.t.Helper()
	m.Drive("Touch", noOptions...)
	m.Shell(v.kill)
}

// stays waits until the death of a victim has shown, and then for the state of before.
func (m *Machine) stays(state string, v victim) {
	m.t.Helper()
	time.Sleep(3 * time.Second)
	m.AwaitState(state, patient)
	if end := m.Status().Word("End"); end != "" {
		m.t.Errorf("the death of %s ends the session: %s", v.name, end)
	}
}

// diesWithTheService kills the service with a session open: the session is wiped, the visitor and IT are told.
func (m *Machine) diesWithTheService() {
	m.t.Helper()
	m.Kill(theService)
	m.AwaitState("wiped", patient)
	if end := m.Status().Word("End"); end != "recovery" {
		m.t.Errorf("the session ended by %q", end)
	}
	m.awaitKiosk()
	m.Picture("after-estrand")
	m.AwaitReady()
	m.nobodyIs("estran-visitor")
	m.nothingIsLeft()
	m.daybookTells("recovered")
}

// daybookTells fails when IT would not find this event.
func (m *Machine) daybookTells(event string) {
	m.t.Helper()
	if said := m.Guest("estranctl", "journal", "--json"); !strings.Contains(said, event) {
		m.t.Errorf("the daybook does not tell of %q: %s", event, said)
	}
}

// nobodyIs fails when a process of this user runs.
func (m *Machine) nobodyIs(user string) {
	m.t.Helper()
	if who := m.Try("pgrep", "-u", user, "-l").stdout; who != "" {
		m.t.Errorf("processes of %s still run:\n%s", user, who)
	}
}

func (v victim) file() string { return strings.ReplaceAll(v.name, " ", "-") }

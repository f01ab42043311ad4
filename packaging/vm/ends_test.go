//go:build vm

package vm

import (
	"testing"
	"time"
)

// ending is a way in which a session ends, other than the visitor's own.
type ending struct {
	name string
	end  func(v *visit)
}

var endings = []ending{
	{"the power is cut", func(v *visit) { v.cutPower() }},
	{"nobody answers any more", func(v *visit) {
		v.AwaitStatus("Idle", "true", 3*time.Minute)
		v.AwaitState("wiped", 2*patient)
	}},
	{"each process is killed", func(v *visit) {
		for _, victim := range []victim{theKiosk, clamd, udisksd, theBus, firefox, foot, sway} { // foot takes Firefox along
			v.Kill(victim)
			v.stays("open", victim)
		}
		v.Drive("End", noOptions...)
		v.AwaitState("wiped", 2*patient)
	}},
	{"the service is killed", func(v *visit) {
		v.Kill(theService)
		v.AwaitState("wiped", 2*patient)
	}},
	{"the service is killed in mid-wipe", func(v *visit) {
		v.inMidWipe(theService)
		v.AwaitState("wiped", 2*patient)
	}},
	{"the station is stopped while it wipes", func(v *visit) {
		v.Shell(endSession + " >&2\nsystemctl restart estrand.service")
		v.awaitOver()
	}},
	{"the session's memory is full", func(v *visit) {
		v.Shell(`nsenter -t "$(systemctl show --value -p MainPID estrand)" -m sh -c 'dd if=/dev/zero bs=64k of="$(echo /run/estran/session/*/home)/full"' || true`)
		v.Drive("End", noOptions...)
		v.AwaitState("wiped", 2*patient)
	}},
	{"a page takes all the memory", func(v *visit) {
		v.goTo("1") // internet is still open
		v.Settle()
		v.address(v.site.URL + "gourmande")
		v.awaitHungry()
		v.Drive("End", noOptions...)
		v.AwaitState("wiped", 2*patient)
	}},
	{"apt brings a new version", func(v *visit) {
		v.upgrade(newerPackage(v.t))
		v.Drive("End", noOptions...)
		v.awaitOver()
	}},
}

// TestNothingRemainsHowever: whatever ends a session, nothing of it is left in the memory or on the disk.
func TestNothingRemainsHowever(t *testing.T) {
	for _, e := range endings {
		t.Run(e.name, func(t *testing.T) {
			m := Station(t)
			m.Shell(`sed -i 's/^#idle = .*/idle = "2m"/; s/^#idle_warning = .*/idle_warning = "30s"/' /etc/estran/estran.toml
systemctl restart estrand.service`)
			m.AwaitReady()
			v := newVisitor(t, m)
			v.Open()
			v.awaitKiosk()
			v.Insert(v.key)
			v.AwaitStatus("MediumState", "ready", patient)
			v.browsePlanting()
			v.found(printed, pauseCode)
			v.Pull(v.key)
			v.AwaitStatus("MediumState", "none", patient)
			e.end(v)
			m.AwaitReady()
			v.gone()
		})
	}
}

// awaitOver waits until the session is wiped, and its receipt is shown or was left behind.
func (v *visit) awaitOver() {
	v.t.Helper()
	v.Await("the session is over", 2*patient, func() bool {
		state := v.Status().Word("State")
		return state == "wiped" || state == "ready"
	})
}

// TestTwentySessionsLeaveNoMoreThanOne: visitors come and go all day.
func TestTwentySessionsLeaveNoMoreThanOne(t *testing.T) {
	m := Station(t)
	var visits []*visit
	const sessions = 20
	for i := range sessions {
		v := newVisitor(t, m)
		v.Open()
		v.Insert(v.key)
		v.AwaitStatus("MediumState", "ready", patient)
		v.Drive("CopyIn", "aua{sv}", "2", "1", "2", "0")
		v.AwaitStatus("DocumentsCount", "2", patient)
		v.Drive("Pause", "sa{sv}", v.canaries[pauseCode], "0")
		v.Drive("Resume", "sa{sv}", v.canaries[pauseCode], "0")
		if i == sessions-1 {
			v.found(pageTitle, pageBody, pageAddress, cookie, localStorage, sessionStorage, indexedDB, cached, downloadName, downloadText,
				typedText, copiedText) // no browser was opened
		}
		v.Pull(v.key)
		v.AwaitStatus("MediumState", "none", patient)
		v.End()
		visits = append(visits, v)
	}
	m.forgetTheInstrument()
	for i, v := range visits {
		if hits := m.Memory(v.net); len(hits) > 0 {
			t.Errorf("visit %d remains in memory:\n%s", i+1, m.holders(hits))
		}
		if hits := m.Disk(v.net); len(hits) > 0 {
			t.Errorf("visit %d remains on the disk: %v", i+1, hits)
		}
	}
}

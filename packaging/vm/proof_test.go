//go:build vm

package vm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"estran/cleanup/hunt"
)

// TestNothingRemains: a visitor leaves a canary of every kind, each through the program that a visitor uses. All of them
// are found in the memory of the machine as long as the session is open; after it, none is, neither there nor on the disk.
func TestNothingRemains(t *testing.T) {
	v := proofVisit(t)
	v.plant()
	v.found()
	v.leave()
	v.gone()
}

// visit is a visitor who leaves canaries.
type visit struct {
	*Machine
	canaries canaries
	net      *hunt.Net
	site     *Site
	key      *Key
}

// proofVisit gives a station with a printer, at its first screen.
func proofVisit(t *testing.T) *visit {
	t.Helper()
	v := newVisitor(t, nil)
	v.Machine = Station(t)
	v.installPrinter()
	return v
}

// newVisitor is somebody who sits down at a station, with a key and something to look at.
func newVisitor(t *testing.T, m *Machine) *visit {
	t.Helper()
	c := plantable()
	key := NewLabelledKey(t, c[keyLabel], c[keySerial], Files{c[keyName] + ".txt": c[keyText] + "\n", "a-imprimer.txt": c[printed] + "\n"})
	return &visit{Machine: m, canaries: c, net: c.net(t), site: NewProofSite(t, c), key: key}
}

// plant does what leaves canaries, at the keyboard and the mouse where a visitor would.
func (v *visit) plant() {
	v.t.Helper()
	v.welcome("01")
	v.browsePlanting()
	v.Insert(v.key)
	v.AwaitStatus("MediumState", "ready", patient)
	v.goTo("3")
	v.Picture("04-key")
	v.Drive("CopyIn", "aua{sv}", "2", "1", "2", "0")
	v.AwaitStatus("DocumentsCount", "3", patient)
	v.Press("esc")
	v.Settle()
	v.goTo("4")
	v.Picture("05-documents")
	v.print()
	v.Press("esc")
	v.Settle()
	v.pause()
	v.Picture("06-back")
}

// browsePlanting goes to the site, types, copies and downloads, and comes back to Ma session.
func (v *visit) browsePlanting() {
	v.t.Helper()
	v.openInternet()
	v.address(v.site.URL)
	v.Await("the page has planted", 3*time.Minute, func() bool {
		v.Drive("Touch", noOptions...) // who waits is there
		time.Sleep(2 * time.Second)
		return v.site.Saw("planted") || v.site.Saw("lost")
	})
	if v.site.Saw("lost") {
		v.t.Fatal("the browser keeps nothing: a visit that leaves nothing proves nothing")
	}
	v.Settle()
	v.Click(200, pageTop+130)
	v.Type(v.canaries[typedText])
	v.Settle()
	v.Picture("02-typed")
	v.Press("ctrl-q", "ctrl-c") // the "a" of a French keyboard
	v.Await("the text was copied", patient, func() bool { return v.site.Saw("copied") })
	v.Click(200, pageTop+230)
	v.Await("the document was asked for", patient, func() bool { return v.site.Saw("document") })
	v.AwaitStatus("DocumentsCount", "1", patient)
	v.Press("esc")
	v.Settle()
	v.Picture("03-downloaded")
	v.Click(maSession[0], maSession[1])
	v.Settle()
}

// found hunts while the session is open: a kind that cannot be found now proves nothing later. Some were not planted.
func (v *visit) found(without ...string) {
	v.t.Helper()
	v.forgetTheInstrument()
	before := count(v.Memory(v.net))
	v.t.Logf("found before the end, in memory: %v", before)
	for kind := range v.canaries {
		if before[kind] == 0 && !slices.Contains(without, kind) {
			v.t.Errorf("the hunt is blind: it does not find %q while the session is open", kind)
		}
	}
}

// leave takes the key out and ends the session at the keyboard.
func (v *visit) leave() {
	v.t.Helper()
	v.Pull(v.key)
	v.AwaitStatus("MediumState", "none", patient)
	v.finish()
}

// gone hunts after the wipe: one copy is one too many.
func (v *visit) gone() {
	v.t.Helper()
	v.OtherTraffic()
	v.forgetTheInstrument()
	hits := v.Memory(v.net)
	disk := v.Disk(v.net)
	v.t.Logf("found after the end: in memory %v, on the disk %v", count(hits), count(disk))
	if len(hits) > 0 {
		v.t.Errorf("remains in memory:\n%s", v.holders(hits))
	}
	if len(disk) > 0 {
		v.t.Errorf("remains on the disk: %v", disk)
	}
	v.nothingIsLeft()
}

// forgetTheInstrument ends the process by which the test asks the guest, and which knows what it was asked.
func (m *Machine) forgetTheInstrument() {
	m.t.Helper()
	_, _ = m.agent.run(patient, "/usr/bin/systemctl", "restart", "--no-block", "qemu-guest-agent.service")
	time.Sleep(5 * time.Second)
	m.awaitAgent(patient)
}

// installPrinter sets up a queue that keeps nothing, and a printer that takes all.
func (m *Machine) installPrinter() {
	m.t.Helper()
	m.Shell(`apt-get update >/dev/null; apt-get install --yes cups-daemon cups-client >/dev/null 2>&1
printf '%s\n' 'PreserveJobFiles No' 'PreserveJobHistory No' >>/etc/cups/cupsd.conf
systemctl restart cups.service
lpadmin -p bureau -E -v file:///dev/null -m raw
sed -i 's/^#queue = .*/queue = "bureau"/' /etc/estran/estran.toml
systemctl restart estrand.service`)
	m.AwaitReady()
	m.AwaitStatus("Printer", "true", patient)
}

// print prints the document that came from the key for it, and leaves it waiting at the printer.
func (v *visit) print() {
	v.t.Helper()
	// Their type, how many, then id, name, size, saved, arriving of each.
	fields := strings.Fields(v.CallAs("estran", "Documents", noOptions...).stdout)
	for i, field := range fields {
		if strings.Contains(field, "a-imprimer") {
			v.Guest("cupsdisable", "bureau")
			v.Drive("Print", "ta{sv}", fields[i-1], "0")
			return
		}
	}
	v.t.Fatalf("the document to print is not there: %d fields", len(fields))
}

// pause hides the session behind the code, and comes back.
func (v *visit) pause() {
	v.t.Helper()
	code := v.canaries[pauseCode]
	v.Type("6")
	v.Settle()
	v.Picture("06-pause")
	v.Type(code)
	v.Settle()
	v.Type(code)
	v.AwaitState("paused", patient)
	v.Settle()
	v.Type(code)
	v.AwaitState("open", patient)
	v.Settle()
}

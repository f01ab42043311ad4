//go:build vm

package vm

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"estran/cmd/estranctl/proof"
)

// TestProve: on the very station, estranctl proves that nothing remains, in its memory and on its whole disk; and it refuses
// to where somebody is.
func TestProve(t *testing.T) {
	m := Station(t)
	m.Open()
	if r := m.Try("estranctl", "prove"); r.code != 2 || !strings.Contains(r.stderr, "une personne est là") {
		t.Errorf("with a visitor there, estranctl prove ends with %d: %s", r.code, r.stderr)
	}
	m.End()
	m.installPrinter()
	report := m.prove("--deep")
	if report.Verdict != proof.Clean || !report.Wiped {
		t.Errorf("the verdict is %s", report.Verdict)
	}
	planted := map[string]bool{}
	for _, k := range report.Kinds {
		planted[k.Name] = true
	}
	for _, kind := range proof.Kinds() {
		if !planted[kind] {
			t.Errorf("%q was not planted: %v", kind, report.Unplanted)
		}
	}
	if len(report.Unplanted) != 1 { // the key, which only a hand can plug
		t.Errorf("not planted: %+v", report.Unplanted)
	}
	disk := false
	for _, p := range report.Searched {
		disk = disk || strings.Contains(p.What, "/dev/vda") && p.Bytes == int64(layout.disk)*mebibyte
	}
	if !disk {
		t.Errorf("the disk was not read whole: %+v, %+v", report.Searched, report.Unsearched)
	}
	m.AwaitReady()
	m.nothingIsLeft()
	if waits := m.Guest("lpstat", "-p", "bureau"); !strings.Contains(waits, "enabled") {
		t.Errorf("the printer was not let go again: %s", waits)
	}
}

// prove runs the command in the guest.
func (m *Machine) prove(options ...string) proof.Report {
	m.t.Helper()
	defer stage(m.t.Logf, "estranctl prove")()
	r, err := m.agent.run(15*time.Minute, "/usr/bin/estranctl", append([]string{"prove", "--json"}, options...)...)
	m.must(err, "prove")
	m.Keep("preuve", r.stdout+r.stderr)
	var report proof.Report
	if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
		m.t.Fatalf("estranctl prove ends with %d: %s", r.code, r.stderr)
	}
	return report
}

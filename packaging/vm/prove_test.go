//go:build vm

package vm

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/cmd/estranctl/proof"
)

// TestProve: on the very station, estranctl proves that nothing remains; and it refuses to where somebody is.
func TestProve(t *testing.T) {
	m := Station(t)
	m.Open()
	if r := m.Try("estranctl", "prove"); r.code != 2 || !strings.Contains(r.stderr, "une personne est là") {
		t.Errorf("with a visitor there, estranctl prove ends with %d: %s", r.code, r.stderr)
	}
	m.End()
	report, code := m.prove()
	m.proves(report, code)
	m.daybookTells("proof-begun")
}

// TestProveDeep: the same with a printer, which must not print, and on the whole disk.
func TestProveDeep(t *testing.T) {
	m := Station(t)
	m.installPrinter()
	report, code := m.prove("--deep")
	m.proves(report, code, proof.Printed)
	disk := false
	for _, p := range report.Searched {
		disk = disk || strings.Contains(p.What, "/dev/vda") && p.Bytes == int64(layout.disk)*mebibyte
	}
	if !disk {
		t.Errorf("the disk was not read whole: %+v, %+v", report.Searched, report.Unsearched)
	}
	if waits := m.Guest("lpstat", "-p", "bureau"); !strings.Contains(waits, "enabled") {
		t.Errorf("the printer was not let go again: %s", waits)
	}
}

// TestProveFindsWhatRemains: on a station that leaves something out of its wipe, and does not notice, the proof finds it.
func TestProveFindsWhatRemains(t *testing.T) {
	m := Station(t)
	m.installPrinter()
	m.mutable()
	m.without(withoutStep("system.printing"))
	report, code := m.prove()
	if report.Verdict != proof.Residue || code != 1 {
		t.Errorf("the verdict is %s, the exit code %d", report.Verdict, code)
	}
	for _, k := range report.Kinds {
		t.Logf("%s: %d before, after %+v", k.Name, k.Before, k.After)
		if (k.Name == proof.Printed) != (len(k.After) > 0) {
			t.Errorf("of the kind %q there is left: %+v", k.Name, k.After)
		}
	}
}

// proves fails unless a report is clean, of a visit that planted every kind that it could: printing takes a printer, and only
// a hand can plug a key.
func (m *Machine) proves(report proof.Report, code int, also ...string) {
	m.t.Helper()
	if report.Verdict != proof.Clean || code != 0 {
		m.t.Errorf("the verdict is %s, the exit code %d", report.Verdict, code)
	}
	planted := map[string]bool{}
	for _, k := range report.Kinds {
		planted[k.Name] = true
	}
	unplanted := 1 // the key
	for _, kind := range proof.Kinds() {
		switch {
		case planted[kind]:
		case kind == proof.Printed && !slices.Contains(also, kind):
			unplanted++
		default:
			m.t.Errorf("%q was not planted: %v", kind, report.Unplanted)
		}
	}
	if len(report.Unplanted) != unplanted {
		m.t.Errorf("not planted: %+v", report.Unplanted)
	}
	m.AwaitReady()
	m.nothingIsLeft()
}

// prove runs the command in the guest, and gives its exit code too.
func (m *Machine) prove(options ...string) (proof.Report, int) {
	m.t.Helper()
	defer stage(m.t.Logf, "estranctl prove")()
	r, err := m.agent.run(15*time.Minute, "/usr/bin/estranctl", append([]string{"prove", "--json"}, options...)...)
	m.must(err, "prove")
	m.Keep("preuve", r.stdout+r.stderr)
	var report proof.Report
	if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
		m.t.Fatalf("estranctl prove ends with %d: %s", r.code, r.stderr)
	}
	return report, r.code
}

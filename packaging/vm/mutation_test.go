//go:build vm

package vm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/cleanup/hunt"
)

// absence is one step or one setting that is left out, what the hunt then finds, and whose it is.
type absence struct {
	name  string
	out   string // a line of shell that leaves it out
	back  string // and one that brings it back
	kinds []string
	disk  bool // found on the disk
}

// withoutStep has the service, which is a build for this, leave out a step or a part of one.
func withoutStep(step string, kinds ...string) absence {
	return absence{
		name:  "the step " + step,
		out:   "printf '[Service]\\nEnvironment=ESTRAN_WITHOUT=" + step + ":whole\\n' >/run/systemd/system/estrand.service.d/without.conf",
		back:  "rm /run/systemd/system/estrand.service.d/without.conf",
		kinds: kinds,
	}
}

// withoutOverwriting lets a service keep what it gives back.
func withoutOverwriting(unit string, kinds ...string) absence {
	dropIn := "/run/systemd/system/" + unit + ".d/without.conf"
	return absence{
		name: "the overwriting of " + unit,
		out: "mkdir -p /run/systemd/system/" + unit + ".d; printf '[Service]\\nUnsetEnvironment=GLIBC_TUNABLES\\n' >" + dropIn +
			"; systemctl daemon-reload; systemctl restart " + unit,
		back:  "rm " + dropIn + "; systemctl daemon-reload; systemctl restart " + unit,
		kinds: kinds,
	}
}

// Not here is the overwriting of systemd-udevd, clamd and CUPS: without it nothing was found in one visit each, since their
// processes end soon or start anew. The settings stay, for what a longer visit may leave.
var absences = []absence{
	withoutStep("system.log", keySerial),
	withoutStep("system.names", keyLabel, keySerial),
	withoutStep("system.antivirus", keyText, printed),
	withoutStep("system.printing", printed),
	withoutOverwriting("udisks2.service", keyLabel, keySerial),
	withoutOverwriting("usbguard.service", keySerial),
	withoutOverwriting("systemd-logind.service", keySerial, keyLabel),
	withoutOverwriting("dbus.service", keyLabel, keySerial, keyName, pauseCode),
	{
		name: "the memory of the print queue",
		out: "mkdir -p /run/systemd/system/cups.service.d; printf '[Service]\\nTemporaryFileSystem=\\n' >/run/systemd/system/cups.service.d/without.conf" +
			"; systemctl daemon-reload; systemctl restart cups.service; lpadmin -p bureau -E -v file:///dev/null -m raw",
		back:  "rm /run/systemd/system/cups.service.d/without.conf; systemctl daemon-reload; systemctl restart cups.service",
		kinds: []string{printed}, disk: true,
	},
}

// TestNothingIsThereForNothing leaves out one step or one setting after the other: each time the hunt finds what that is
// there for. What could be left out without anybody noticing would not be there for anything.
func TestNothingIsThereForNothing(t *testing.T) {
	m := Station(t)
	m.installPrinter()
	m.mutable()
	for _, a := range absences {
		t.Run(a.name, func(t *testing.T) {
			m.without(a)
			v := newVisitor(t, m)
			v.withKey()
			m.AwaitReady()
			m.forgetTheInstrument()
			hits := m.Memory(v.net)
			if a.disk {
				hits = m.Disk(v.net)
			}
			t.Logf("without %s: %v", a.name, count(hits))
			if !foundAny(hits, a.kinds) {
				t.Errorf("without %s the hunt finds none of %v", a.name, a.kinds)
			}
			m.Shell(a.back + "; systemctl daemon-reload; systemctl restart estrand.service")
		})
	}
}

// without leaves a step or a setting out.
func (m *Machine) without(a absence) {
	m.t.Helper()
	m.Shell(a.out + "; systemctl daemon-reload; systemctl restart estrand.service")
	m.AwaitReady()
}

func foundAny(hits []hunt.Hit, kinds []string) bool {
	found := count(hits)
	for _, kind := range kinds {
		if found[kind] > 0 {
			return true
		}
	}
	return false
}

// withKey is a visit that brings a key, prints, and makes a pause.
func (v *visit) withKey() {
	v.t.Helper()
	v.Open()
	v.Insert(v.key)
	v.AwaitStatus("MediumState", "ready", patient)
	v.Drive("CopyIn", "aua{sv}", "2", "1", "2", "0")
	v.AwaitStatus("DocumentsCount", "2", patient)
	v.print()
	v.Drive("Pause", "sa{sv}", v.canaries[pauseCode], "0")
	v.Drive("Resume", "sa{sv}", v.canaries[pauseCode], "0")
	v.Pull(v.key)
	v.AwaitStatus("MediumState", "none", patient)
	v.End()
	v.Guest("cupsenable", "bureau")
	time.Sleep(time.Second)
}

// mutable puts a service into the guest that can leave steps out.
func (m *Machine) mutable() {
	m.t.Helper()
	program := filepath.Join(m.t.TempDir(), "estrand")
	_, err := tool(m.t.Context(), "sh", "-c", fmt.Sprintf("cd ../.. && CGO_ENABLED=0 go build -tags mutation -o %s ./cmd/estrand", program))
	m.must(err, "build a service that can leave steps out")
	content, err := os.ReadFile(program)
	m.must(err, "read that service")
	m.must(m.agent.write("/usr/sbin/estrand.mutable", content), "put that service into the guest")
	m.Shell(strings.Join([]string{
		"chmod 755 /usr/sbin/estrand.mutable", "mv /usr/sbin/estrand.mutable /usr/sbin/estrand",
		"mkdir -p /run/systemd/system/estrand.service.d",
	}, "\n"))
}

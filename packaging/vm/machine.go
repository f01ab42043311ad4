//go:build vm

package vm

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Machine is a running machine, in the hands of one test. Its methods are what a person can do to a PC, and what the
// test asks the guest; each fails the test when it cannot be done. A machine ends with its test.
type Machine struct {
	t     testing.TB
	qemu  *qemu
	qmp   *qmp
	agent *agent
	keys  int // how many were plugged: each has a name of its own
}

// running is the machine that runs, nil for none.
var running *Machine

// start starts a machine from a disk, at a snapshot or, with "", switched off.
func start(t testing.TB, disk, snapshot string) *Machine {
	t.Helper()
	if running != nil {
		t.Fatalf("%s has a machine: two at once would be too slow; make exfat and ntfs keys before", running.t.Name())
	}
	q, err := startQEMU(disk, snapshot)
	if err != nil {
		t.Fatal(err)
	}
	m := &Machine{t: t, qemu: q}
	running = m
	t.Cleanup(m.stop)
	patience := 60 * time.Second
	if m.qmp, err = dialQMP(filepath.Join(q.dir, "qmp"), patience); err != nil {
		m.stop()
		t.Fatalf("%v\n%s", err, q.stderr.String())
	}
	if m.agent, err = dialAgent(filepath.Join(q.dir, "agent")); err != nil {
		t.Fatal(err)
	}
	return m
}

// stop pulls the plug; a test that failed leaves a last picture first.
func (m *Machine) stop() {
	if running != m {
		return
	}
	if m.t.Failed() && m.qmp != nil {
		if path, err := m.keepPicture("last"); err == nil {
			m.t.Logf("the last picture: %s", path)
		}
		m.t.Logf("what befell the machine: %q", m.qmp.happened)
		m.t.Logf("end of the serial line:\n%s", tail(m.serial(), 10))
		if m.agent != nil {
			m.t.Log(m.diagnose())
		}
	}
	if err := m.qemu.stop(); err != nil {
		m.t.Error(err)
	}
	running = nil
}

// serial is what the guest's firmware and first boot said on the serial line.
func (m *Machine) serial() string {
	text, _ := os.ReadFile(filepath.Join(m.qemu.dir, "serial"))
	return string(text)
}

// awaitAgent waits until the guest is up so far that its agent answers.
func (m *Machine) awaitAgent(patience time.Duration) {
	m.t.Helper()
	for end := time.Now().Add(patience); ; {
		_, err := m.agent.do("guest-ping", nil, 5*time.Second)
		switch {
		case err == nil:
			return
		case !errors.Is(err, errNoAgent):
			m.t.Fatal(err)
		case time.Now().After(end):
			m.t.Fatalf("the guest did not come up in %v: %v", patience, err)
		}
		select {
		case <-m.qemu.ended:
			m.t.Fatalf("QEMU ended: %s", m.qemu.stderr.String())
		default:
		}
	}
}

// stage tells how long a part of the work took, when the function it gives is called.
func stage(log func(string, ...any), name string) func() {
	start := time.Now()
	return func() { log("%-28s %5.1f s", name, time.Since(start).Seconds()) }
}

// must ends the test when something that has nothing to do with what is tested went wrong.
func (m *Machine) must(err error, doing string) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(fmt.Errorf("cannot %s: %w", doing, err))
	}
}

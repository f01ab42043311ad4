//go:build vm

package vm

import (
	"strings"
	"time"
)

// Guest runs a program in the guest as root and gives what it printed, without the last line's end. It fails the test
// when the program fails.
func (m *Machine) Guest(name string, args ...string) string {
	m.t.Helper()
	r := m.Try(name, args...)
	if r.code != 0 {
		m.t.Fatalf("in the guest, %s %s: exit %d\n%s%s", name, strings.Join(args, " "), r.code, r.stdout, r.stderr)
	}
	return strings.TrimRight(r.stdout, "\n")
}

// Try runs a program in the guest as root, and leaves it to the caller whether it may fail.
func (m *Machine) Try(name string, args ...string) result {
	m.t.Helper()
	r, err := m.agent.run(5*time.Minute, name, args...)
	m.must(err, "run "+name+" in the guest")
	return r
}

// Shell runs a line of shell in the guest as root; see Guest.
func (m *Machine) Shell(script string) string {
	m.t.Helper()
	return m.Guest("/bin/sh", "-ec", script)
}

// Await asks again and again until the answer is yes, and fails the test when that takes longer than patience.
func (m *Machine) Await(what string, patience time.Duration, yes func() bool) {
	m.t.Helper()
	for end := time.Now().Add(patience); !yes(); time.Sleep(500 * time.Millisecond) {
		if time.Now().After(end) {
			m.t.Fatalf("after %v, still not: %s", patience, what)
		}
	}
}

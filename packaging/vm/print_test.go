//go:build vm

package vm

import (
	"strings"
	"testing"
)

// inCUPS goes before a program that is to see what cupsd sees: its spool and its logs are in memory of its own.
const inCUPS = `nsenter --target "$(systemctl show --value --property=MainPID cups.service)" --mount `

// TestPrinting: a document goes to the printer, and one that waits when the session ends is taken back: the print queue
// keeps neither.
func TestPrinting(t *testing.T) {
	key := NewKey(t, "vfat", Files{"lettre.txt": letter})
	m := Station(t)
	m.installPrinter()

	m.welcome("01")
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	m.Drive("CopyIn", "aua{sv}", "1", "1", "0")
	m.AwaitStatus("DocumentsCount", "1", patient)
	m.goTo("4")
	m.Picture("02-documents")
	m.Type("1")
	m.Settle()
	m.Picture("02-document")
	document := strings.Fields(m.CallAs("estran", "Documents", noOptions...).stdout)[2] // their type, how many, the first id
	m.Drive("Print", "ta{sv}", document, "0")
	m.Await("the printer has it", patient, func() bool { return m.Guest("lpstat", "-o") == "" })
	m.Guest("cupsdisable", "bureau")
	m.Drive("Print", "ta{sv}", document, "0")
	m.Await("a document waits", patient, func() bool { return m.Guest("lpstat", "-o") != "" })
	if m.Shell(inCUPS+"ls /var/spool/cups | grep -c '^d[0-9]' || true") != "1" {
		t.Error("the document does not wait where CUPS has its memory: this test looks at the wrong place")
	}
	m.Picture("03-waiting")
	m.End()
	if waiting := m.Guest("lpstat", "-o"); waiting != "" {
		t.Errorf("a document still waits: %s", waiting)
	}
	if spool := m.Shell(inCUPS + "ls /var/spool/cups | grep '^[cd][0-9]' || true"); spool != "" {
		t.Errorf("the print queue keeps %s", spool)
	}
	if disk := m.Shell("ls -A /var/spool/cups/ /var/log/cups/ /var/cache/cups/ | grep -E '^([cd][0-9]|.*_log|job.cache)' || true"); disk != "" {
		t.Errorf("CUPS wrote on the disk: %s", disk)
	}
	m.printTheReceipt()
	m.nothingIsLeft()
}

// printTheReceipt reads the last receipt again on the first screen, and puts it on paper.
func (m *Machine) printTheReceipt() {
	m.t.Helper()
	m.Type("r")
	m.Settle()
	m.Picture("04-last-receipt")
	m.Type("1")
	m.Await("the receipt waits", patient, func() bool { return m.Guest("lpstat", "-o") != "" })
	m.Settle()
	m.Picture("04-receipt-printed")
	if page := m.Shell(inCUPS + "sh -c 'head -c 4 /var/spool/cups/d*'"); page != "%PDF" {
		m.t.Errorf("the printer was given %q", page)
	}
	m.Guest("cupsenable", "bureau")
	m.Await("the receipt is printed", patient, func() bool { return m.Guest("lpstat", "-o") == "" })
}

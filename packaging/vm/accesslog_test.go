//go:build vm

package vm

import (
	"strings"
	"testing"
)

// TestTheAccessLog: where the structure wants it, a session leaves its line, and so does one that the power cut; root alone
// reads it, and that is noted. The service has no network of its own, and finds the addresses all the same.
func TestTheAccessLog(t *testing.T) {
	m := Station(t)
	m.Shell(`sed -i 's/^#enabled = .*/enabled = true/' /etc/estran/estran.toml; systemctl restart estrand.service`)
	m.AwaitReady()
	m.awaitKiosk()
	m.Picture("bienvenue-journal")
	m.Open()
	m.End()
	m.Open()
	m.cutPower()
	m.AwaitReady()

	rows := strings.Split(m.Guest("estranctl", "access-log", "--csv", "--reason", "essai"), "\n")
	if len(rows) != 3 || !strings.HasSuffix(rows[1], ",visitor") || !strings.HasSuffix(rows[2], ",recovery") {
		t.Fatalf("the log has %q", rows)
	}
	addresses := strings.Fields(m.Guest("hostname", "--all-ip-addresses"))
	for _, row := range rows[1:] {
		f := strings.Split(row, ",")
		if f[0] != m.Guest("hostname") || len(addresses) == 0 || !strings.Contains(" "+f[1]+" ", " "+addresses[0]+" ") {
			t.Errorf("the line is %q, the computer has %v", row, addresses)
		}
	}
	m.daybookTells("access-log-read")
	if mode := m.Guest("stat", "--format=%a %U %G", "/var/lib/estran/access-log"); mode != "600 root root" {
		t.Errorf("the log is %s", mode)
	}
	if try := m.Try("setpriv", "--reuid=estran", "--regid=estran", "--clear-groups", "estranctl", "access-log"); try.code != 2 || try.stdout != "" {
		t.Errorf("the seat reads the log: exit %d, %s", try.code, try.stdout)
	}
	m.nothingIsLeft()
}

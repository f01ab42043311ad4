package agents

import (
	"bytes"
	"testing"
	"time"

	"estran/session"
)

// FuzzAgents: whatever stands in the file, reading it ends, gives sound accounts or an error, and what was read is written
// and read again as the same.
func FuzzAgents(f *testing.F) {
	whole, err := encode([]Account{
		{Login: "marie", Profile: session.ProfileMediateur, Created: "2026-11-26", Reviewed: "2026-11-26", Code: nobody},
		{Login: "paul.d", Profile: session.ProfileMaintenance, Created: "2026-11-26", Reviewed: "2026-11-27", Expires: "2027-01-01", Disabled: true},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(`{"version": 1, "agents": null}`))
	f.Add([]byte(`{"version": 2}`))
	f.Add([]byte(`{"version": 1, "agents": [[[{}]]]}`))
	f.Add([]byte(`]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		accounts, err := parse(data)
		if err != nil {
			return
		}
		again, err := encode(accounts)
		if err != nil {
			t.Fatalf("it was read and cannot be written: %v", err)
		}
		back, err := parse(again)
		if err != nil || len(back) != len(accounts) {
			t.Fatalf("it was written and cannot be read: %v", err)
		}
		for i := range back {
			if back[i] != accounts[i] {
				t.Fatalf("%+v became %+v", accounts[i], back[i])
			}
		}
	})
}

// FuzzTries: the same of the counts; no count that is read gives a delay that never ends.
func FuzzTries(f *testing.F) {
	now := moment{"11111111-aaaa", time.Hour}
	t := newTries()
	t.Known["marie"] = tried{3, now.boot, 1000}
	t.Unknown["17"] = tried{Most, "22222222", 1 << 39}
	t.Visits = []visit{{"2026-11-26", "marie"}}
	whole, err := marshal(t)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add(bytes.Replace(whole, []byte("17"), []byte("-1"), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		tries, err := parseTries(data, now)
		if err != nil {
			return
		}
		for _, counts := range []map[string]tried{tries.Known, tries.Unknown} {
			for _, c := range counts {
				if left := c.left(now); left < 0 || left > delays[len(delays)-1] {
					t.Fatalf("%+v waits %s", c, left)
				}
			}
		}
		again, err := marshal(tries)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseTries(again, now); err != nil {
			t.Fatalf("it was written and cannot be read: %v", err)
		}
	})
}

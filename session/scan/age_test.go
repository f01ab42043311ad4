package scan_test

import (
	"net"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
)

// A base that is too old knows nothing of what goes round today; what it does find is found all the same.
func TestAgeOfTheSignatures(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		age   time.Duration
		clean scan.Result
	}{
		"of today":          {0, clean()},
		"a week old":        {8 * day, clean()},
		"29 days old":       {29 * day, clean()},
		"more than a month": {30*day + time.Hour, unchecked(session.ReasonOldSignatures)},
	} {
		t.Run(name, func(t *testing.T) {
			d := startClamdOf(t, need(t, "clamd"), "", time.Now().Add(-c.age))
			t.Cleanup(func() { d.stop(); _ = os.RemoveAll(d.dir) })
			s := scan.New(d.socket, time.Minute)
			if diff := cmp.Diff(c.clean, scanOf(t, s, "a.txt", []byte("bonjour"))); diff != "" {
				t.Errorf("a text (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(suspect(session.ReasonVirus), scanOf(t, s, "a.txt", eicar)); diff != "" {
				t.Errorf("a virus (-want +got)\n%s", diff)
			}
			if got := time.Since(s.Health(t.Context()).Signatures) - c.age; got < -time.Minute || got > time.Hour {
				t.Errorf("the day of the base is wrong by %v", got)
			}
		})
	}
}

// Unknown is never clean: a clamd that does not tell the day of its base may have one of last year.
func TestABaseWithoutADayCallsNothingClean(t *testing.T) {
	s := scan.New(faulty(t, func(conn *net.UnixConn, command string) {
		if command == "zVERSION" {
			say("ClamAV 1.4.6\x00")(conn)
			return
		}
		onFile(say("fd[9]: OK\x00"))(conn, command)
	}), time.Minute)
	if diff := cmp.Diff(unchecked(session.ReasonOldSignatures), scanOf(t, s, "a.txt", []byte("bonjour"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

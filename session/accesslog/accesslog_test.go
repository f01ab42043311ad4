package accesslog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/ownfile"
	"estran/session/sessiontest"
)

var (
	morning = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	places  = []netip.Addr{netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("2001:db8::7")}
)

func newLog(t testing.TB) *accesslog.Log {
	t.Helper()
	return &accesslog.Log{Path: filepath.Join(t.TempDir(), "access-log"), Rules: accesslog.Rules{Technical: 12, Times: 3}}
}

func read(t testing.TB, l *accesslog.Log) accesslog.Reading {
	t.Helper()
	r, err := accesslog.Read(l.Path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visit is a session of an hour from start on.
func visit(t testing.TB, l *accesslog.Log, start time.Time, how session.EndReason) {
	t.Helper()
	must(t, l.Begin(start, places))
	must(t, l.Finish(start.Add(time.Hour), how, nil))
}

var sameEntry = cmp.Options{cmp.Comparer(func(a, b netip.Addr) bool { return a == b }), cmpopts.EquateEmpty()}

func TestALineASession(t *testing.T) {
	l := newLog(t)
	if r := read(t, l); len(r.Entries)+len(r.Damaged) != 0 {
		t.Errorf("no log reads as %+v", r)
	}
	name, err := os.Hostname()
	must(t, err)
	var want []accesslog.Entry
	for i, how := range accesslog.Ends() {
		start := morning.Add(time.Duration(i) * 2 * time.Hour)
		must(t, l.Begin(start.Add(time.Millisecond), places))
		e := accesslog.Entry{Station: name, Addresses: places, Start: start}
		if diff := cmp.Diff(append(want, e), read(t, l).Entries, sameEntry); diff != "" {
			t.Errorf("while it is open: %s", diff)
		}
		e.End, e.Ended = start.Add(time.Hour), how
		want = append(want, e)
		must(t, l.Finish(e.End, how, nil))
		if diff := cmp.Diff(want, read(t, l).Entries, sameEntry); diff != "" {
			t.Errorf("once it ended: %s", diff)
		}
	}
	info, err := os.Stat(l.Path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the log is %v: %v", info.Mode(), err)
	}
	if _, err := os.Stat(l.Path + ownfile.Next); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the next log is still there: %v", err)
	}
}

func TestTheAddressesOfBothEndsAreNoted(t *testing.T) {
	l := newLog(t)
	must(t, l.Begin(morning, nil))
	if data, _ := os.ReadFile(l.Path); !bytes.Contains(data, []byte(`"addresses":[]`)) {
		t.Errorf("without a network: %s", data)
	}
	must(t, l.Finish(morning.Add(time.Hour), session.EndVisitor, []netip.Addr{
		places[1], places[0], places[1], netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("fe80::1%eth0"),
	}))
	if diff := cmp.Diff(places, read(t, l).Entries[0].Addresses, sameEntry); diff != "" {
		t.Error(diff)
	}
}

// A station that was cut completes what it finds at its next start, and nothing else.
func TestWhatWasCutIsCompleted(t *testing.T) {
	l := newLog(t)
	visit(t, l, morning, session.EndIdle)
	must(t, l.Begin(morning.Add(2*time.Hour), places))
	found := morning.Add(24 * time.Hour)
	if n, err := l.Recover(found, session.EndRecovery); n != 1 || err != nil {
		t.Errorf("%d lines were completed: %v", n, err)
	}
	r := read(t, l).Entries
	if r[0].Ended != session.EndIdle || r[1].Ended != session.EndRecovery || !r[1].End.Equal(found) {
		t.Errorf("the log reads as %+v", r)
	}
	if n, err := l.Recover(found, session.EndRecovery); n != 0 || err != nil {
		t.Errorf("and %d again: %v", n, err)
	}
}

// The one who writes has no text to give, and the few words there are come from a list.
func TestNothingOfAVisitorCanBeWritten(t *testing.T) {
	words := reflect.TypeFor[session.EndReason]()
	for _, m := range []string{"Begin", "Finish", "Recover", "Purge"} {
		f, _ := reflect.TypeFor[*accesslog.Log]().MethodByName(m)
		for i := 1; i < f.Type.NumIn(); i++ {
			if in := f.Type.In(i); in.Kind() == reflect.String && in != words {
				t.Errorf("%s takes a text", m)
			}
		}
	}
	for _, how := range []session.EndReason{"", "https://www.caf.fr/", "Marie Dupont"} {
		l := newLog(t)
		must(t, l.Begin(morning, places))
		before, _ := os.ReadFile(l.Path)
		if err := l.Finish(morning, how, nil); err == nil {
			t.Errorf("%q was taken for an end", how)
		}
		if after, _ := os.ReadFile(l.Path); !bytes.Equal(before, after) {
			t.Errorf("%q changed the log: %s", how, after)
		}
	}
	l := newLog(t)
	visit(t, l, morning, session.EndVisitor)
	data, _ := os.ReadFile(l.Path)
	var fields map[string]any
	must(t, json.Unmarshal(data, &fields))
	for f := range fields {
		if !strings.Contains(" station addresses start end ended ", " "+f+" ") {
			t.Errorf("a line has a field %q", f)
		}
	}
}

func TestALogIsNotLostForALine(t *testing.T) {
	l := newLog(t)
	visit(t, l, morning, session.EndVisitor)
	whole, err := os.ReadFile(l.Path)
	must(t, err)
	rubbish := []string{
		"{\"station\"\n", "\x00\x00\n", " \n", "null\n", "{}\n", strings.Repeat("x", 5000) + "\n",
		strings.Replace(string(whole), "visitor", "https://www.caf.fr/", 1),
		strings.Replace(string(whole), `"ended"`, `"name":"Marie","ended"`, 1),
	}
	for _, bad := range rubbish {
		must(t, os.WriteFile(l.Path, []byte(bad+string(whole)+strings.TrimSuffix(bad, "\n")), 0o600))
		visit(t, l, morning.Add(3*time.Hour), session.EndTime)
		if _, err := l.Purge(morning.Add(4 * time.Hour)); err != nil {
			t.Fatal(err)
		}
		r := read(t, l)
		if len(r.Entries) != 2 || r.Entries[1].Ended != session.EndTime || !cmp.Equal(r.Damaged, []int{1, 3}) {
			t.Errorf("%q: the log reads as %+v", bad, r)
		}
		if data, _ := os.ReadFile(l.Path); !bytes.HasPrefix(data, []byte(bad+string(whole)+bad)) {
			t.Errorf("%q was not kept: %s", bad, data)
		}
		// It goes with the lines around it.
		if n, err := l.Purge(morning.AddDate(1, 0, 1)); n != 4 || err != nil {
			t.Errorf("%q: %d lines went: %v", bad, n, err)
		}
		if _, err := os.Stat(l.Path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q: an empty log stays: %v", bad, err)
		}
	}
}

func TestOnlyAFileOfOurOwnIsAnAccessLog(t *testing.T) {
	for name, prepare := range map[string]func(path string) error{
		"a link":           func(p string) error { return os.Symlink("/dev/null", p) },
		"a pipe":           func(p string) error { return unix.Mkfifo(p, 0o600) },
		"a directory":      func(p string) error { return os.Mkdir(p, 0o700) },
		"readable by all":  func(p string) error { return os.WriteFile(p, nil, 0o644) },
		"writable by many": func(p string) error { return errors.Join(os.WriteFile(p, nil, 0o600), os.Chmod(p, 0o660)) },
		"endless":          func(p string) error { return errors.Join(os.WriteFile(p, nil, 0o600), os.Truncate(p, 65<<20)) },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLog(t)
			must(t, prepare(l.Path))
			if _, err := accesslog.Read(l.Path); err == nil {
				t.Error("it was read")
			}
			if err := l.Begin(morning, places); err == nil {
				t.Error("it was written")
			}
			if _, err := l.Purge(morning); err == nil {
				t.Error("it was purged")
			}
		})
	}
}

// A disk that is full keeps the log as it was, and gets its room back.
func TestAFullDiskKeepsTheLogAsItWas(t *testing.T) {
	dir := t.TempDir()
	sessiontest.SmallDisk(t, dir, "12k")
	l := &accesslog.Log{Path: filepath.Join(dir, "access-log")}
	n := 0
	for l.Begin(morning, places) == nil {
		n++
	}
	if r := read(t, l); n == 0 || len(r.Entries) != n || len(r.Damaged) > 0 {
		t.Errorf("of %d lines, the log has %d", n, len(r.Entries))
	}
	if _, err := os.Stat(l.Path + ownfile.Next); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the next log takes the room: %v", err)
	}
}

func TestALineThatIsGoneIsTold(t *testing.T) {
	l := newLog(t)
	must(t, l.Begin(morning, places))
	must(t, os.Remove(l.Path))
	if err := l.Finish(morning, session.EndVisitor, nil); err == nil {
		t.Error("nothing was told")
	}
}

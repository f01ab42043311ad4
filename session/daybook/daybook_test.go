package daybook_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session/daybook"
)

var morning = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

var midnight = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func newBook(t testing.TB) daybook.Book {
	t.Helper()
	return daybook.Book{Path: filepath.Join(t.TempDir(), "daybook")}
}

func write(t testing.TB, b daybook.Book, entries ...daybook.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := b.Write(e); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t testing.TB, b daybook.Book) daybook.Reading {
	t.Helper()
	r, err := b.Read()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// week is a book with all that can happen.
func week() []daybook.Entry {
	return []daybook.Entry{
		{Time: morning, What: daybook.MaintenanceBegun, Who: "marie", Reason: "Souris changée : « accueil » n° 2 <&>"},
		{Time: morning.Add(time.Hour), What: daybook.MaintenanceFinished, Who: `CCAS\marie.d`},
		{Time: morning.Add(2 * time.Hour), What: daybook.MaintenanceBooted, Who: daybook.Station},
		{Time: morning.Add(3 * time.Hour), What: daybook.PasswordSet, Who: "marie@ccas.example"},
		{Time: morning.Add(4 * time.Hour), What: daybook.Stopped, Who: daybook.Station, Code: "E41"},
		{Time: morning.Add(5 * time.Hour), What: daybook.Recovered, Who: daybook.Station},
		{Time: morning.Add(6 * time.Hour), What: daybook.Upgraded, Who: daybook.Station, Version: "1.2~rc1"},
		{Time: morning.Add(7 * time.Hour), What: daybook.AccessLogRead, Who: "marie", Reason: "Réquisition 2026/118"},
		{Time: morning.Add(8 * time.Hour), What: daybook.ProofBegun, Who: "marie"},
		{Time: morning.Add(9 * time.Hour), What: daybook.AgentAdded, Who: "marie", Agent: "paul.d-2_x"},
		{Time: morning.Add(10 * time.Hour), What: daybook.AgentRotated, Who: "marie", Agent: "paul"},
		{Time: morning.Add(11 * time.Hour), What: daybook.AgentDisabled, Who: "marie", Agent: "paul"},
		{Time: morning.Add(12 * time.Hour), What: daybook.AgentEnabled, Who: "marie", Agent: "paul"},
		{Time: midnight, What: daybook.AgentRefused, Who: daybook.Station, Agent: "paul"},
		{Time: midnight, What: daybook.AgentRefused, Who: daybook.Station},
		{Time: morning.Add(13 * time.Hour), What: daybook.AgentBlocked, Who: daybook.Station, Agent: "paul"},
		{Time: morning.Add(14 * time.Hour), What: daybook.AgentUnblocked, Who: "marie", Agent: "paul"},
		{Time: morning.Add(14 * time.Hour), What: daybook.AgentUnblocked, Who: "marie"},
		{Time: midnight, What: daybook.AgentSignedIn, Who: daybook.Station, Agent: "paul"},
		{Time: morning.Add(15 * time.Hour), What: daybook.AgentReviewed, Who: "marie", Agent: "paul"},
		{Time: morning.Add(15 * time.Hour), What: daybook.AgentRemoved, Who: "marie", Agent: "paul"},
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	b := newBook(t)
	if r := read(t, b); len(r.Entries) != 0 || r.Broken != nil || r.Cut || r.Last != "" {
		t.Errorf("no book reads as %+v", r)
	}
	write(t, b, week()...)
	r := read(t, b)
	if !slices.Equal(r.Entries, week()) || r.Broken != nil || r.Cut || len(r.Last) != 64 {
		t.Errorf("the book reads as %+v", r)
	}
	info, err := os.Stat(b.Path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the book is %v: %v", info.Mode(), err)
	}
	var told []daybook.Event
	for _, e := range append(week(), daybook.Entry{What: daybook.LineCut}) {
		told = append(told, e.What)
	}
	for _, e := range daybook.Events() {
		if !slices.Contains(told, e) {
			t.Errorf("no test writes %s", e)
		}
	}
}

func TestTheTimeIsFilledIn(t *testing.T) {
	b := newBook(t)
	before := time.Now().Add(-time.Second)
	write(t, b, daybook.Entry{What: daybook.Recovered, Who: daybook.Station})
	if got := read(t, b).Entries[0].Time; got.Before(before) || got.After(time.Now()) {
		t.Errorf("the time is %s", got)
	}
}

// The day is that of the clock on the wall, east and west of Greenwich, and nothing of the hour is in the file.
func TestASignInTellsItsDayAlone(t *testing.T) {
	for zone, hour := range map[int]int{+11: 0, -4: 23, 0: 12} {
		b := newBook(t)
		at := time.Date(2026, 11, 24, hour, 31, 17, 0, time.FixedZone("", zone*3600))
		for _, what := range []daybook.Event{daybook.AgentSignedIn, daybook.AgentRefused} {
			write(t, b, daybook.Entry{Time: at, What: what, Who: daybook.Station, Agent: "paul"})
		}
		for _, e := range read(t, b).Entries {
			if !e.Time.Equal(midnight) {
				t.Errorf("%s at %s is noted at %s", e.What, at, e.Time)
			}
		}
		data, _ := os.ReadFile(b.Path)
		if bytes.Contains(data, []byte("31:17")) {
			t.Errorf("the book tells the hour: %s", data)
		}
		// A line that tells the hour was not written by us.
		forged := bytes.Replace(data, []byte("T00:00:00Z"), []byte("T09:31:17Z"), 1)
		if err := os.WriteFile(b.Path, forged, 0o600); err != nil {
			t.Fatal(err)
		}
		if broken, _ := errors.AsType[*daybook.Broken](b.Verify()); broken == nil || broken.Line != 1 {
			t.Errorf("the error is %v", b.Verify())
		}
	}
}

func TestWhatIsNotForADaybookIsRefused(t *testing.T) {
	for field, e := range map[string]daybook.Entry{
		"what":                    {What: "visit", Who: "marie"},
		"what: a cut":             {What: daybook.LineCut, Who: daybook.Station},
		"who":                     {What: daybook.Recovered},
		"who: ":                   {What: daybook.Recovered, Who: "marie\nadmin"},
		"who: it":                 {What: daybook.Recovered, Who: strings.Repeat("m", 65)},
		"code":                    {What: daybook.Stopped, Who: daybook.Station},
		"code: a":                 {What: daybook.Recovered, Who: daybook.Station, Code: "E30"},
		"code: a stop":            {What: daybook.Stopped, Who: daybook.Station, Code: "letter.pdf"},
		"version":                 {What: daybook.Upgraded, Who: daybook.Station, Version: "1 2"},
		"version: an":             {What: daybook.Recovered, Who: daybook.Station, Version: "1.2"},
		"agent":                   {What: daybook.AgentAdded, Who: "marie"},
		"agent: only":             {What: daybook.Recovered, Who: "marie", Agent: "paul"},
		"agent: it":               {What: daybook.AgentAdded, Who: "marie", Agent: "Paul"},
		"agent: it is":            {What: daybook.AgentRefused, Who: daybook.Station, Agent: "bcdf ghjk"},
		"agent: it is no":         {What: daybook.AgentBlocked, Who: daybook.Station, Agent: "pa\u202eul"},
		"reason":                  {What: daybook.MaintenanceBegun, Who: "marie", Reason: strings.Repeat("é", 201)},
		"reason: one line":        {What: daybook.MaintenanceBegun, Who: "marie", Reason: "a\x1b[31m"},
		"reason: one":             {What: daybook.MaintenanceBegun, Who: "marie", Reason: "a\nb"},
		"reason: one line, with":  {What: daybook.MaintenanceBegun, Who: "marie", Reason: "a\u202eb"},
		"reason: at most 200 cha": {What: daybook.MaintenanceBegun, Who: "marie", Reason: "\xff"},
	} {
		b := newBook(t)
		err := b.Write(e)
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%+v: the error is %v, want %q", e, err, field)
		}
		if data, _ := os.ReadFile(b.Path); len(data) != 0 {
			t.Errorf("%+v was written: %s", e, data)
		}
	}
}

// Every way to change a line that has lines after it breaks the chain; a change of the last line changes the fingerprint.
func TestTamperingShows(t *testing.T) {
	b := newBook(t)
	write(t, b, week()...)
	whole, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	last := read(t, b).Last
	lines := bytes.SplitAfter(whole, []byte("\n"))
	lines = lines[:len(lines)-1]
	tampered := func(what string, data []byte) {
		t.Helper()
		if bytes.Equal(data, whole) {
			return
		}
		if err := os.WriteFile(b.Path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		r := read(t, b)
		if r.Broken == nil && r.Last == last {
			t.Errorf("%s does not show", what)
		}
		if r.Broken == nil != (b.Verify() == nil) {
			t.Errorf("%s: Read and Verify disagree: %v, %v", what, r.Broken, b.Verify())
		}
	}
	for i := range whole {
		for _, c := range []byte{whole[i] ^ 1, ' ', '\n', 'a'} {
			data := bytes.Clone(whole)
			data[i] = c
			tampered("a changed byte", data)
		}
	}
	for i := range lines {
		tampered("a line taken out", bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil))
		tampered("a line put in twice", bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil))
		if i > 0 {
			swapped := slices.Clone(lines)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			tampered("two lines swapped", bytes.Join(swapped, nil))
			changed := slices.Clone(lines)
			changed[i-1] = bytes.Replace(lines[i-1], []byte("08:00"), []byte("09:00"), 1)
			tampered("another time", bytes.Join(changed, nil))
		}
	}
}

func TestTheFirstBrokenLinkIsTold(t *testing.T) {
	b := newBook(t)
	write(t, b, week()...)
	data, _ := os.ReadFile(b.Path)
	lines := bytes.SplitAfter(data, []byte("\n"))
	if err := os.WriteFile(b.Path, bytes.Join(slices.Delete(lines, 3, 4), nil), 0o600); err != nil {
		t.Fatal(err)
	}
	broken, is := errors.AsType[*daybook.Broken](b.Verify())
	if !is || broken.Line != 4 || !strings.Contains(broken.Error(), "line 4") {
		t.Errorf("the error is %v", b.Verify())
	}
}

// A crash may cut the last line anywhere. The next write closes it, says so, and the chain holds.
func TestACutLineIsClosedLoudly(t *testing.T) {
	b := newBook(t)
	write(t, b, week()[:2]...)
	whole, _ := os.ReadFile(b.Path)
	first := bytes.IndexByte(whole, '\n') + 1
	for at := first + 1; at < len(whole); at++ {
		if err := os.WriteFile(b.Path, whole[:at], 0o600); err != nil {
			t.Fatal(err)
		}
		if r := read(t, b); !r.Cut || r.Broken != nil || len(r.Entries) != 1 {
			t.Fatalf("cut at %d: %+v", at, r)
		}
		write(t, b, week()[2])
		r := read(t, b)
		var got []daybook.Event
		for _, e := range r.Entries {
			got = append(got, e.What)
		}
		want := []daybook.Event{daybook.MaintenanceBegun, daybook.LineCut, daybook.MaintenanceBooted}
		if at == len(whole)-1 { // only its end was missing
			want = slices.Insert(want, 1, daybook.MaintenanceFinished)
		}
		if r.Broken != nil || r.Cut || !slices.Equal(got, want) {
			t.Fatalf("cut at %d: %v, broken %v", at, got, r.Broken)
		}
		if data, _ := os.ReadFile(b.Path); !bytes.HasPrefix(data, whole[:at]) {
			t.Fatalf("cut at %d: what was there was not kept", at)
		}
	}
}

// An unreadable line is not excused by a line-cut that is not linked to it.
func TestACutThatWasMadeUpShows(t *testing.T) {
	b := newBook(t)
	write(t, b, week()[0])
	f, _ := os.OpenFile(b.Path, os.O_APPEND|os.O_WRONLY, 0)
	if _, err := f.WriteString("{\"time"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	write(t, b, week()[1])
	data, _ := os.ReadFile(b.Path)
	data = bytes.Replace(data, []byte("{\"time\n"), []byte("{\"tim2\n"), 1)
	if err := os.WriteFile(b.Path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if broken, _ := errors.AsType[*daybook.Broken](b.Verify()); broken == nil || broken.Line != 2 {
		t.Errorf("the error is %v", b.Verify())
	}
}

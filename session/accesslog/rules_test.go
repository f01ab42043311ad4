package accesslog

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"estran/session"
)

func day(text string) time.Time {
	for _, form := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(form, text); err == nil {
			return t
		}
	}
	panic(text)
}

// written is a log with one line for each word: a time, a day without times, or something that cannot be read.
func written(t testing.TB, words string) []parsed {
	t.Helper()
	var data []byte
	for _, w := range strings.Fields(words) {
		e := Entry{Station: "pc", Ended: session.EndVisitor}
		switch {
		case w == "?":
			data = append(data, "?\n"...)
			continue
		case strings.HasPrefix(w, "day:"):
			e.Day = w[4:]
		default:
			e.Start = day(w)
			e.End = e.Start.Add(time.Hour)
		}
		raw, err := encode(e)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, raw...)
	}
	return parse(data)
}

// left says what a log holds, in the words of written.
func left(data []byte) string {
	var words []string
	for _, p := range parse(data) {
		switch {
		case p.damaged:
			words = append(words, "?")
		case p.Day != "":
			words = append(words, "day:"+p.Day)
		case p.Start.Equal(p.Start.Truncate(24 * time.Hour)):
			words = append(words, p.Start.Format(time.DateOnly))
		default:
			words = append(words, p.Start.Format(time.RFC3339))
		}
	}
	return strings.Join(words, " ")
}

func TestPurge(t *testing.T) {
	for name, c := range map[string]struct{ before, now, after string }{
		"nothing":                         {"", "2026-12-01", ""},
		"all of it is young":              {"2026-11-24 2026-11-30", "2026-12-01", "2026-11-24 2026-11-30"},
		"just under three months":         {"2026-11-24T08:00:00Z", "2027-02-24T07:59:59Z", "2026-11-24T08:00:00Z"},
		"three months":                    {"2026-11-24T08:00:00Z", "2027-02-24T08:00:00Z", "day:2026-11-24"},
		"a month that has no such day":    {"2026-11-30", "2027-02-28", "day:2026-11-30"},
		"just under twelve":               {"2026-11-24T08:00:00Z", "2027-11-24T07:59:59Z", "day:2026-11-24"},
		"twelve months at once":           {"2026-11-24T08:00:00Z", "2027-11-24T08:00:00Z", ""},
		"a day is over when it has ended": {"day:2026-11-24", "2027-11-24T23:59:59Z", "day:2026-11-24"},
		"twelve months after it":          {"day:2026-11-24", "2027-11-25", ""},
		"a leap day":                      {"day:2028-02-29", "2029-03-01", ""},
		"each line for itself":            {"2026-11-24 2027-05-01 2027-11-20", "2027-11-25", "day:2027-05-01 2027-11-20"},

		"the clock is set back: nothing goes":         {"2027-11-24 2027-11-25", "2026-12-01", "2027-11-24 2027-11-25"},
		"an empty battery, now":                       {"2026-11-24 2026-11-25", "2000-01-01", "2026-11-24 2026-11-25"},
		"lines of an empty battery":                   {"2026-11-24 2000-01-01 2000-01-02 2026-11-25", "2026-11-26", "2026-11-24 2000-01-01 2000-01-02 2026-11-25"},
		"they go with the line above":                 {"2026-11-24 2000-01-01 2027-11-24", "2027-11-25", "2027-11-24"},
		"they are shortened with it":                  {"2026-11-24 2000-01-01 2027-03-01", "2027-03-02", "day:2026-11-24 day:2000-01-01 2027-03-01"},
		"they come first":                             {"2000-01-01 2026-11-24", "2026-11-26", "2000-01-01 2026-11-24"},
		"they come first, and go with the next":       {"2000-01-01 2026-11-24", "2027-11-24", ""},
		"they are alone":                              {"2000-01-01", "2026-11-24", "2000-01-01"},
		"lines of a clock that was set back a year":   {"2027-11-24 2026-11-20 2027-11-25", "2027-11-26", "2027-11-24 2026-11-20 2027-11-25"},
		"a line of the future keeps no other":         {"2026-11-24 2099-01-01 2026-11-25", "2027-11-26", ""},
		"it is as old as the next":                    {"2026-11-24 2099-01-01 2027-11-20", "2027-11-26", "2099-01-01 2027-11-20"},
		"it stays while there is none":                {"2026-11-24 2099-01-01", "2027-11-26", "2099-01-01"},
		"what cannot be read goes with the one above": {"2026-11-24 ? 2027-11-20 ?", "2027-11-26", "2027-11-20 ?"},
		"or below":            {"? ? 2026-11-24", "2027-11-23", "? ? day:2026-11-24"},
		"or below, too":       {"? ? 2026-11-24", "2027-11-24", ""},
		"nothing can be read": {"? ?", "2099-01-01", "? ?"},
	} {
		got, n := purged(written(t, c.before), Rules{Technical: 12, Times: 3}, day(c.now))
		if left(got) != c.after {
			t.Errorf("%s: %q is left, not %q", name, left(got), c.after)
		}
		if (n > 0) != (c.before != c.after) {
			t.Errorf("%s: %d lines changed", name, n)
		}
	}
}

func TestPurgeFollowsTheRules(t *testing.T) {
	const before = "2026-11-24 2027-05-01 2027-11-20"
	for rules, after := range map[Rules]string{
		{}:                         before,
		{Technical: 1, Times: 1}:   "2027-11-20",
		{Technical: 12, Times: 12}: "2027-05-01 2027-11-20",
		{Technical: 24, Times: 7}:  "day:2026-11-24 2027-05-01 2027-11-20",
		{Times: 1}:                 "day:2026-11-24 day:2027-05-01 2027-11-20",
	} {
		got, n := purged(written(t, before), rules, day("2027-11-25"))
		if left(got) != after {
			t.Errorf("%+v: %q is left, not %q", rules, left(got), after)
		}
		var entries []Entry
		for _, p := range written(t, before) {
			entries = append(entries, p.Entry)
		}
		if rules.Overdue(entries, day("2027-11-25")) != (n > 0) {
			t.Errorf("%+v: Overdue does not say what Purge does", rules)
		}
	}
}

// The day is the one of the place: an evening in Tahiti is another day in London.
func TestTheDayIsThatOfThePlace(t *testing.T) {
	tahiti := time.FixedZone("Tahiti", -10*60*60)
	got, _ := purged(written(t, "2026-11-25T04:00:00Z"), Rules{12, 3}, day("2027-03-01").In(tahiti))
	if left(got) != "day:2026-11-24" {
		t.Error(left(got))
	}
}

// FuzzPurge: whatever stands in the file, reading it ends; what is left is what was there, in its order, with times taken
// away at the most; what is younger than the rules stays.
func FuzzPurge(f *testing.F) {
	for _, words := range []string{"2026-11-24 day:2026-01-24 ?", "2099-01-01 ? 2000-01-01", ""} {
		var data []byte
		for _, p := range written(f, words) {
			data = append(data, p.raw...)
		}
		f.Add(data, int64(1800000000))
		f.Add(data[:len(data)/2], int64(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, at int64) {
		now := time.Unix(at%(1<<33), 0).UTC()
		before := parse(data)
		for _, p := range before {
			if p.damaged {
				continue
			}
			if err := p.check(); err != nil {
				t.Fatalf("%+v was read: %v", p.Entry, err)
			}
		}
		got, n := purged(before, Rules{Technical: 12, Times: 3}, now)
		after := parse(got)
		if n == 0 && !bytes.Equal(got, ended(data)) {
			t.Fatal("nothing changed, and the bytes did")
		}
		next := 0
		for _, p := range before {
			young := !p.damaged && p.Day == "" && !p.Start.Before(now.AddDate(0, -2, 0))
			if next < len(after) && (bytes.Equal(after[next].raw, p.raw) || !young && same(after[next], p)) {
				next++
			} else if young {
				t.Fatalf("a young line went: %s", p.raw)
			}
		}
		if next != len(after) {
			t.Fatalf("a line came from nowhere: %s", after[next].raw)
		}
	})
}

// same says that a is b without its times.
func same(a, b parsed) bool {
	return !a.damaged && a.Day != "" && a.Start.IsZero() && a.End.IsZero() && a.Station == b.Station && a.Ended == b.Ended &&
		fmt.Sprint(a.Addresses) == fmt.Sprint(b.Addresses)
}

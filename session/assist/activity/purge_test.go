package activity_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"estran/session/assist/activity"
)

// TestOnlyWholeMonthsThatAreOver is the rule that keeps a subtraction of two tables from telling a day.
func TestOnlyWholeMonthsThatAreOver(t *testing.T) {
	tally := newTally(t)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	for _, month := range []time.Month{8, 9, 10, 11} {
		add(t, tally, day(month, 3), int(month), helped)
	}
	add(t, tally, day(7, 3), 2, helped)
	if got := months(t, tally); got != "2026-07 few, 2026-08 8, 2026-09 9, 2026-10 10" {
		t.Errorf("everything is %s", got)
	}
	for _, c := range []struct {
		from, to time.Time
		want     error
		months   int
	}{
		{day(9, 1), day(10, 31), nil, 2},
		{day(9, 1), time.Time{}, nil, 2},
		{time.Time{}, day(8, 31), nil, 2},
		{day(9, 2), day(10, 31), activity.ErrWholeMonths, 0},
		{day(9, 1), day(10, 30), activity.ErrWholeMonths, 0},
		{day(9, 1), day(11, 30), activity.ErrNotOver, 0},
		{day(11, 1), time.Time{}, nil, 0},
		{day(9, 1), day(12, 31), activity.ErrNotOver, 0},
	} {
		r, err := tally.Between(c.from, c.to)
		if !errors.Is(err, c.want) || len(r.Months) != c.months {
			t.Errorf("%s to %s: %d months, %v", c.from, c.to, len(r.Months), err)
		}
	}
}

// TestPurge: months go whole, so that no table grows smaller day by day.
func TestPurge(t *testing.T) {
	tally := newTally(t)
	tally.Months = 2
	add(t, tally, monday.AddDate(0, -3, 0), 5, helped)
	add(t, tally, monday.AddDate(0, -2, 0), 6, helped)
	add(t, tally, monday, 7, helped)
	for _, c := range []struct {
		now  string
		want string
	}{
		{"2026-10-31", "2026-08 5, 2026-09 6"},
		{"2026-11-01", "2026-09 6"},
		{"2026-11-30", "2026-09 6"},
		{"2026-12-01", ""},
		{"2020-01-01", ""},
	} {
		now, err := time.Parse(time.DateOnly, c.now)
		must(t, err)
		must(t, tally.Purge(now))
		if got := months(t, tally); got != c.want {
			t.Errorf("on %s there is %s, want %s", c.now, got, c.want)
		}
	}
	if a, err := tally.Today(monday); err != nil || a.Total != 7 {
		t.Errorf("the newest day has %+v: %v", a, err)
	}
	must(t, tally.Purge(time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)))
	if _, err := os.Stat(tally.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file with nothing in it stays: %v", err)
	}
	must(t, tally.Purge(monday))
}

// TestPurgeLeavesTheFileAlone when there is nothing to do: no write, no wear.
func TestPurgeLeavesTheFileAlone(t *testing.T) {
	tally := newTally(t)
	add(t, tally, monday, 7, helped)
	before, err := os.Stat(tally.Path)
	must(t, err)
	must(t, tally.Purge(tuesday))
	after, err := os.Stat(tally.Path)
	must(t, err)
	if !os.SameFile(before, after) {
		t.Error("it was written again")
	}
}

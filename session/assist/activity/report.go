package activity

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"estran/session"
)

// Report is the counts of some months, each told by itself, the oldest first. Months without an intervention are not there.
type Report struct {
	Months []Month
	// Spoilt says that lines of the file cannot be read, Aside that some could not and were put aside: what they had is
	// missing here.
	Spoilt, Aside bool
	// Ahead says that something was counted on a day that has not come: a clock was or is wrong.
	Ahead bool
}

// Month is what may be told of a month.
type Month struct {
	// Month is "2026-11".
	Month string
	// Over says that it will not change any more.
	Over bool
	// Total is how many interventions there were; 0 with Few when there were some, but fewer than session.FewPeople, and
	// then nothing else is told.
	Total int
	Few   bool // fewer than session.FewPeople, and not none
	// Margins are the answers to each question, the days last; Other is what was merged.
	Margins []Margin
}

// Margin is the counts of one question.
type Margin struct {
	Name  string // one of Margins, or MarginDay
	Cells []session.ActivityCell
}

// Between tells the months from one day to another, both included; a time that is zero is no limit. Both must be those of
// whole months that are over: ErrWholeMonths, ErrNotOver otherwise. Without a last day it stops before the month of now.
func (t *Tally) Between(from, to time.Time) (Report, error) {
	switch {
	case !from.IsZero() && from.Day() != 1, !to.IsZero() && to.AddDate(0, 0, 1).Day() != 1:
		return Report{}, ErrWholeMonths
	case !to.IsZero() && to.Format(monthForm) >= t.thisMonth():
		return Report{}, ErrNotOver
	}
	return t.report(func(name string) bool {
		return name < t.thisMonth() && (from.IsZero() || name >= from.Format(monthForm)) && (to.IsZero() || name <= to.Format(monthForm))
	})
}

// Month tells the month of a day, also one that is not over: for those who may read the file. It has no month in it when
// nothing was counted.
func (t *Tally) Month(day time.Time) (Report, error) {
	return t.report(func(name string) bool { return name == day.Format(monthForm) })
}

func (t *Tally) now() time.Time {
	if t.Now != nil {
		return t.Now()
	}
	return time.Now()
}

func (t *Tally) thisMonth() string { return t.now().Format(monthForm) }

func (t *Tally) report(wanted func(name string) bool) (Report, error) {
	p, _, err := t.load()
	if err != nil {
		return Report{}, err
	}
	months := p.closed()
	r := Report{Spoilt: p.spoilt}
	if _, err := os.Lstat(t.Path + aside); err == nil {
		r.Aside = true
	}
	for _, name := range slices.Sorted(maps.Keys(months)) {
		for day := range months[name].Days {
			r.Ahead = r.Ahead || day > t.now().Format(time.DateOnly)
		}
		if wanted(name) {
			r.Months = append(r.Months, t.tell(*months[name]))
		}
	}
	return r, nil
}

// tell is what may be told of a month.
func (t *Tally) tell(m month) Month {
	told := Month{Month: m.Month, Over: m.Month < t.thisMonth()}
	if told.Few = m.Counts.Total < session.FewPeople; told.Few {
		return told
	}
	told.Total = m.Counts.Total
	for _, name := range Margins() {
		told.Margins = append(told.Margins, tellMargin(name, *m.Counts.margin(name), Codes(name)))
	}
	told.Margins = append(told.Margins, tellMargin(MarginDay, m.Days, t.daysOf(m)))
	return told
}

func tellMargin(name string, counters map[string]int, codes []string) Margin {
	return Margin{name, told(counters, codes)}
}

// daysOf lists the days of a month on which somebody may have come: not those ahead, unless something was counted there.
func (t *Tally) daysOf(m month) []string {
	last := max(t.now().Format(time.DateOnly), slices.Max(slices.Collect(maps.Keys(m.Days))))
	var days []string
	for d := 1; d <= 31; d++ {
		if day := fmt.Sprintf("%s-%02d", m.Month, d); day <= last && isForm(time.DateOnly, day) {
			days = append(days, day)
		}
	}
	return days
}

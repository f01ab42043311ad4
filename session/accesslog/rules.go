package accesslog

import "time"

// Rules say for how many months a line is kept, and how many of those with its times. What is 0 is kept for ever.
type Rules struct{ Technical, Times int }

// Overdue says that something in a log is older than the rules allow.
func (r Rules) Overdue(entries []Entry, now time.Time) bool {
	lines := make([]parsed, len(entries))
	for i, e := range entries {
		lines[i] = parsed{Entry: e}
	}
	_, n := purged(lines, r, now)
	return n > 0
}

// purged is what is left of the lines at now, and how many of them were taken away or shortened.
func purged(lines []parsed, r Rules, now time.Time) (left []byte, n int) {
	for i, when := range believed(lines, now) {
		l := lines[i]
		over := when
		if l.Day != "" {
			over = when.AddDate(0, 0, 1) // nobody knows any more at what time of the day it was
		}
		switch {
		case isOver(over, r.Technical, now):
			n++
			continue
		case !l.damaged && l.Day == "" && isOver(when, r.Times, now):
			n++
			l.Day, l.Start, l.End = l.Start.In(now.Location()).Format(time.DateOnly), time.Time{}, time.Time{}
			if raw, err := encode(l.Entry); err == nil {
				l.raw = raw
			}
		}
		left = append(left, l.raw...)
	}
	return left, n
}

// isOver says that so many months have gone by since then.
func isOver(then time.Time, months int, now time.Time) bool {
	return months > 0 && !now.Before(monthsAfter(then, months))
}

// monthsAfter is the same day so many months later, or the last day of a month that has no such day (code de procédure
// civile, art. 641).
func monthsAfter(t time.Time, months int) time.Time {
	begin := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	last := begin.AddDate(0, 1, -1).Day()
	return begin.AddDate(0, 0, min(t.Day(), last)-1)
}

// believed is when each line was written, as far as the clock can be believed. Lines stand in the order in which they were
// written, and so:
//   - a line that is older than the one above it was written with a clock that was set back: it is as old as the one above;
//   - a line of the future was written with a clock that was set forward, or is read with one that was set back: it is as
//     old as the next line that is not, and new where there is none;
//   - a line that cannot be read, or is older than Estran, which a computer whose battery is empty writes, tells no time: it
//     is as old as the one above it, or else below it.
//
// A clock that was wrong thus keeps a line too long rather than lose it before its time, and never for longer than it was
// wrong by. The clock of now is believed.
func believed(lines []parsed, now time.Time) []time.Time {
	when := make([]time.Time, len(lines))
	var newest time.Time
	waiting := 0 // the first line that waits for one that can be believed
	for i, l := range lines {
		at, told := l.at(now.Location())
		if !told && !newest.IsZero() {
			at, told = newest, true
		}
		if !told || at.After(now) {
			continue
		}
		if at.After(newest) {
			newest = at
		}
		for ; waiting <= i; waiting++ {
			when[waiting] = newest
		}
	}
	for ; waiting < len(lines); waiting++ {
		when[waiting] = now
	}
	return when
}

// first is before any session of Estran.
var first = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// at is the time that a line tells, false for none.
func (p parsed) at(zone *time.Location) (time.Time, bool) {
	at := p.Start.In(zone)
	if p.Day != "" {
		at, _ = time.ParseInLocation(time.DateOnly, p.Day, zone)
	}
	return at, !p.damaged && !at.Before(first)
}

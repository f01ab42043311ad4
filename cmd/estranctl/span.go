package main

import (
	"fmt"
	"time"

	"estran/session/accesslog"
)

// span is the time that is asked for, both ends included; a zero end is open.
type span struct{ from, to time.Time }

// spanForms are how a time may be written. A day alone is all of it.
const (
	spanDay    = time.DateOnly
	spanMinute = "2006-01-02T15:04"
)

// readSpan reads the options --from and --to, in the time zone of the computer.
func readSpan(from, to string) (s span, err error) {
	if s.from, _, err = spanEnd("--from", from); err != nil {
		return span{}, err
	}
	var long time.Duration
	if s.to, long, err = spanEnd("--to", to); err != nil {
		return span{}, err
	}
	if long == 0 && !s.to.IsZero() {
		s.to = s.to.AddDate(0, 0, 1)
	}
	if !s.to.IsZero() {
		s.to = s.to.Add(long - time.Second)
	}
	if !s.to.IsZero() && s.to.Before(s.from) {
		return span{}, fmt.Errorf("%w : --to est avant --from", errUsage)
	}
	return s, nil
}

// spanEnd reads one end, and says how long what it names lasts: a minute, or 0 for a day, which is not always as long.
func spanEnd(option, text string) (time.Time, time.Duration, error) {
	if text == "" {
		return time.Time{}, 0, nil
	}
	if t, err := time.ParseInLocation(spanDay, text, time.Local); err == nil {
		return t, 0, nil
	}
	if t, err := time.ParseInLocation(spanMinute, text, time.Local); err == nil {
		return t, time.Minute, nil
	}
	return time.Time{}, 0, fmt.Errorf("%w : %s prend une date (2026-11-24), avec une heure ou sans (2026-11-24T14:30)", errUsage, option)
}

// of gives the sessions that were open at some moment of the span. One of which only the day is left may have been open at
// any time of it.
func (s span) of(entries []accesslog.Entry) []accesslog.Entry {
	var found []accesslog.Entry
	for _, e := range entries {
		start, end := e.Start, e.End
		if e.Day != "" {
			start, _ = time.ParseInLocation(time.DateOnly, e.Day, time.Local)
			end = start.AddDate(0, 0, 1).Add(-time.Second)
		}
		if (s.to.IsZero() || !start.After(s.to)) && (s.from.IsZero() || end.IsZero() || !end.Before(s.from)) {
			found = append(found, e)
		}
	}
	return found
}

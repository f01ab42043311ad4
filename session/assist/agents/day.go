package agents

import "time"

// Day is a day of the calendar, as 2026-11-26. Days compare as their text does.
type Day string

// Today is the day of the clock on the wall, in the time zone of the computer.
func Today(now time.Time) Day { return Day(now.Local().Format(time.DateOnly)) }

// Valid says that it is a day of the calendar, between 2000 and 9998.
func (d Day) Valid() bool {
	t, err := time.Parse(time.DateOnly, string(d))
	return err == nil && t.Year() >= 2000 && t.Year() < 9999
}

// YearLater is the same day a year later.
func (d Day) YearLater() Day { return d.later(1, 0) }

func (d Day) later(years, days int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(years, 0, days).Format(time.DateOnly))
}

// time is 00:00 UTC of the day, as the daybook takes days.
func (d Day) time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

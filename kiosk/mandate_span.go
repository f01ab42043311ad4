package kiosk

import "time"

// span is how long a mandate holds. The lengths are those of Aidants Connect, and the week that fits a short file.
type span int

// The lengths; a day is what one gets without asking.
const (
	spanDay span = iota
	spanWeek
	spanMonth
	spanHalfYear
	spanYear
	spanDate // until a day that is typed
)

func spans() []span { return []span{spanDay, spanWeek, spanMonth, spanHalfYear, spanYear, spanDate} }

// id names it in the texts.
func (s span) id() string { return [...]string{"day", "week", "month", "half_year", "year", "date"}[s] }

// until is the last day of a mandate that begins today.
func (s span) until(today time.Time) time.Time {
	switch s {
	case spanWeek:
		return today.AddDate(0, 0, 7)
	case spanMonth:
		return monthsOn(today, 1)
	case spanHalfYear:
		return monthsOn(today, 6)
	case spanYear:
		return monthsOn(today, 12)
	default:
		return today
	}
}

// monthsOn is the same day so many months later, or the last one of a shorter month: a month from 31 January is over in
// February.
func monthsOn(day time.Time, months int) time.Time {
	later := day.AddDate(0, months, 0)
	if later.Day() != day.Day() {
		return later.AddDate(0, 0, -later.Day())
	}
	return later
}

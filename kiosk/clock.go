package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// since is how old the status is: the station counts, the kiosk only counts down between two statuses.
func (w *world) since() time.Duration { return max(w.now().Sub(w.at), 0) }

// left is what remains of the session.
func (w *world) left() time.Duration { return max(w.status.TimeLeft-w.since(), 0) }

func (w *world) idleLeft() time.Duration    { return max(w.status.IdleLeft-w.since(), 0) }
func (w *world) pauseLeft() time.Duration   { return max(w.status.PauseLeft-w.since(), 0) }
func (w *world) receiptLeft() time.Duration { return max(w.status.ReceiptLeft-w.since(), 0) }

// minutes says a time in words: whole minutes begun, and seconds in the last one.
func (w *world) minutes(d time.Duration) string {
	if d <= time.Minute {
		return w.n("time.seconds", seconds(d))
	}
	return w.n("time.minutes", minutesLeft(d))
}

// minutesLeft counts the minutes that have begun.
func minutesLeft(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// seconds counts the seconds that have begun.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// untilChange is when minutes next says something else.
func untilChange(d time.Duration) time.Duration {
	step := time.Minute
	if d <= time.Minute {
		step = time.Second
	}
	if d <= 0 {
		return 0
	}
	rest := d % step
	if rest == 0 {
		rest = step
	}
	return rest
}

// nextChange is how long what is on the terminal stays true by itself; 0 for as long as nothing happens.
func (w *world) nextChange() time.Duration {
	next := time.Duration(0)
	sooner := func(d time.Duration) {
		if d > 0 && (next == 0 || d < next) {
			next = d
		}
	}
	if w.status.State == session.Open {
		sooner(untilChange(w.left()))
	}
	sooner(w.lapseIn())
	if m, ok := w.front().screen.(mover); ok {
		sooner(m.next(w))
	}
	return next
}

// tick starts the timer for the next change, unless one that fires before is running.
func (m *Model) tick() tea.Cmd {
	d := m.nextChange()
	if d <= 0 {
		return nil
	}
	at := m.now().Add(d)
	if !m.tickAt.IsZero() && !m.tickAt.After(at) && m.tickAt.After(m.now()) {
		return nil
	}
	m.tickAt = at
	return m.after(d, tickMsg{at})
}

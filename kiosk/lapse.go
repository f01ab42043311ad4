package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// lapseAfter is how long Bienvenue and what follows it wait for somebody before all is as it was at first: whoever
// went away left a language, or large text, to the next one. No session is open then, so the station counts nothing.
const lapseAfter = 2 * time.Minute

// unlapsed says that something of an earlier visitor is on the screen while no session is open. An agent who is signed in
// may explain for longer: the station signs out the one who went away.
func (w *world) unlapsed() bool {
	if w.status.Agent.Present {
		return false
	}
	changed := w.large || w.look != calm || w.lang != string(w.options.Config.Station.Language)
	return w.status.State == session.Ready && (len(w.stack) > 1 || changed)
}

// lapseIn is when all will be as at first, 0 for never.
func (w *world) lapseIn() time.Duration {
	if !w.unlapsed() {
		return 0
	}
	return max(lapseAfter-w.now().Sub(w.touched), 1)
}

// lapse makes all as at first when nobody was there for long.
func (m *Model) lapse() tea.Cmd {
	if !m.unlapsed() || m.now().Sub(m.touched) < lapseAfter {
		return nil
	}
	m.drop(0)
	m.forget()
	return m.enter(&welcomeScreen{})
}

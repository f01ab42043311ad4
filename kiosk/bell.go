package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// bellMsg is the second ring of two.
type bellMsg struct{}

// betweenBells is long enough for two rings to be heard as two.
const betweenBells = 700 * time.Millisecond

// ring sounds the terminal's bell, which the seat turns into a sound (foot.ini(5), [bell]).
func ring() tea.Cmd { return tea.Raw("\a") }

// bells rings once when all of a key is checked and when it can be taken, twice when something suspect was found. Only
// a change rings: a kiosk that starts in the midst of a session does not.
func (m *Model) bells(before session.Status) tea.Cmd {
	if !m.options.Config.Media.Sound || m.status.State != session.Open {
		return nil
	}
	was, now := before.Medium, m.status.Medium
	switch {
	case !allChecked(was) && allChecked(now) && now.Suspect > 0:
		return tea.Batch(ring(), m.after(betweenBells, bellMsg{}))
	case !allChecked(was) && allChecked(now), was.State != now.State && now.State == session.MediumEjected:
		return ring()
	}
	return nil
}

// allChecked says so by the counts alone: the state goes back to checking for a moment after a copy.
func allChecked(m session.MediumStatus) bool {
	return m.Present() && m.State != session.MediumReading && m.Files > 0 && checkedOf(m) >= m.Files
}

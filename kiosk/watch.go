package kiosk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// goneMsg says that the station could not be watched, or no longer; tries counts how often in a row.
type goneMsg struct{ tries int }

// retryMsg starts the next try.
type retryMsg struct{ tries int }

// The wait between two tries grows from retryFirst to retryLast.
const (
	retryFirst = 250 * time.Millisecond
	retryLast  = 5 * time.Second
)

// watchStation asks for all statuses, and reads the first.
func (w *world) watchStation(tries int) tea.Cmd {
	ctx, station := w.ctx, w.station
	return func() tea.Msg {
		from, err := station.Watch(ctx)
		if err != nil {
			return goneMsg{tries}
		}
		return readStatus(ctx, from, tries)()
	}
}

// readStatus reads one status; Update asks for the next when it has dealt with it.
func readStatus(ctx context.Context, from <-chan session.Status, tries int) tea.Cmd {
	return func() tea.Msg {
		select {
		case s, ok := <-from:
			if !ok {
				return goneMsg{tries}
			}
			return statusMsg{s, from}
		case <-ctx.Done():
			return nil
		}
	}
}

// A station that goes away is missed after goneGrace, so that one that is back at once does not make the screen flash.
// A computer that starts needs longer than that: goneFirst, while no status came yet.
const (
	goneGrace = 1500 * time.Millisecond
	goneFirst = 15 * time.Second
)

// goneLateMsg says that a station that went away is late.
type goneLateMsg struct{}

// stationGone tries again in a while, and says so on the screen when that takes long.
func (m *Model) stationGone(msg goneMsg) tea.Cmd {
	wait := min(retryFirst<<min(msg.tries, 10), retryLast)
	again := m.after(wait, retryMsg{msg.tries + 1})
	if m.gone {
		return again
	}
	m.gone = true
	grace := goneGrace
	if m.at.IsZero() {
		grace = goneFirst
	}
	return tea.Batch(again, m.after(grace, goneLateMsg{}))
}

// stationLate covers all that was on the screen: nobody can say any more whose session it is.
func (m *Model) stationLate() tea.Cmd {
	if _, told := m.overlayScreen().(*goneScreen); !m.gone || told {
		return nil
	}
	return m.cover(&goneScreen{})
}

// statusCame takes a new status and asks for the one after it.
func (m *Model) statusCame(msg statusMsg) tea.Cmd {
	again := m.listen(msg.from)
	m.gone = false
	if _, told := m.overlayScreen().(*goneScreen); told {
		m.uncover()
	}
	return tea.Batch(again, m.accept(msg.status))
}

func (m *Model) listen(from <-chan session.Status) tea.Cmd {
	if from == nil {
		return nil
	}
	return readStatus(m.ctx, from, 0)
}

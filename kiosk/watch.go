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

// stationGone says so on the screen, keeps what was there, and tries again in a while.
func (m *Model) stationGone(msg goneMsg) tea.Cmd {
	if !m.gone {
		m.gone = true
		m.cover(&goneScreen{})
	}
	wait := min(retryFirst<<min(msg.tries, 10), retryLast)
	return m.after(wait, retryMsg{msg.tries + 1})
}

// statusCame takes a new status and asks for the one after it.
func (m *Model) statusCame(msg statusMsg) tea.Cmd {
	again := m.listen(msg.from)
	if m.gone {
		m.gone = false
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

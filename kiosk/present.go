package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// presentEvery is how often the station is told that somebody is there, at most, while Options.Idle says so.
const presentEvery = 15 * time.Second

// idleMsg is what came from Options.Idle; presentMsg is the time to tell the station again.
type (
	idleMsg    struct{ idle, closed bool }
	presentMsg struct{}
)

// watchIdle waits for the next word of Options.Idle.
func (w *world) watchIdle() tea.Cmd {
	ctx, from := w.ctx, w.options.Idle
	if from == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case idle, ok := <-from:
			return idleMsg{idle, !ok}
		case <-ctx.Done():
			return nil
		}
	}
}

// idleCame hears that somebody is there, or is no more.
func (m *Model) idleCame(msg idleMsg) tea.Cmd {
	m.present = !msg.idle && !msg.closed
	if msg.closed {
		return m.quit(ErrIdle)
	}
	cmds := []tea.Cmd{m.watchIdle(), m.tellPresent()}
	if m.present && !m.presentTimer {
		m.presentTimer = true
		cmds = append(cmds, m.after(presentEvery, presentMsg{}))
	}
	return tea.Batch(cmds...)
}

// presentDue tells the station again, as long as somebody is there.
func (m *Model) presentDue() tea.Cmd {
	if !m.present {
		m.presentTimer = false
		return nil
	}
	return tea.Batch(m.tellPresent(), m.after(presentEvery, presentMsg{}))
}

// tellPresent tells the station that somebody is there, if it was not told lately; at once when it is asking.
func (m *Model) tellPresent() tea.Cmd {
	if !m.present {
		return nil
	}
	waits := !m.status.Idle && m.now().Sub(m.touched) < presentEvery
	if m.status.State != session.Open || waits {
		return nil
	}
	m.touched = m.now()
	return m.callTouch()
}

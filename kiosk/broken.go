package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// brokenMsg says that a command panicked.
type brokenMsg struct{}

// brokenStays is how long the screen says that the program broke, before Run gives ErrPanic.
const brokenStays = 5 * time.Second

// guard makes a command, and those it gives, end in brokenMsg when they panic. Bubble Tea would print the stack, with
// whatever the visitor had on the screen.
func (m *Model) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if recover() != nil {
				msg = brokenMsg{}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = m.guard(batch[i])
			}
		}
		return msg
	}
}

// breakDown drops all that was on the screen for one that says that the program broke, and ends the program soon.
func (m *Model) breakDown() tea.Cmd {
	after, now := m.after, m.now
	m.drop(0)
	fresh := New(m.station, m.options)
	fresh.ctx, fresh.now, fresh.after = m.ctx, now, after
	fresh.width, fresh.height, fresh.profile, fresh.lang = m.width, m.height, m.profile, m.lang
	fresh.theme = newTheme(fresh.look, fresh.profile)
	fresh.status = session.Status{State: session.Stopped, Fault: session.FaultInternal}
	fresh.stack = []*shown{{screen: &stoppedScreen{}}}
	fresh.broken = true
	*m = *fresh
	return after(brokenStays, leaveMsg{})
}

// updateBroken knows the size of the terminal and the time to go, and nothing else.
func (m *Model) updateBroken(msg tea.Msg) (cmd tea.Cmd) {
	defer func() {
		if recover() != nil {
			cmd = m.quit(ErrPanic)
		}
	}()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height, m.fresh = max(msg.Width, 1), max(msg.Height, 1), false
	case leaveMsg:
		return m.quit(ErrPanic)
	}
	return nil
}

// brokenView is for a drawing that panics: nothing of it may be left on the terminal.
func (m *Model) brokenView() tea.View {
	if m.end == nil {
		m.end = ErrPanic
	}
	v := tea.NewView("Estran")
	v.AltScreen = true
	return v
}

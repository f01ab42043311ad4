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
	m.closeWeb()
	func() {
		defer func() { _ = recover() }()
		m.forgetDeeds()
		m.drop(0)
	}()
	fresh := New(m.station, m.options)
	fresh.ctx, fresh.now, fresh.after, fresh.wake = m.ctx, m.now, m.after, m.wake
	fresh.width, fresh.height, fresh.profile, fresh.lang = m.width, m.height, m.profile, m.lang
	fresh.theme = newTheme(fresh.look, fresh.profile)
	fresh.status = session.Status{State: session.Stopped, Fault: session.FaultInternal}
	fresh.stack = []*shown{{screen: &stoppedScreen{}}}
	fresh.broken = true
	*m = *fresh
	return m.die()
}

// die ends the program when the screen was there for a while.
func (m *Model) die() tea.Cmd {
	if m.dying {
		return nil
	}
	m.dying = true
	return tea.Batch(m.arrange(), m.after(brokenStays, leaveMsg{}))
}

// updateBroken knows the size of the terminal and the time to go, and nothing else.
func (m *Model) updateBroken(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height, m.fresh = max(msg.Width, 1), max(msg.Height, 1), false
	case arrangedMsg:
		return tea.Batch(m.deskArranged(msg), m.die())
	case arrangeMsg:
		m.arranged.asking = false
		return tea.Batch(m.arrange(), m.die())
	case leaveMsg:
		return m.quit(ErrPanic)
	}
	return m.die()
}

// breakView is for a drawing that panics: the screen that says so, or were that to panic too, next to nothing.
func (m *Model) breakView() (v tea.View) {
	v = tea.NewView("Estran")
	v.AltScreen = true
	defer func() { _ = recover() }()
	m.breakDown()
	m.dying = false // View starts no timer: a message does
	if m.wake != nil {
		go m.wake(brokenMsg{})
	}
	m.draw()
	return m.frame.view
}

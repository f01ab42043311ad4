package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// accept takes a status: it leads to the screen of the state, and what comes by itself covers it.
func (m *Model) accept(s session.Status) tea.Cmd {
	before, first := m.status, m.at.IsZero()
	m.status, m.at = s, m.now()
	if first {
		m.takeUp(s)
	}
	if first || before.State != s.State {
		cmd := m.moveTo(before, s)
		m.midway = false
		return tea.Batch(cmd, m.coverings(before))
	}
	var cmds []tea.Cmd
	for _, shown := range m.stack {
		if c, ok := shown.screen.(watcher); ok {
			cmds = append(cmds, c.changed(&m.world, before))
		}
	}
	cmds = append(cmds, m.agentLeft(before), m.coverings(before), m.bells(before))
	return tea.Batch(cmds...)
}

// moveTo shows the first screen of a state. What the visitor of the state before saw, typed or chose is dropped with
// the stack; after a wipe, everything is made anew.
func (m *Model) moveTo(before, s session.Status) tea.Cmd {
	m.uncover()
	if s.State != session.Open && s.State != session.Paused {
		m.forgetDeeds()
		m.closeWeb()
		m.aid.sites = nil // they are the visitor's
	}
	if tide, ok := m.top().screen.(*wipingScreen); ok && s.State == session.Wiped && !m.options.Still {
		tide.last = true // the receipt comes when the tide is in
		return nil
	}
	m.drop(0)
	m.stack, m.notice = nil, notice{}
	m.deaf = m.now().Add(Grace)
	switch s.State {
	case session.Ready:
		m.forget()
		return m.enter(&welcomeScreen{})
	case session.Open:
		return m.openedFrom(before)
	case session.Paused:
		return m.enter(&unlockScreen{})
	case session.Wiping, session.Starting:
		return m.enter(&wipingScreen{})
	case session.Wiped:
		return m.showReceipt()
	default:
		return m.enter(&stoppedScreen{})
	}
}

// openedFrom shows Ma session, under the tips when the visitor has just begun.
func (m *Model) openedFrom(before session.Status) tea.Cmd {
	if before.State != session.Paused {
		m.begun = begun{}
	}
	cmd := m.enter(&homeScreen{})
	if m.midway && hasWindow(m.status.Browser) {
		return tea.Batch(cmd, m.push(&internetScreen{asked: true}))
	}
	if before.State == session.Ready && m.starting {
		m.starting = false
		return tea.Batch(cmd, m.push(newTipScreen(0)))
	}
	if before.State == session.Ready && m.status.Mode == session.Train {
		return tea.Batch(cmd, m.push(newLessonScreen()))
	}
	if before.State == session.Ready && m.aid.act {
		m.aid.act = false
		return tea.Batch(cmd, m.openMandate())
	}
	return cmd
}

// showReceipt shows « Tout est effacé », by itself.
func (w *world) showReceipt() tea.Cmd {
	w.drop(0)
	w.notice = notice{}
	w.deaf = w.now().Add(Grace)
	return w.enter(&wipedScreen{})
}

// forget makes everything anew for the next visitor.
func (m *Model) forget() {
	fresh := New(m.station, m.options)
	fresh.ctx, fresh.now, fresh.after, fresh.wake = m.ctx, m.now, m.after, m.wake
	fresh.width, fresh.height, fresh.profile = m.width, m.height, m.profile
	fresh.status, fresh.at, fresh.deaf = m.status, m.at, m.deaf
	fresh.serial, fresh.gone, fresh.tickAt = m.serial, m.gone, m.tickAt
	fresh.arranged, fresh.present, fresh.presentTimer = m.arranged, m.present, m.presentTimer
	fresh.touched = m.now()
	fresh.stack = nil
	fresh.theme = newTheme(fresh.look, fresh.profile)
	*m = *fresh
}

// coverings shows and takes away what comes by itself: « Êtes-vous là ? », and the end of the time.
func (m *Model) coverings(before session.Status) tea.Cmd {
	s := m.status
	_, idle := m.overlayScreen().(*idleScreen)
	if idle && s.State == session.Open && !s.Idle {
		m.uncover()
		idle = false
	}
	_, ending := m.overlayScreen().(*endingScreen)
	switch {
	case s.State != session.Open:
		if idle || ending {
			m.uncover()
		}
	case s.Idle:
		if !idle {
			return tea.Batch(m.cover(&idleScreen{}), m.tellPresent())
		}
	case s.Ending && !m.begun.ending && m.overlay == nil:
		m.begun.ending = true
		return m.cover(&endingScreen{})
	case !s.Ending && m.begun.ending:
		m.begun.ending = false
		if ending {
			m.uncover()
		}
	}
	return nil
}

// cover shows a screen over the stack by itself: the visitor did not ask for it, so it is deaf for a moment.
func (w *world) cover(s screen) tea.Cmd {
	w.serial++
	w.overlay = &shown{screen: s, serial: w.serial}
	w.deaf = w.now().Add(Grace)
	if e, ok := s.(enterer); ok {
		return e.enter(w)
	}
	return nil
}

// uncover takes it away.
func (w *world) uncover() { w.overlay = nil }

func (w *world) overlayScreen() screen {
	if w.overlay == nil {
		return nil
	}
	return w.overlay.screen
}

// resize takes the new size of the terminal.
func (m *Model) resize(width, height int) tea.Cmd {
	m.width, m.height = max(width, 1), max(height, 1)
	if m.arranged.known && !m.arranged.now.Whole() && m.height != m.arranged.now.Banner {
		m.arranged.known = false // the desk looks again
	}
	if r, ok := m.front().screen.(resizer); ok {
		return r.resized(&m.world)
	}
	return nil
}

// resizer is told of a new size.
type resizer interface{ resized(w *world) tea.Cmd }

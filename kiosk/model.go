package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// Grace is how long a screen that came by itself ignores keys and clicks, so that what was meant for the screen before
// cannot answer it.
const Grace = 400 * time.Millisecond

// Model is the kiosk as Bubble Tea sees it. New makes one; Run runs it.
type Model struct {
	world
	frame  frame
	fresh  bool      // frame shows the present state
	tickAt time.Time // when the timer that runs will fire, zero for none
	broken bool      // a panic was caught: only the screen that says so is left
	dying  bool      // and the program ends soon
	wake   func(tea.Msg)
}

// statusMsg is a status, and where the next one comes from.
type statusMsg struct {
	status session.Status
	from   <-chan session.Status
}

// tickMsg is the timer; graceMsg redraws when a screen begins to listen.
type (
	tickMsg  struct{ at time.Time }
	leaveMsg struct{}
)

// Init asks the station for its status, and for all the following ones.
func (m *Model) Init() tea.Cmd { return m.guard(tea.Batch(m.watchStation(0), m.watchIdle(), m.tick())) }

// Update takes one message. What panics in it ends on the screen « Ordinateur arrêté ».
func (m *Model) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	if m.broken {
		return m, m.updateBroken(msg)
	}
	defer func() {
		if recover() != nil {
			model, cmd = m, m.breakDown()
		}
	}()
	cmd = m.update(msg)
	m.fresh = false
	return m, m.guard(tea.Batch(cmd, m.arrange(), m.tick()))
}

func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg.Width, msg.Height)
	case tea.ColorProfileMsg:
		m.profile = msg.Profile
		m.theme = newTheme(m.look, m.profile)
	case tea.KeyPressMsg:
		return m.keyPressed(msg)
	case tea.MouseClickMsg:
		return m.clicked(msg.Mouse())
	case tea.MouseMotionMsg:
		return m.pointed(msg.Mouse())
	case tea.MouseWheelMsg:
		return m.wheeled(msg.Mouse())
	case statusMsg:
		return m.statusCame(msg)
	case webChangedMsg:
		return m.webChanged(msg)
	case arrangedMsg:
		return m.deskArranged(msg)
	case arrangeMsg:
		m.arranged.asking = false
	case idleMsg:
		return m.idleCame(msg)
	case presentMsg:
		return m.presentDue()
	case goneLateMsg:
		return m.stationLate()
	case goneMsg:
		return m.stationGone(msg)
	case retryMsg:
		return m.watchStation(msg.tries)
	case tickMsg:
		if !msg.at.Equal(m.tickAt) {
			return nil // a sooner one took its place
		}
		m.tickAt = time.Time{}
		lapsed := m.lapse()
		if t, ok := m.front().screen.(ticker); ok {
			return tea.Batch(lapsed, t.ticked(&m.world))
		}
		return lapsed
	case bellMsg:
		return ring()
	case brokenMsg:
		return m.breakDown()
	default:
		return m.hear(msg)
	}
	return nil
}

// hear gives an answer to the screen that asked, if it is still there.
func (m *Model) hear(msg tea.Msg) tea.Cmd {
	to, ok := msg.(addressed)
	if !ok {
		return nil
	}
	all := m.stack
	if m.overlay != nil {
		all = append(all[:len(all):len(all)], m.overlay)
	}
	for _, s := range all {
		if l, ok := s.screen.(listener); ok && s.serial == to.address() {
			return l.hear(&m.world, msg)
		}
	}
	return m.unheard(msg)
}

// View gives the frame, drawn anew only when something changed.
func (m *Model) View() (v tea.View) {
	defer func() {
		if recover() != nil {
			v = m.breakView()
		}
	}()
	if !m.fresh {
		m.draw()
	}
	return m.frame.view
}

func (m *Model) draw() {
	m.frame = m.world.drawFrame()
	m.fresh = true
}

// zones are the choices of the present frame.
func (m *Model) zones() []zone {
	if !m.fresh {
		m.draw()
	}
	return m.frame.sheet.zones
}

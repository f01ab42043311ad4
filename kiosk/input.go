package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"estran/session"
)

// touchEvery is how often the station is told that somebody is there, at most.
const touchEvery = 5 * time.Second

// keyPressed gives a key its meaning: first to a screen that is being typed on, then help, the numbers, the arrows,
// Enter and Esc. No chord means anything, and no key leaves the program.
func (m *Model) keyPressed(k tea.KeyPressMsg) tea.Cmd {
	if k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper|tea.ModHyper) != 0 {
		if _, raw := m.front().screen.(rawTypist); !raw {
			return nil
		}
	}
	if m.isDeaf() {
		return nil
	}
	touch := m.touch()
	m.notice = notice{}
	w, front := &m.world, m.front()
	if k.Code == tea.KeyF1 {
		return tea.Batch(touch, w.openHelp())
	}
	if t, ok := front.screen.(typist); ok {
		if cmd, wanted := t.key(w, k); wanted {
			return tea.Batch(touch, cmd)
		}
	}
	return tea.Batch(touch, m.meaning(k))
}

func (m *Model) meaning(k tea.KeyPressMsg) tea.Cmd {
	w, front := &m.world, m.front()
	switch k.Code {
	case tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyKpUp, tea.KeyKpDown, tea.KeyKpLeft, tea.KeyKpRight:
		m.move(arrow(k.Code))
		return nil
	case tea.KeyTab:
		m.step(1 - 2*boolInt(k.Mod&tea.ModShift != 0))
		return nil
	case tea.KeyPgUp, tea.KeyKpPgUp:
		front.scroll -= m.frame.body.h - 1
		return nil
	case tea.KeyPgDown, tea.KeyKpPgDown, tea.KeySpace:
		front.scroll += m.frame.body.h - 1
		return nil
	case tea.KeyEnter, tea.KeyKpEnter:
		return m.choose(m.focused())
	case tea.KeyEscape, tea.KeyBackspace:
		return m.escape()
	}
	if n, ok := digit(k); ok {
		return m.choose(m.byKey(string(rune('0' + n))))
	}
	if k.Text == "?" || k.Text == "," {
		return w.openHelp()
	}
	if len(k.Text) == 1 {
		return m.choose(m.byKey(lower(k.Text)))
	}
	return nil
}

// isDeaf says that keys and clicks are still meant for the screen before.
func (m *Model) isDeaf() bool { return m.now().Before(m.deaf) }

// touch tells the station that somebody is there, now and then.
func (m *Model) touch() tea.Cmd {
	reading := m.status.State == session.Wiped && len(m.stack) > 1 // what is behind the receipt takes time to read
	signedIn := m.status.State == session.Ready && m.status.Agent.Present
	if m.status.State != session.Open && !m.status.Idle && !reading && !signedIn {
		m.touched = m.now() // for the kiosk's own way back from the rules to Bienvenue
		return nil
	}
	if m.now().Sub(m.touched) < touchEvery && !m.status.Idle {
		return nil
	}
	m.touched = m.now()
	return m.callTouch()
}

// clicked picks what is under the pointer. Any button does: people hold mice in many ways.
func (m *Model) clicked(at tea.Mouse) tea.Cmd {
	if m.isDeaf() {
		return nil
	}
	touch := m.touch()
	if l, ok := m.front().screen.(clickable); ok {
		if cmd, wanted := l.click(&m.world, at); wanted {
			return tea.Batch(touch, cmd)
		}
	}
	z := m.under(at.X, at.Y)
	if z == nil {
		return touch
	}
	m.notice = notice{}
	m.front().focus = z.id
	return tea.Batch(touch, m.choose(z))
}

// pointed lets the focus follow the mouse, and says that somebody is there. Where the compositor tells of hands that is
// left to it: a bandeau that grows under a mouse that lies still is pointed at too.
func (m *Model) pointed(at tea.Mouse) tea.Cmd {
	if m.isDeaf() {
		return nil
	}
	if z := m.under(at.X, at.Y); z != nil {
		m.front().focus = z.id
	}
	if m.options.Idle != nil {
		return nil
	}
	return m.touch()
}

func (m *Model) wheeled(at tea.Mouse) tea.Cmd {
	rows := 3
	if at.Button == tea.MouseWheelUp {
		rows = -3
	}
	if l, ok := m.front().screen.(wheeler); ok {
		l.wheel(&m.world, rows/3)
		return m.touch()
	}
	m.front().scroll += rows
	return m.touch()
}

func (m *Model) under(x, y int) *zone {
	zones := m.zones()
	for i := len(zones) - 1; i >= 0; i-- {
		if zones[i].seen.holds(x, y) {
			return &zones[i]
		}
	}
	return nil
}

func (m *Model) byKey(key string) *zone {
	zones := m.zones()
	for i := range zones {
		if zones[i].key == key {
			return &zones[i]
		}
	}
	return nil
}

// escape picks the choice that goes back, and goes back where none says so.
func (m *Model) escape() tea.Cmd {
	for _, z := range m.zones() {
		if z.key == keyBack || z.esc {
			return m.choose(&z)
		}
	}
	return m.goBack()
}

// choose picks a choice, if there is one.
func (m *Model) choose(z *zone) tea.Cmd {
	if z == nil {
		return nil
	}
	w := &m.world
	switch z.id {
	case idHelp:
		return w.openHelp()
	case idFinish:
		return w.openFinish()
	case idBack:
		return m.goBack()
	case idReceipt:
		return w.openReceipt()
	case idAgent:
		return w.openSpace()
	case idSignOut:
		if w.canSignOutHere() {
			return w.signOut()
		}
		return nil
	case idLeave:
		if w.canLeave() {
			return w.quit(nil)
		}
		return nil
	}
	return m.front().pick(w, z.id)
}

func (m *Model) goBack() tea.Cmd {
	if b, ok := m.front().screen.(backer); ok {
		return b.goBack(&m.world)
	}
	return m.world.back()
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func lower(s string) string {
	if s >= "A" && s <= "Z" {
		return string(rune(s[0] - 'A' + 'a'))
	}
	return ansi.Strip(s)
}

// rawTypist is a typist that also wants keys with Ctrl and Alt: the text browser.
type rawTypist interface {
	typist
	raw()
}

// clickable takes clicks before the choices do; it says whether it wanted this one.
type clickable interface {
	click(w *world, at tea.Mouse) (tea.Cmd, bool)
}

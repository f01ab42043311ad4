package kiosk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// The bandeau over the browser, in rows; what comes by itself has more, so that it is seen from within a page.
const (
	bannerRows  = 3
	warningRows = 5
)

// layoutOf is how the screen is shared: the bandeau where the visitor looks at the browser, and else all of it for the
// kiosk. A browser that is starting has no window yet.
func layoutOf(s session.Status, top, overlay screen, large bool) Layout {
	l := Layout{Large: large}
	if _, looking := top.(*internetScreen); !looking || s.State != session.Open || !hasWindow(s.Browser) {
		return l
	}
	switch overlay.(type) {
	case nil:
		l.Banner = bannerRows
	case *idleScreen, *endingScreen:
		l.Banner = warningRows
	}
	return l
}

// hasWindow says that the browser has a window, or had one a moment ago and may ask something in it.
func hasWindow(b session.BrowserStatus) bool {
	switch b.State {
	case session.BrowserOpen, session.BrowserHung, session.BrowserClosing:
		return !b.Text
	default:
		return false
	}
}

// arrangement is how far the desk is.
type arrangement struct {
	now    Layout // what it was brought to
	known  bool   // it was
	asking bool   // a call runs, or waits before it is tried again
	failed bool   // the last one did not work
	scale  float64
}

// arrangedMsg says how a call went; arrangeMsg is the time to try again.
type (
	arrangedMsg struct {
		layout Layout
		scale  float64
		err    error
	}
	arrangeMsg struct{}
)

// arrangeAgain is how long the kiosk waits after a call that did not work.
const arrangeAgain = 500 * time.Millisecond

// arrange asks the desk for the layout that the present screen needs, if it is another one. Nothing is asked before the
// first status: a kiosk that starts in mid-session leaves the screen as it is until it knows.
func (m *Model) arrange() tea.Cmd {
	_, gone := m.overlayScreen().(*goneScreen)
	if m.options.Desk == nil || m.arranged.asking || m.at.IsZero() && !gone && !m.broken {
		return nil
	}
	want := m.layout()
	if m.arranged.known && m.arranged.now == want {
		return nil
	}
	m.arranged.asking = true
	return m.callArrange(want)
}

func (w *world) layout() Layout {
	return layoutOf(w.status, w.top().screen, w.overlayScreen(), w.large)
}

// callArrange is bounded by the desk; a call that hangs would hold all that follow.
func (w *world) callArrange(l Layout) tea.Cmd {
	ctx, desk := w.ctx, w.options.Desk
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		scale, err := desk.Arrange(ctx, l)
		return arrangedMsg{l, scale, err}
	}
}

func (m *Model) deskArranged(msg arrangedMsg) tea.Cmd {
	before := m.arranged
	if msg.err != nil {
		m.arranged = arrangement{asking: true, failed: true, scale: before.scale}
		return m.after(arrangeAgain, arrangeMsg{})
	}
	m.arranged = arrangement{now: msg.layout, known: true, scale: msg.scale}
	if msg.layout.Whole() && before.known && !before.now.Whole() {
		m.deaf = m.now().Add(Grace) // what is being typed was meant for a page
	}
	return nil
}

// largeEnough is a scale at which the kiosk's own large letters would leave too little of a screen.
const largeEnough = 1.2

// ownLarge says that the kiosk draws large itself: where nothing else makes it large, or not enough.
func (w *world) ownLarge() bool { return w.large && w.arranged.scale < largeEnough }

// unfolding says that the bandeau is about to become the whole screen: what is drawn on it would only flicker.
func (w *world) unfolding() bool {
	return w.options.Desk != nil && w.arranged.asking && !w.arranged.failed && w.layout().Whole()
}

// hidden says that nothing of the browser shows, or that this is out of our hands.
func (w *world) hidden() bool {
	a := w.arranged
	return w.options.Desk == nil || a.known && !a.asking && a.now.Whole()
}

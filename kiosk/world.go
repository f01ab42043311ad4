package kiosk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"estran/assets"
	"estran/session"
)

// world is what every screen sees, and the ways from one screen to another. It belongs to the model; screens change
// it only through its methods.
type world struct {
	station session.Station
	options Options
	ctx     context.Context

	width, height int
	profile       colorprofile.Profile
	look          contrast
	theme         *theme
	large         bool
	lang          string

	status session.Status
	at     time.Time // when status came
	gone   bool      // the station does not answer

	now   func() time.Time
	after func(time.Duration, tea.Msg) tea.Cmd

	stack   []*shown
	overlay *shown // what came by itself over the stack
	serial  int
	deaf    time.Time // until then keys and clicks are meant for the former screen
	touched time.Time // when the station was last told that somebody is there
	notice  notice
	noticed time.Time // when it came

	arranged arrangement
	// present says that somebody touches keyboard, mouse or screen, as Options.Idle tells; presentTimer, that the
	// station is told so now and then.
	present, presentTimer bool

	act      *deeds   // what an agent does for the visitor in this session, nil when that is nothing
	web      *webTerm // the terminal of the text browser, nil when there is none
	starting bool     // the visitor has just opened this session
	midway   bool     // this kiosk found the session open
	begun    begun    // what was told in this session
	aid      aid      // the help of an agent
	leaving  bool     // Run may end
	end      error    // what Run gives then
}

// begun is what was told in a session, so that it is told once.
type begun struct {
	ending   bool            // that its time is nearly over
	tips     map[string]bool // the tips that came back by themselves
	arrivals int             // how many documents arrived: reminders go round
	lesson   lesson          // how far « La leçon » is
}

// shown is a screen on the stack, with where the visitor is on it.
type shown struct {
	screen
	serial int    // answers to its calls carry it
	focus  string // the id of the choice that has the focus
	scroll int
}

// notice is a short sentence above the actions, until the next thing the visitor does.
type notice struct {
	ink  ink
	text string
}

// t is a text of assets in the visitor's language.
func (w *world) t(key string, args ...any) string { return assets.In(w.lang).T(key, args...) }

// n is a text of assets that counts.
func (w *world) n(key string, n int, args ...any) string { return assets.In(w.lang).N(key, n, args...) }

// has says that a text exists: for keys that are made from ids.
func (w *world) has(key string) bool { return assets.In(w.lang).Has(key) }

// top is the screen of the stack that is up; an overlay may hide it.
func (w *world) top() *shown { return w.stack[len(w.stack)-1] }

// front is the screen that the visitor sees.
func (w *world) front() *shown {
	if w.overlay != nil {
		return w.overlay
	}
	return w.top()
}

// push shows a screen over the present one; Esc comes back.
func (w *world) push(s screen) tea.Cmd {
	w.notice = notice{}
	return w.enter(s)
}

func (w *world) enter(s screen) tea.Cmd {
	w.serial++
	w.stack = append(w.stack, &shown{screen: s, serial: w.serial})
	if e, ok := s.(enterer); ok {
		return e.enter(w)
	}
	return nil
}

// back leaves the present screen; it does nothing on the first one.
func (w *world) back() tea.Cmd {
	if len(w.stack) < 2 {
		return nil
	}
	w.notice = notice{}
	w.drop(len(w.stack) - 1)
	if e, ok := w.top().screen.(enterer); ok {
		return e.enter(w)
	}
	return nil
}

// drop takes the screens from the nth on off the stack: each that is a leaver overwrites what was typed on it.
func (w *world) drop(n int) {
	for _, s := range w.stack[n:] {
		if l, ok := s.screen.(leaver); ok {
			l.leave()
		}
	}
	w.stack = w.stack[:n]
}

// home goes back to the first screen of the stack: Ma session, or Bienvenue.
func (w *world) home() tea.Cmd {
	if len(w.stack) < 2 {
		return nil
	}
	w.notice = notice{}
	w.drop(1)
	if e, ok := w.top().screen.(enterer); ok {
		return e.enter(w)
	}
	return nil
}

// say shows a notice on the present screen.
func (w *world) say(k ink, text string) {
	w.notice, w.noticed = notice{ink: k, text: text}, w.now()
}

func durationOf(d session.Duration) time.Duration { return time.Duration(d) }

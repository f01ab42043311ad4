package kiosk

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// switchScreen changes the mode of a session. The browser is closed first where the mode that is left or begun is « je
// fais »: the sites that it opens are set when it starts.
type switchScreen struct {
	mode  session.Mode
	o     session.ActOptions
	out   bool // the agent leaves too
	asked bool // the station was asked, once the browser was closed
	err   error
}

func (s *switchScreen) title(w *world) string { return w.t("switch.title") }
func (s *switchScreen) help() string          { return "switch" }
func (s *switchScreen) agentOnly()            {}

func (s *switchScreen) enter(w *world) tea.Cmd {
	if s.asked || s.err != nil {
		return nil // back from help
	}
	return s.start(w)
}

// closes says that the browser has to be closed first, and is not.
func (s *switchScreen) closes(w *world) bool {
	act := s.mode == session.Act || w.status.Mode == session.Act
	return act && w.status.Browser.State != session.BrowserClosed
}

func (s *switchScreen) start(w *world) tea.Cmd {
	s.err = nil
	switch {
	case s.closes(w):
		return w.callCloseBrowser()
	case s.out:
		s.asked = true
		return w.callSignOut()
	default:
		s.asked = true
		return w.callSetMode(s.mode, s.o)
	}
}

func (s *switchScreen) draw(p *page) {
	if s.err != nil {
		p.actions(choice{id: "again", label: p.t("switch.again"), safe: true})
		p.told(inkWarn, p.errorText(s.err))
		return
	}
	p.actions()
	if s.closes(p.world) {
		p.say(inkStrong, p.t("switch.closing"))
		return
	}
	p.say(inkStrong, p.t("switch.changing"))
}

func (s *switchScreen) pick(w *world, id string) tea.Cmd {
	if id == "again" {
		return s.start(w)
	}
	return nil
}

func (s *switchScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	if !ok {
		return nil
	}
	switch {
	case errors.Is(a.err, session.ErrBrowserOpen) && s.closes(w):
		s.asked = false
		return w.callCloseBrowser()
	case a.err != nil:
		s.asked, s.err = false, a.err
		return nil
	}
	return s.done(w)
}

// changed goes on when the browser is closed, and comes back to Ma session when the mode is the one that was asked for.
func (s *switchScreen) changed(w *world, _ session.Status) tea.Cmd {
	if !s.asked && s.err == nil && !s.closes(w) {
		return s.start(w)
	}
	return s.done(w)
}

func (s *switchScreen) done(w *world) tea.Cmd {
	if !s.asked || s.out || w.status.Mode != s.mode || w.top().screen != s {
		return nil
	}
	text := w.t("situation.alone_done")
	if situation := situationOf(s.mode); situation != assets.SituationNone {
		text = w.t("situation.done", w.t("situation."+string(situation)+".title"))
	}
	w.aid.after = false // another help, another end
	w.aid.sites = s.o.Sites
	cmd := w.home()
	w.say(inkGood, text)
	return cmd
}

func (s *switchScreen) banner(w *world) notice {
	switch {
	case s.err != nil:
		return notice{inkWarn, "! " + w.errorText(s.err)}
	case s.closes(w):
		return notice{inkText, w.t("switch.closing")}
	default:
		return notice{inkText, w.t("switch.changing")}
	}
}

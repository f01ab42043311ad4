package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// pauseScreen is « Pause »: four figures are chosen, typed twice so that a slip does not cost the session, and then
// the session is hidden. The figures live here and nowhere else.
type pauseScreen struct {
	code  code
	first session.Private // the code, while it is typed again
}

func (s *pauseScreen) title(w *world) string { return w.t("pause.title") }
func (s *pauseScreen) help() string          { return "pause" }

func (s *pauseScreen) enter(w *world) tea.Cmd {
	if b := w.status.Browser; w.options.Desk == nil && b.State != session.BrowserClosed && !b.Text {
		w.say(inkWarn, w.t("pause.browser_open"))
	}
	return nil
}

func (s *pauseScreen) draw(p *page) {
	p.actions()
	p.keypad(&s.code, func(p *page) {
		if s.first != "" {
			p.sayCentred(inkStrong, p.t("pause.again"))
			return
		}
		p.sayCentred(inkStrong, p.t("pause.choose"))
		if p.tall {
			p.gap(1)
			p.sayCentred(inkSoft, p.t("pause.choose_hint"))
			p.sayCentred(inkSoft, p.t("pause.weak"))
		}
	})
}

func (s *pauseScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) { return nil, s.code.key(k) }

func (s *pauseScreen) pick(w *world, id string) tea.Cmd {
	if !s.code.pick(id) || !s.code.full() {
		return nil
	}
	typed := s.code.take()
	switch {
	case s.first == "":
		s.first = typed
		return nil
	case s.first != typed:
		s.first = ""
		w.say(inkWarn, w.t("pause.differ"))
		return nil
	}
	s.first = ""
	if !w.hidden() {
		w.say(inkWarn, w.t("pause.not_hidden"))
		return nil
	}
	return w.callPause(typed)
}

// leave forgets what was typed.
func (s *pauseScreen) leave() {
	s.code.drop()
	s.first = ""
}

func (s *pauseScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.sayError(a.err)
	}
	return nil
}

func (s *pauseScreen) banner(w *world) notice {
	text := "pause.choose"
	if s.first != "" {
		text = "pause.again"
	}
	return notice{inkText, s.code.dots() + " " + w.t(text)}
}

package kiosk

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// unlockScreen is « Pause » while the session is hidden: the code brings it back.
type unlockScreen struct{ code code }

func (s *unlockScreen) title(w *world) string { return w.t("pause.title") }
func (s *unlockScreen) help() string          { return "pause" }

func (s *unlockScreen) draw(p *page) {
	p.say(inkStrong, p.t("pause.hidden"))
	p.say(inkText, p.t("pause.enter"))
	p.say(inkTypedSpace, strings.Repeat("● ", len(s.code.figures)))
	p.say(inkSoft, p.t("pause.left", p.minutes(p.pauseLeft())))
}

func (s *unlockScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	wanted := s.code.key(k)
	if !s.code.full() {
		return nil, wanted
	}
	typed := s.code.take()
	return w.callResume(typed), true
}

func (s *unlockScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.sayError(a.err)
	}
	return nil
}

func (s *unlockScreen) pick(*world, string) tea.Cmd { return nil }

func (s *unlockScreen) next(w *world) time.Duration { return untilChange(w.pauseLeft()) }

// code is four figures being typed. They leave it as a Private, once.
type code struct{ figures []byte }

const codeLength = 4

// key types a figure or takes one back; it says whether the key was one of these.
func (c *code) key(k tea.KeyPressMsg) bool {
	if k.Code == tea.KeyBackspace {
		c.figures = c.figures[:max(len(c.figures)-1, 0)]
		return true
	}
	n, ok := digit(k.Text)
	if ok && len(c.figures) < codeLength {
		c.figures = append(c.figures, byte('0'+n))
	}
	return ok
}

func (c *code) full() bool { return len(c.figures) == codeLength }

// take gives the code and forgets it.
func (c *code) take() session.Private {
	typed := session.Private(c.figures)
	clear(c.figures)
	c.figures = c.figures[:0]
	return typed
}

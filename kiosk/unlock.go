package kiosk

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// unlockScreen is « Pause » while the session is hidden: the code brings it back.
type unlockScreen struct{ code code }

func (s *unlockScreen) title(w *world) string { return w.t("pause.title") }
func (s *unlockScreen) help() string          { return "pause" }

func (s *unlockScreen) draw(p *page) {
	p.keypad(&s.code, func(p *page) {
		p.sayCentred(inkStrong, p.t("pause.hidden"))
		p.sayCentred(inkStrong, p.t("pause.enter"))
		if !p.tall {
			return
		}
		p.gap(1)
		p.sayCentred(inkSoft, p.t("pause.left", p.minutes(p.pauseLeft())))
		p.sayCentred(inkSoft, p.t("pause.then"))
		if p.status.Medium.Busy() {
			p.sayCentred(inkWarn, "! "+p.t("pause.copying"))
		}
	})
}

// banner is what the bandeau says: what to type, and for how long.
func (s *unlockScreen) banner(w *world) notice {
	return notice{inkText, s.code.dots() + " " + w.t("pause.enter") + " " + w.t("pause.left", w.minutes(w.pauseLeft()))}
}

func (s *unlockScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) { return nil, s.code.key(k) }

func (s *unlockScreen) pick(w *world, id string) tea.Cmd {
	if !s.code.pick(id) || !s.code.full() {
		return nil
	}
	return w.callResume(s.code.take())
}

// leave forgets what was typed.
func (s *unlockScreen) leave() { s.code.drop() }

func (s *unlockScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	switch {
	case !ok || a.err == nil:
	case errors.Is(a.err, session.ErrCode):
		w.say(inkWarn, w.n("pause.wrong", w.status.PauseTries))
	default:
		w.sayError(a.err)
	}
	return nil
}

// changed keeps the number of tries on the screen right: the status may come after the answer.
func (s *unlockScreen) changed(w *world, before session.Status) tea.Cmd {
	if w.status.PauseTries < before.PauseTries {
		w.say(inkWarn, w.n("pause.wrong", w.status.PauseTries))
	}
	return nil
}

func (s *unlockScreen) next(w *world) time.Duration { return untilChange(w.pauseLeft()) }

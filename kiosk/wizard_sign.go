package kiosk

import (
	tea "charm.land/bubbletea/v2"
)

// signScreen is the last of the mandate: only when both people signed does the agent act. The careful answer is the one
// of Enter.
type signScreen struct {
	of    *wizardScreen
	asked bool // the station was asked
}

func (s *signScreen) title(w *world) string { return w.t("wizard.title") }
func (s *signScreen) help() string          { return "wizard" }
func (s *signScreen) agentOnly()            {}

// enter comes back from what kept the agent from acting: it can be asked again.
func (s *signScreen) enter(*world) tea.Cmd {
	s.asked = false
	return nil
}

func (s *signScreen) draw(p *page) {
	p.actions(choice{id: idBack, label: p.t("wizard.sign.not_yet"), key: keyBack, safe: true})
	p.say(inkStrong, p.t("wizard.sign.ask"))
	p.gap(1)
	if !s.of.given {
		p.told(inkWarn, p.t("wizard.sign.no_sheet"))
		p.gap(1)
	}
	p.printerWaits()
	p.answers(choice{id: "signed", label: ticked(s.asked, p.t("wizard.sign.signed"))})
	p.gap(1)
	p.say(inkSoft, p.t("wizard.sign.then"))
}

func (s *signScreen) pick(w *world, id string) tea.Cmd {
	if id != "signed" || s.asked {
		return nil
	}
	s.asked = true
	return s.of.signed(w)
}

// hear goes back to Ma session once the agent may act, and says what keeps it from that otherwise.
func (s *signScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	switch {
	case !ok:
		return nil
	case a.err != nil:
		s.asked = false
		w.sayError(a.err)
		return nil
	}
	return w.home()
}

func (s *signScreen) banner(w *world) notice { return notice{inkText, w.t("wizard.sign.ask")} }

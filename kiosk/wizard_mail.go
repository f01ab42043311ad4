package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// mailStep asks whether mail may go to the agent's mailbox: no, unless the person says so, and only while the help lasts.
type mailStep struct{}

func (mailStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.mail.ask") }

func (mailStep) draw(s *wizardScreen, p *page) {
	p.actions()
	s.question(p)
	p.gap(1)
	no, yes := p.t("wizard.mail.no"), p.t("wizard.mail.yes")
	p.answers(
		choice{id: "no", label: chosen(!s.draft.redirect, no), safe: !s.draft.redirect},
		choice{id: "yes", label: chosen(s.draft.redirect, yes), safe: s.draft.redirect},
	)
	p.gap(1)
	p.told(inkWarn, p.t("wizard.mail.warning"))
}

func (mailStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	s.draft.redirect = id == "yes"
	return s.next(w)
}

// keepStep asks who keeps the identifiers of the person: nobody else, unless a safe place is named. This computer never
// does (CNIL référentiel 2021-028 §10).
type keepStep struct{}

func (keepStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.keep.ask") }

// keepID names a place in ids and texts: the one of nobody has no name in the contract.
func keepID(k mandate.Keep) string {
	if k == mandate.KeepNone {
		return "nobody"
	}
	return string(k)
}

func (keepStep) draw(s *wizardScreen, p *page) {
	p.actions()
	s.question(p)
	p.say(inkSoft, p.t("wizard.keep.never"))
	var cs []choice
	for _, k := range mandate.Keeps() {
		on := k == s.draft.keep
		cs = append(cs, choice{id: keepID(k), label: chosen(on, p.t("wizard.keep."+keepID(k))), safe: on})
	}
	p.answers(cs...)
}

func (keepStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	for _, k := range mandate.Keeps() {
		if keepID(k) == id {
			s.draft.keep = k
			return s.next(w)
		}
	}
	return nil
}

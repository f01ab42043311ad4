package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// protectionStep asks for a measure of legal protection. Nothing is answered by itself: Enter takes an answer only where
// one was chosen. All but « none » stop the mandate.
type protectionStep struct{}

func protections() []mandate.Protection {
	return []mandate.Protection{
		mandate.ProtectionNone, mandate.ProtectionSauvegarde, mandate.ProtectionCuratelle, mandate.ProtectionTutelle,
		mandate.ProtectionUnsure,
	}
}

func (protectionStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.protection.ask") }

func (protectionStep) draw(s *wizardScreen, p *page) {
	p.actions()
	s.question(p)
	p.say(inkSoft, p.t("wizard.protection.hint"))
	var cs []choice
	for _, a := range protections() {
		cs = append(cs, choice{
			id: string(a), label: chosen(a == s.draft.protection, p.t("wizard.protection."+string(a))),
			safe: a == s.draft.protection,
		})
	}
	p.below = 2
	p.tiles(2, cs...)
	p.gap(1)
	p.say(inkSoft, p.t("wizard.protection.family"))
}

// key keeps Enter from answering what was not asked yet.
func (protectionStep) key(s *wizardScreen, w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	enter := k.Code == tea.KeyEnter || k.Code == tea.KeyKpEnter
	if enter && w.front().focus == "" && s.draft.protection == mandate.ProtectionUnasked {
		w.say(inkWarn, w.t("wizard.protection.choose"))
		return nil, true
	}
	return nil, false
}

func (protectionStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	s.draft.protection = mandate.Protection(id)
	if s.draft.protection.Stop() {
		return w.push(&haltScreen{protection: s.draft.protection})
	}
	return s.next(w)
}

func (protectionStep) missing(s *wizardScreen, w *world) string {
	if s.draft.protection == mandate.ProtectionUnasked {
		return w.t("wizard.protection.choose")
	}
	return ""
}

// haltScreen says kindly why the mandate goes no further, and whom to call.
type haltScreen struct{ protection mandate.Protection }

func (s *haltScreen) title(w *world) string { return w.t("wizard.title") }
func (s *haltScreen) help() string          { return "wizard" }
func (s *haltScreen) agentOnly()            {}

func (s *haltScreen) draw(p *page) {
	p.actions(
		choice{id: "leave", label: p.t("wizard.halt.leave"), safe: true},
		choice{id: idBack, label: p.t("wizard.halt.change"), key: keyBack},
	)
	p.told(inkWarn, p.t("wizard.halt.lead"))
	p.gap(1)
	p.say(inkText, p.t("wizard.halt."+string(s.protection)))
	p.gap(1)
	p.heading(p.t("wizard.halt.call"))
	for _, whom := range s.whom() {
		p.point(0, p.wide, inkSand, "→", inkText, p.t("wizard.halt."+whom))
	}
	p.gap(1)
	p.say(inkSoft, p.t("wizard.halt.meanwhile"))
}

// whom says who can answer.
func (s *haltScreen) whom() []string {
	switch s.protection {
	case mandate.ProtectionUnsure:
		return []string{"call_referent", "call_udaf"}
	case mandate.ProtectionCuratelle:
		return []string{"call_curateur", "call_court"}
	case mandate.ProtectionTutelle:
		return []string{"call_tuteur", "call_court"}
	default:
		return []string{"call_mandataire", "call_court"}
	}
}

func (s *haltScreen) pick(w *world, id string) tea.Cmd {
	if id == "leave" {
		return w.leaveWizard()
	}
	return nil
}

func (s *haltScreen) banner(w *world) notice { return notice{inkWarn, "! " + w.t("wizard.halt.lead")} }

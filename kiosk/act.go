package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// openMandate begins « je fais » in the session that is open, after the visitor agreed: with the mandate, or where the
// structure leaves the choice, with the question whether there is one. The mandate calls beginAct when it is signed.
func (w *world) openMandate() tea.Cmd {
	switch w.options.Config.Assist.Act {
	case actMandate:
		return w.push(newWizard(w))
	case actOptional:
		return w.push(&actScreen{})
	default:
		w.say(inkText, w.t("situation.act.off"))
		return nil
	}
}

// beginAct makes the session one in which the agent acts: with a mandate, the browser opens these sites and no other.
// It closes the browser first, says how it goes, and ends on Ma session.
func (w *world) beginAct(sites []session.Private, mandate bool) tea.Cmd {
	return w.push(&switchScreen{mode: session.Act, o: session.ActOptions{Mandate: mandate, Sites: sites}})
}

// actScreen asks whether there is a mandate, where the structure leaves the choice.
type actScreen struct{}

func (s *actScreen) title(w *world) string { return w.t("act.title") }
func (s *actScreen) help() string          { return "act" }
func (s *actScreen) agentOnly()            {}

func (s *actScreen) draw(p *page) {
	p.actions()
	p.say(inkText, p.t("act.lead"))
	p.gap(1)
	p.tiles(1,
		choice{id: "with", label: p.t("act.with"), hint: p.t("act.with_what"), safe: true},
		choice{id: "without", label: p.t("act.without"), hint: p.t("act.without_what")},
	)
}

func (s *actScreen) banner(w *world) notice { return notice{inkText, w.t("act.lead")} }

func (s *actScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "with":
		return w.push(newWizard(w))
	case "without":
		return w.beginAct(nil, false)
	}
	return nil
}

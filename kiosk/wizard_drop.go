package kiosk

import tea "charm.land/bubbletea/v2"

// dropScreen asks before a mandate that was begun is lost. The careful answer is the one of Enter.
type dropScreen struct{}

func (s *dropScreen) title(w *world) string { return w.t("wizard.title") }
func (s *dropScreen) help() string          { return "wizard" }
func (s *dropScreen) agentOnly()            {}

func (s *dropScreen) draw(p *page) {
	p.actions(
		choice{id: idBack, label: p.t("wizard.drop.stay"), safe: true},
		choice{id: "drop", label: p.t("wizard.drop.leave")},
	)
	p.say(inkStrong, p.t("wizard.drop.ask"))
	p.gap(1)
	p.told(inkWarn, p.t("wizard.drop.lost"))
}

func (s *dropScreen) pick(w *world, id string) tea.Cmd {
	if id == "drop" {
		return w.leaveWizard()
	}
	return nil
}

func (s *dropScreen) banner(w *world) notice { return notice{inkWarn, "! " + w.t("wizard.drop.lost")} }

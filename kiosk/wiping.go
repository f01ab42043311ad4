package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// wipingScreen is « Effacement »: the steps of the wipe as they are done and checked.
type wipingScreen struct{}

func (s *wipingScreen) title(w *world) string { return w.t("wiping.title") }
func (s *wipingScreen) help() string          { return "wiping" }

func (s *wipingScreen) draw(p *page) {
	p.say(inkText, p.t("wiping.lead"))
	p.gap(1)
	for _, step := range p.status.Wipe {
		p.step(step)
	}
}

// step tells one step of the wipe.
func (p *page) step(step session.StepStatus) {
	switch step.State {
	case session.StepVerified:
		p.told(inkGood, p.t("step."+step.ID+".done"))
	case session.StepFailed:
		p.told(inkDanger, p.t("step."+step.ID+".failed"))
	default:
		p.told(inkSoft, p.t("step."+step.ID+".doing"))
	}
}

func (s *wipingScreen) pick(*world, string) tea.Cmd { return nil }

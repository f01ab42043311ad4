package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// wipedScreen is « Tout est effacé »: the receipt.
type wipedScreen struct{ receipt session.Receipt }

func (s *wipedScreen) title(w *world) string { return w.t("wiped.title") }
func (s *wipedScreen) help() string          { return "wiped" }

func (s *wipedScreen) enter(w *world) tea.Cmd { return w.callReceipt() }

func (s *wipedScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if r, ok := msg.(receiptMsg); ok && r.err == nil {
		s.receipt = r.receipt
	}
	return nil
}

func (s *wipedScreen) draw(p *page) {
	p.actions(choice{id: "leave", label: p.t("wiped.leave"), key: "enter", safe: true})
	p.say(inkStrong, p.t("wiped.lead"))
	p.gap(1)
	for _, step := range s.receipt.Steps {
		p.step(step)
	}
	p.gap(1)
	p.heading(p.t("wiped.limits"))
	for _, limit := range s.receipt.Limits {
		p.told(inkText, p.t("limit."+limit))
	}
	p.gap(1)
	p.say(inkSoft, p.t("wiped.soon", p.minutes(p.receiptLeft())))
}

func (s *wipedScreen) pick(w *world, _ string) tea.Cmd { return w.callDismiss() }

func (s *wipedScreen) next(w *world) time.Duration { return untilChange(w.receiptLeft()) }

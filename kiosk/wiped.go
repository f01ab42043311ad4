package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// wipedScreen is « Tout est effacé »: the receipt. It goes by itself.
type wipedScreen struct{ receipt session.Receipt }

func (s *wipedScreen) title(w *world) string { return w.t("wiped.title") }
func (s *wipedScreen) help() string          { return "wiped" }

func (s *wipedScreen) enter(w *world) tea.Cmd { return w.callReceipt(s) }

func (s *wipedScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case receiptMsg:
		if msg.err == nil {
			s.receipt = msg.receipt
		}
	case answerMsg:
		if msg.err != nil {
			w.sayError(msg.err)
		}
	}
	return nil
}

// steps are those of the receipt, or of the status until it has come.
func (s *wipedScreen) steps(w *world) []session.StepStatus {
	if len(s.receipt.Steps) > 0 {
		return s.receipt.Steps
	}
	return w.status.Wipe
}

func (s *wipedScreen) draw(p *page) {
	p.actions(choice{id: "leave", label: p.t("wiped.leave"), key: "enter", safe: true})
	if key := "ended." + string(p.status.End); p.has(key) {
		p.say(inkSand, p.t(key))
	}
	p.say(inkStrong, p.t("wiped.lead"))
	spare := p.room - p.y - len(s.steps(p.world)) - len(s.receipt.Limits) - 2
	if spare > 0 {
		p.gap(1)
	}
	for _, step := range s.steps(p.world) {
		p.step(step)
	}
	if spare > 1 {
		p.gap(1)
	}
	if len(s.receipt.Limits) > 0 {
		p.heading(p.t("wiped.limits"))
		for _, limit := range s.receipt.Limits {
			p.told(inkText, p.t("limit."+limit))
		}
	}
	if spare > 2 {
		p.gap(1)
	}
	p.say(inkSand, p.t("wiped.take"))
	if spare > 6 {
		p.gap(1)
		p.say(inkSoft, p.t("wiped.home"))
		p.say(inkSoft, p.t("wiped.thanks"))
	}
}

func (s *wipedScreen) banner(w *world) notice {
	return notice{inkGood, "✓ " + w.t("wiped.lead") + " " + w.t("wiped.take")}
}

func (s *wipedScreen) pick(w *world, _ string) tea.Cmd { return w.callDismiss() }

// key leaves at any key but help.
func (s *wipedScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case k.Text == "?" || k.Text == ",":
		return nil, false
	case k.Code == tea.KeyUp || k.Code == tea.KeyDown || k.Code == tea.KeyPgUp || k.Code == tea.KeyPgDown:
		return nil, false
	}
	return w.callDismiss(), true
}

func (s *wipedScreen) next(w *world) time.Duration { return untilSecond(w.receiptLeft()) }

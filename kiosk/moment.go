package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// reminder is the tip that fits a moment, in one line.
func (w *world) reminder(m assets.Moment) string {
	return assets.TipFor(w.lang, m, w.begun.arrivals).Reminder
}

// momentScreen brings a tip back before something is done: a card, with Enter to go on.
type momentScreen struct {
	tip  assets.Tip
	at   assets.Moment
	then func(w *world) tea.Cmd
}

// atMoment does something, after the tip that fits when there is one that was not yet shown in this session.
func (w *world) atMoment(m assets.Moment, then func(w *world) tea.Cmd) tea.Cmd {
	if w.begun.tips == nil {
		w.begun.tips = map[string]bool{}
	}
	for i, tip := range assets.TipsFor(w.lang, m) {
		// A tip is the same in every language: what counts is its place.
		key := string(m) + string(rune('a'+i))
		if !w.begun.tips[key] {
			w.begun.tips[key] = true
			return w.push(&momentScreen{tip: tip, at: m, then: then})
		}
	}
	return then(w)
}

func (s *momentScreen) title(w *world) string {
	if s.tip.Number == 0 {
		return w.t("tip.card_title")
	}
	return w.t("tip.title", s.tip.Number)
}

func (s *momentScreen) help() string { return "tip" }

func (s *momentScreen) draw(p *page) {
	p.actions(choice{id: "on", label: p.t("choice.continue"), safe: true})
	p.tipCard(s.tip)
	if text := p.agentReminder(s.at, p.wide); text != "" && p.room-p.y >= 2 {
		p.gap(1)
		p.say(inkSand, text)
	}
}

func (s *momentScreen) pick(w *world, id string) tea.Cmd {
	if id != "on" {
		return nil
	}
	w.drop(len(w.stack) - 1)
	return s.then(w)
}

// tipCard draws a tip beside its picture: its title, what to do and why.
func (p *page) tipCard(tip assets.Tip) {
	p.beside(tip.Picture, func(p *page) {
		p.heading(tip.Title)
		p.gap(1)
		for _, line := range tip.Advice {
			p.say(inkText, line)
		}
		p.gap(1)
		p.say(inkSoft, tip.Why)
	})
}

package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// rulesScreen is « Les règles »: the charter, which the visitor accepts or leaves. No name is asked.
type rulesScreen struct{}

func (s *rulesScreen) title(w *world) string { return w.t("rules.title") }
func (s *rulesScreen) help() string          { return "rules" }

func (s *rulesScreen) draw(p *page) {
	p.actions(
		choice{id: "accept", label: p.t("rules.accept")},
		choice{id: idBack, label: p.t("rules.leave"), key: keyBack},
	)
	for _, r := range assets.Charter(p.lang) {
		p.heading(r.Title)
		p.say(inkText, r.Text)
		p.gap(1)
	}
}

func (s *rulesScreen) pick(w *world, id string) tea.Cmd {
	if id == "accept" {
		return w.push(&modesScreen{})
	}
	return nil
}

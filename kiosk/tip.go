package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// tipScreen is « Conseil N sur 12 ».
type tipScreen struct {
	n     int
	first bool // the visitor has just begun: the twelve go by
}

// newTipScreen shows the twelve tips from the nth, counted from 0.
func newTipScreen(n int) screen { return &tipScreen{n: n, first: true} }

func (s *tipScreen) title(w *world) string { return w.t("tip.title", s.n+1) }
func (s *tipScreen) help() string          { return "tip" }

func (s *tipScreen) draw(p *page) {
	p.actions(
		choice{id: "next", label: p.t("tip.next"), safe: true},
		choice{id: "skip", label: p.t("tip.skip")},
	)
	tip := assets.Tips(p.lang)[s.n]
	p.heading(tip.Title)
	for _, line := range tip.Advice {
		p.say(inkText, line)
	}
}

func (s *tipScreen) pick(w *world, id string) tea.Cmd {
	if id == "next" && s.n+1 < len(assets.Tips(w.lang)) {
		s.n++
		return nil
	}
	return w.home()
}

// tipsScreen is « Les conseils ».
type tipsScreen struct{}

// newTipsScreen lists the tips to read one again.
func newTipsScreen() screen { return &tipsScreen{} }

func (s *tipsScreen) title(w *world) string { return w.t("tips.title") }
func (s *tipsScreen) help() string          { return "tips" }

func (s *tipsScreen) draw(p *page) {
	for _, tip := range assets.Tips(p.lang) {
		p.say(inkText, tip.Title)
	}
}

func (s *tipsScreen) pick(*world, string) tea.Cmd { return nil }

package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// idleScreen is « Êtes-vous là ? »: a count that any key stops.
type idleScreen struct{}

func (s *idleScreen) title(w *world) string { return w.t("idle.title") }

func (s *idleScreen) draw(p *page) {
	p.actions(choice{id: "stay", label: p.t("idle.stay"), key: "enter", safe: true})
	p.sayCentred(inkText, p.t("idle.lead"))
	p.gap(1)
	p.sayCentred(inkWarn, p.n("idle.count", seconds(p.idleLeft())))
	p.gap(1)
	p.sayCentred(inkText, p.t("idle.any"))
}

func (s *idleScreen) key(w *world, _ tea.KeyPressMsg) (tea.Cmd, bool) { return nil, true }

func (s *idleScreen) pick(w *world, _ string) tea.Cmd { return nil }

func (s *idleScreen) next(w *world) time.Duration {
	if d := w.idleLeft(); d > 0 {
		return (d-1)%time.Second + 1
	}
	return 0
}

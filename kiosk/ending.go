package kiosk

import tea "charm.land/bubbletea/v2"

// endingScreen says that the time is nearly over, and offers more.
type endingScreen struct{}

func (s *endingScreen) title(w *world) string { return w.t("ending.title") }

func (s *endingScreen) draw(p *page) {
	if p.status.Extensions > 0 {
		p.actions(
			choice{id: "extend", label: p.t("ending.extend", p.extension()), safe: true},
			choice{id: "later", label: p.t("ending.later"), key: keyBack},
		)
	} else {
		p.actions(choice{id: "later", label: p.t("choice.continue"), safe: true})
	}
	p.sayCentred(inkWarn, p.t("ending.lead", p.minutes(p.left())))
}

// extension is how much time one gets, in words.
func (w *world) extension() string {
	return w.minutes(durationOf(w.options.Config.Session.Extension))
}

func (s *endingScreen) pick(w *world, id string) tea.Cmd {
	if id == "extend" {
		return w.callExtend()
	}
	w.uncover()
	return nil
}

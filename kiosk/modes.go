package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// modesScreen is « Comment voulez-vous faire ? ». Alone comes first; the other ways need an agent, and the one in
// which an agent acts for the visitor is always the last.
type modesScreen struct{}

func (s *modesScreen) title(w *world) string { return w.t("modes.title") }
func (s *modesScreen) help() string          { return "modes" }

func (s *modesScreen) draw(p *page) {
	p.say(inkText, p.t("modes.lead"))
	p.gap(1)
	agent := p.t("modes.agent_needed")
	p.tiles(1,
		choice{id: "alone", label: p.t("modes.alone"), hint: p.t("modes.alone_what")},
		choice{id: "train", label: p.t("modes.train"), hint: p.t("modes.train_what") + " " + agent, off: true},
		choice{id: "accompany", label: p.t("modes.accompany"), hint: p.t("modes.accompany_what"), off: true},
		choice{id: "act", label: p.t("modes.act"), hint: p.t("modes.act_what"), off: true},
	)
}

func (s *modesScreen) pick(w *world, id string) tea.Cmd {
	if id != "alone" {
		w.say(inkWarn, w.t("modes.agent_title"))
		return nil
	}
	w.starting = true
	return w.callOpen(session.OpenOptions{Mode: session.Alone, Language: w.lang, Large: w.large})
}

func (s *modesScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.starting = false
		w.sayError(a.err)
	}
	return nil
}

package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
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
	possible := p.status.Agent.Possible || p.agentHelps()
	agent := ", " + p.t("modes.agent_needed")
	if p.wide < 70 || p.ownLarge() {
		agent = ""
	}
	act := p.t("modes.act_what")
	if possible && !p.mayAct() {
		act = p.t("modes.act_off")
	}
	columns := 2
	if p.height >= 30 || p.wide < 70 {
		columns = 1
	}
	p.tiles(columns,
		choice{id: "alone", label: p.t("modes.alone"), hint: p.t("modes.alone_what"), big: p.height >= 30},
		choice{id: "train", label: p.t("modes.train") + agent, hint: p.t("modes.train_what"), off: !possible},
		choice{id: "accompany", label: p.t("modes.accompany"), hint: p.t("modes.accompany_what"), off: !possible},
		choice{id: "act", label: p.t("modes.act"), hint: act, off: !possible || !p.mayAct()},
	)
}

func (s *modesScreen) pick(w *world, id string) tea.Cmd {
	if id == "alone" {
		return openAlone(w)
	}
	situation := assets.Situation(id)
	switch {
	case situation == assets.SituationAct && w.status.Agent.Possible && !w.mayAct():
		w.say(inkText, w.t("modes.act_off"))
		return nil
	case w.status.Agent.Present:
		return w.openSituation(situation)
	case w.status.Agent.Possible:
		return w.push(newSignInScreen(false, func(w *world) tea.Cmd { return w.openSituation(situation) }))
	}
	return w.push(&agentScreen{})
}

// openAlone opens a session for a visitor alone, as large and in the language that was chosen.
func openAlone(w *world) tea.Cmd {
	w.starting = true
	return w.callOpen(session.OpenOptions{Mode: session.Alone, Language: w.lang, Large: w.large, Contrast: w.look == high})
}

func (s *modesScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.starting = false
		w.sayError(a.err)
	}
	return nil
}

// agentScreen says kindly that this way needs an agent, and what can be done meanwhile.
type agentScreen struct{}

func (s *agentScreen) title(w *world) string { return w.t("modes.agent_title") }
func (s *agentScreen) help() string          { return "modes" }

func (s *agentScreen) draw(p *page) {
	p.middle = true
	p.actions(choice{id: "alone", label: p.t("modes.alone_now")})
	p.sayCentred(inkStrong, p.t("modes.agent"))
}

func (s *agentScreen) pick(w *world, _ string) tea.Cmd { return openAlone(w) }

func (s *agentScreen) hear(w *world, msg tea.Msg) tea.Cmd { return (&modesScreen{}).hear(w, msg) }

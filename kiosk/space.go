package kiosk

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// spaceScreen is « Espace médiateur »: the three situations, the one that leaves the person most to do first, and the
// counts of the day.
type spaceScreen struct {
	activity session.Activity
	known    bool
}

func (s *spaceScreen) title(w *world) string { return w.t("assist.title") }
func (s *spaceScreen) help() string          { return "space" }
func (s *spaceScreen) agentOnly()            {}

func (s *spaceScreen) enter(w *world) tea.Cmd {
	if !w.agentHelps() {
		return nil
	}
	return w.callActivity(s)
}

func (s *spaceScreen) draw(p *page) {
	if !p.agentHelps() {
		p.middle = true
		p.actions(choice{id: "close", label: p.t("assist.close"), safe: true})
		p.sayCentred(inkStrong, p.t("assist.nothing"))
		return
	}
	p.actions(s.actions(p.world)...)
	p.say(inkText, p.t("assist.choose"))
	p.gap(1)
	p.below = 1
	if p.tall {
		p.below = 2
	}
	p.tiles(1, s.situations(p.world)...)
	if text := s.today(p.world); text != "" {
		p.gap(boolInt(p.room-p.y >= 2))
		p.say(inkSoft, text)
	}
}

func (s *spaceScreen) actions(w *world) []choice {
	cs := []choice{{id: "close", label: w.t("assist.close"), short: w.t("assist.close_short"), key: "0"}}
	if w.status.Agent.Uncounted {
		cs = append(cs, choice{id: "count", label: s.countLabel(w), key: "9"})
	}
	return cs
}

// countLabel is what is to be counted: the help that goes on, or the one before.
func (s *spaceScreen) countLabel(w *world) string {
	if w.status.State == session.Open {
		return w.t("assist.count")
	}
	return w.t("assist.count_last")
}

func (s *spaceScreen) situations(w *world) []choice {
	var cs []choice
	for _, situation := range assets.Situations() {
		key := "situation." + string(situation)
		c := choice{id: string(situation), label: w.t(key + ".title"), hint: w.t(key + ".what")}
		if situation == assets.SituationAct {
			c.off = !w.mayAct()
			switch {
			case c.off:
				c.hint = w.t("situation.act.off")
			case w.options.Config.Assist.Act == actOptional:
				c.hint = w.t("situation.act.what_optional")
			}
		}
		if w.helping() == situation {
			c.mark, c.hint = "✓", w.t("assist.now")
		}
		cs = append(cs, c)
	}
	return cs
}

// today says the counts of the day; a small number is not told.
func (s *spaceScreen) today(w *world) string {
	switch {
	case !s.known:
		return ""
	case s.activity.Few:
		return w.t("assist.today.few", session.FewPeople)
	case s.activity.Total == 0:
		return w.t("assist.today.none")
	default:
		return w.n("assist.today.some", s.activity.Total)
	}
}

func (s *spaceScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "close":
		return w.signOut()
	case "count":
		return w.push(newCountScreen(nil))
	}
	if situation := assets.Situation(id); slices.Contains(assets.Situations(), situation) {
		return w.openSituation(situation)
	}
	return nil
}

// openSituation shows what comes before a situation, or what comes in it when it is the present one.
func (w *world) openSituation(situation assets.Situation) tea.Cmd {
	switch {
	case !w.agentHelps():
		return w.push(&spaceScreen{})
	case situation == w.helping():
		return w.push(&situationScreen{situation: situation, phase: assets.PhaseDuring})
	case situation == assets.SituationAct && !w.mayAct():
		w.say(inkText, w.t("situation.act.off"))
		return nil
	}
	return w.push(&situationScreen{situation: situation, phase: assets.PhaseBefore})
}

func (s *spaceScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case activityMsg:
		s.activity, s.known = msg.activity, msg.err == nil
	case answerMsg:
		if msg.err != nil {
			w.sayError(msg.err)
		}
	}
	return nil
}

func (s *spaceScreen) banner(w *world) notice {
	if !w.agentHelps() {
		return notice{inkText, w.t("assist.nothing")}
	}
	return notice{inkText, w.t("assist.choose")}
}

// signOut closes the space of the agents. The browser of a mandate is closed first: alone, it has other limits.
func (w *world) signOut() tea.Cmd {
	if w.status.State == session.Open && w.status.Mode == session.Act && w.status.Browser.State != session.BrowserClosed {
		return w.push(&switchScreen{mode: session.Alone, out: true})
	}
	return w.callSignOut()
}

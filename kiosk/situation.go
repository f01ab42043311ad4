package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// situationScreen is « Je forme », « J'accompagne » or « Je fais »: a list that an agent ticks before, during or after.
// The step below, which leaves the person more to do, is always one key away.
type situationScreen struct {
	situation assets.Situation
	phase     assets.Phase
	finishing bool // « J'ai fini » was chosen: what comes after leads on to it
	warned    bool // it was said that something is not ticked
	list      list
}

func (s *situationScreen) title(w *world) string {
	return w.t("situation." + string(s.situation) + ".title")
}
func (s *situationScreen) help() string { return "situation" }
func (s *situationScreen) agentOnly()   {}

func (s *situationScreen) items(w *world) []assets.Item {
	return assets.SituationFor(w.lang, s.situation).Of(s.phase)
}

func (s *situationScreen) tickID(i assets.Item) string {
	return string(s.situation) + "." + string(s.phase) + "." + i.ID
}

// left counts what is not ticked yet.
func (s *situationScreen) left(w *world) int {
	n := 0
	for _, i := range s.items(w) {
		n += boolInt(!w.aid.ticked[s.tickID(i)])
	}
	return n
}

func (s *situationScreen) draw(p *page) {
	p.actions(s.actions(p.world)...)
	items := s.items(p.world)
	if n := s.left(p.world); s.warned && n > 0 {
		p.told(inkWarn, p.n("situation.left", n))
	} else {
		p.say(inkSoft, s.lead(p.world))
	}
	why := p.t("below." + string(s.situation))
	rows := len(wrap(why, p.wide))
	if s.finishing || s.acted() || p.room-p.y-rows < len(items)*(1+2*boolInt(p.tall)) {
		rows = 0
	}
	p.gap(boolInt(p.room-p.y-rows > len(items)*3+1))
	p.list(&s.list, p.room-p.y-rows, len(items), func(n int) listRow {
		row := listRow{tick: "☐", name: items[n].Text, sign: inkSoft, below: items[n].Why}
		if p.aid.ticked[s.tickID(items[n])] {
			row.tick, row.sign, row.below = "☑", inkGood, "✓ "+row.below
		}
		if !p.tall {
			row.below = ""
		}
		return row
	})
	if rows > 0 {
		p.gap(boolInt(p.room-p.y > rows))
		p.say(inkSand, why)
	}
}

func (s *situationScreen) actions(w *world) []choice {
	lower := choice{id: "below", label: w.t("below.ask"), short: w.t("below.ask_short"), key: "9"}
	on := choice{id: "on", label: w.t("situation.on"), key: "0", safe: true}
	sheet := choice{id: "sheet", label: w.t("situation.sheet"), key: "8"}
	switch {
	case s.finishing && s.acted():
		on.safe, sheet.safe = w.aid.told, !w.aid.told // the person goes home with it
		return []choice{on, sheet}
	case s.finishing:
		return []choice{on}
	case s.acted():
		return []choice{{id: "during", label: w.t("situation.phase.to_during"), key: "0", safe: true}, sheet}
	case s.phase == assets.PhaseDuring:
		return []choice{{id: "after", label: w.t("situation.phase.to_after"), key: "0", safe: true}, lower}
	case s.phase == assets.PhaseAfter:
		return []choice{{id: "during", label: w.t("situation.phase.to_during"), key: "0", safe: true}, lower}
	}
	if s.warned && s.left(w) > 0 {
		on.label, on.short = w.t("situation.anyway"), w.t("situation.anyway_short")
	}
	if s.situation == assets.SituationAct {
		on.safe, lower.safe = false, true // Enter never takes what is to be the last resort
	}
	return []choice{lower, on}
}

// acted says that something was done for the person: a sheet tells what, and the step below comes next time.
func (s *situationScreen) acted() bool {
	return s.situation == assets.SituationAct && s.phase == assets.PhaseAfter
}

func (s *situationScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	front := w.front()
	if k.Code == tea.KeySpace && rowOf(front.focus) >= 0 {
		return s.pick(w, front.focus), true
	}
	return nil, front.focus != "" && s.list.key(front, k)
}

func (s *situationScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

func (s *situationScreen) pick(w *world, id string) tea.Cmd {
	if n := rowOf(id); n >= 0 && n < len(s.items(w)) {
		s.tick(w, s.items(w)[n])
		return nil
	}
	switch id {
	case "after":
		return s.turn(w, assets.PhaseAfter)
	case "during":
		return s.turn(w, assets.PhaseDuring)
	case "below":
		return s.stepDown(w)
	case "sheet":
		w.aid.told = true
		return w.push(newDoneScreen(w))
	case "on":
		return s.on(w)
	}
	return nil
}

func (s *situationScreen) tick(w *world, i assets.Item) {
	if w.aid.ticked == nil {
		w.aid.ticked = map[string]bool{}
	}
	id := s.tickID(i)
	w.aid.ticked[id] = !w.aid.ticked[id]
}

// turn shows another part of the list.
func (s *situationScreen) turn(w *world, p assets.Phase) tea.Cmd {
	s.phase, s.list = p, list{}
	return w.fromTop()
}

// stepDown replaces this situation by the one below.
func (s *situationScreen) stepDown(w *world) tea.Cmd {
	next := below(s.situation)
	if next == assets.SituationNone {
		return w.alone()
	}
	w.drop(len(w.stack) - 1)
	return w.openSituation(next)
}

// on goes to the agreement of the visitor, or to the end of « J'ai fini ». What is not ticked is said once.
func (s *situationScreen) on(w *world) tea.Cmd {
	if s.finishing {
		w.aid.after = true
		w.drop(len(w.stack) - 1)
		return w.openFinish()
	}
	if n := s.left(w); n > 0 && !s.warned {
		s.warned = true
		return nil
	}
	return w.push(&consentScreen{situation: s.situation})
}

// lead says how far one is.
func (s *situationScreen) lead(w *world) string {
	all := len(s.items(w))
	return w.t("situation.phase."+string(s.phase), all-s.left(w), all) + " · " + w.t("situation.tick")
}

func (s *situationScreen) banner(w *world) notice {
	if n := s.left(w); s.warned && n > 0 {
		return notice{inkWarn, "! " + w.n("situation.left", n)}
	}
	return notice{inkSoft, s.lead(w)}
}

// alone lets the person do it alone: in a session at once; before one the space is closed, and the rules come first.
func (w *world) alone() tea.Cmd {
	if w.status.State == session.Open {
		if situationOf(w.status.Mode) == assets.SituationNone {
			return w.home()
		}
		return w.push(&switchScreen{mode: session.Alone})
	}
	out := w.callSignOut()
	for len(w.stack) > 1 {
		if _, modes := w.top().screen.(*modesScreen); modes {
			w.aid = aid{}
			w.say(inkText, w.t("modes.alone_now"))
			return out
		}
		w.drop(len(w.stack) - 1)
	}
	w.aid = aid{}
	return tea.Batch(out, w.push(&rulesScreen{}))
}

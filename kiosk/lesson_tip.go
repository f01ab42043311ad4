package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// lessonTipScreen is one tip of the lesson. Beside one person all is there: the tip, why, what to ask, what to show. A
// group first sees a question alone, large; the answer comes when the agent asks for it.
type lessonTipScreen struct {
	place int  // among the twelve, counted from 0
	shown bool // the answer is there
}

func (s *lessonTipScreen) title(w *world) string { return w.t("lesson.tip_title", s.place+1) }
func (s *lessonTipScreen) help() string          { return "lesson_tip" }

func (s *lessonTipScreen) draw(p *page) {
	tip, cue := assets.Tips(p.lang)[s.place], assets.LessonIn(p.lang).Cues[s.place]
	p.actions(s.choices(p.world, tip)...)
	switch {
	case !p.lesson().forGroup():
		s.drawBeside(p, tip, cue)
	case s.shown:
		s.drawAnswer(p, tip, cue)
	default:
		s.drawQuestion(p, tip, cue)
	}
}

// asking says that a group looks for the answer.
func (s *lessonTipScreen) asking(w *world) bool { return w.lesson().forGroup() && !s.shown }

func (s *lessonTipScreen) choices(w *world, tip assets.Tip) []choice {
	cs := []choice{{id: "next", label: w.t("choice.next"), safe: true}}
	if s.asking(w) {
		cs = []choice{{id: "show", label: w.t("lesson.show_answer"), short: w.t("lesson.show_short"), safe: true}}
	}
	if s.place > 0 {
		cs = append(cs, choice{id: "previous", label: w.t("choice.previous")})
	}
	if tip.Exercise != assets.ExerciseNone && !s.asking(w) {
		cs = append(cs, choice{id: "try", label: w.t("tip.try")})
	}
	return append(cs, choice{id: idBack, label: w.t("lesson.to_outline"), key: keyBack})
}

func (s *lessonTipScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "show":
		s.shown = true
		s.see(w)
		return w.fromTop()
	case "next":
		s.see(w)
		return s.turn(w, 1)
	case "previous":
		return s.turn(w, -1)
	case "try":
		s.see(w)
		return w.exercise(assets.Tips(w.lang)[s.place].Exercise)
	}
	return nil
}

// key lets an agent go on from anywhere in the room: what one holds in the hand to turn slides types Page Down and Page Up.
// Where there may be something to scroll these scroll.
func (s *lessonTipScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if !w.lesson().forGroup() || w.width < 80 || w.height < tallFrom {
		return nil, false
	}
	switch k.Code {
	case tea.KeyPgDown, tea.KeyKpPgDown:
		if s.asking(w) {
			return s.pick(w, "show"), true
		}
		return s.pick(w, "next"), true
	case tea.KeyPgUp, tea.KeyKpPgUp:
		if s.place > 0 {
			return s.turn(w, -1), true
		}
		return nil, true
	}
	return nil, false
}

func (s *lessonTipScreen) see(w *world) {
	w.lesson().see(tipPart(s.place))
	w.lesson().next = s.place + 1
}

// turn goes to the tip after or before, and to the end after the last.
func (s *lessonTipScreen) turn(w *world, by int) tea.Cmd {
	if s.place+by == len(assets.Tips(w.lang)) {
		w.drop(len(w.stack) - 1)
		return w.push(&lessonEndScreen{})
	}
	s.place, s.shown = s.place+by, false
	return w.fromTop()
}

func (s *lessonTipScreen) banner(w *world) notice {
	return notice{inkStrong, s.question(w)}
}

// question is what the agent asks.
func (s *lessonTipScreen) question(w *world) string {
	cue := assets.LessonIn(w.lang).Cues[s.place]
	if w.lesson().forGroup() {
		return cue.AskAll
	}
	return cue.Ask
}

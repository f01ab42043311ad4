package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// lessonEndScreen is what comes after the twelfth tip: what was seen, and what can be done with it.
type lessonEndScreen struct{}

func (s *lessonEndScreen) title(w *world) string { return w.t("lesson.end_title") }
func (s *lessonEndScreen) help() string          { return "lesson" }

func (s *lessonEndScreen) draw(p *page) {
	p.actions(choice{id: "outline", label: p.t("lesson.to_outline"), key: keyBack, esc: true})
	l, tips := p.lesson(), 0
	for _, g := range lessonGroups[:3] {
		tips += l.count(lessonParts(g))
	}
	exercises := l.count(lessonParts(""))
	p.told(inkGood, p.n("lesson.end_tips", tips, len(assets.Tips(p.lang)))+" "+
		p.n("lesson.end_exercises", exercises, len(assets.Exercises())))
	p.say(inkText, p.t("lesson.end"))
	p.gap(1)
	p.tiles(1,
		choice{id: "paper", label: p.t("lesson.paper_title"), hint: p.t("lesson.paper_what"), icon: iconDocuments},
		choice{id: "exercises", label: p.t("lesson.exercises"), hint: p.t("lesson.exercises_what"), icon: iconTips},
	)
}

func (s *lessonEndScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "paper":
		return w.push(newTakeHomeScreen())
	case "exercises":
		return w.push(&lessonGroupScreen{})
	case "outline":
		return w.toOutline()
	}
	return nil
}

func (s *lessonEndScreen) goBack(w *world) tea.Cmd { return w.toOutline() }

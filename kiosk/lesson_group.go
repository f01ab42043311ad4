package kiosk

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// lessonGroupScreen lists the tips of a group, or the exercises, with a tick for what was seen.
type lessonGroupScreen struct{ group assets.Group }

func (s *lessonGroupScreen) title(w *world) string { return w.lessonGroup(s.group) }
func (s *lessonGroupScreen) help() string          { return "lesson" }

func (s *lessonGroupScreen) draw(p *page) {
	p.actions()
	if s.group == "" {
		p.say(inkText, p.t("lesson.exercises_lead"))
	} else {
		p.say(inkText, p.t("lesson.where"))
	}
	p.gap(1)
	var cs []choice
	for i, part := range lessonParts(s.group) {
		c := choice{id: "part." + strconv.Itoa(i), label: s.label(p.world, i)}
		if p.lesson().seen[part] {
			c.mark, c.hint = "✓", p.t("lesson.seen")
		}
		cs = append(cs, c)
	}
	columns := 1
	if p.room-p.y < 3*len(cs) {
		columns = 2
	}
	p.tilesInSight(columns, cs...)
}

// tilesInSight draws tiles in big letters only where all of them show then.
func (p *page) tilesInSight(columns int, cs ...choice) {
	p.plain = (bigRows+2)*len(cs) > p.room-p.y
	p.tiles(columns, cs...)
	p.plain = false
}

// label is a part in a few words.
func (s *lessonGroupScreen) label(w *world, i int) string {
	if s.group == "" {
		return w.t("exercise." + string(assets.Exercises()[i]) + ".title")
	}
	return assets.LessonIn(w.lang).Cues[placesOf(s.group)[i]].Short
}

func (s *lessonGroupScreen) pick(w *world, id string) tea.Cmd {
	for i := range lessonParts(s.group) {
		switch {
		case id != "part."+strconv.Itoa(i):
		case s.group == "":
			return w.exercise(assets.Exercises()[i])
		default:
			return w.toTip(placesOf(s.group)[i])
		}
	}
	return nil
}

// exercise begins an exercise of the lesson, and ticks it.
func (w *world) exercise(e assets.Exercise) tea.Cmd {
	w.lesson().see(exercisePart(e))
	return w.push(newExercise(e))
}

package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// The exercises are games on invented data. They call nothing: no message goes to the station, nothing is kept,
// and what was typed or answered goes with the screen.

// newExercise is the screen of an exercise.
func newExercise(e assets.Exercise) screen {
	switch e {
	case assets.ExerciseMessage:
		return newMessageScreen()
	case assets.ExercisePassword:
		return newPasswordScreen()
	case assets.ExerciseSignOut:
		return newSignOutScreen()
	default:
		return newFormScreen()
	}
}

// endChoices are what can be done after an exercise.
func endChoices(w *world) []choice {
	return []choice{
		{id: "again", label: w.t("exercise.again")},
		{id: idBack, label: w.t("exercise.back"), key: keyBack, safe: true},
	}
}

// paper draws a sheet of paper for so many rows of writing, and gives where to write. It takes two rows more: its
// edges, half a row each.
func (p *page) paper(rows int) rect {
	r := rect{0, p.y, p.wide, rows + paperEdges}
	p.sheet.fill(rect{r.x, r.y + 1, r.w, rows}, inkShore)
	for x := r.x; x < r.x+r.w; x++ {
		p.sheet.put(x, r.y, meeting(toneSand, toneWater), "▄")
		p.sheet.put(x, r.y+r.h-1, meeting(toneSand, toneWater), "▀")
	}
	p.y += r.h
	p.sheet.grow(p.y)
	return rect{r.x + paperMargin, r.y + 1, r.w - 2*paperMargin, rows}
}

const (
	paperEdges  = 2
	paperMargin = 2
)

// air is how many rows a screen may leave free: those that its text does not need.
type air int

// breathe leaves one of them free, if there is one.
func (p *page) breathe(a *air) {
	if *a > 0 {
		*a--
		p.y++
		p.sheet.grow(p.y)
	}
}

// fromTop shows what a screen draws next from its top, with the focus where it is at first.
func (w *world) fromTop() tea.Cmd {
	w.top().focus, w.top().scroll = "", 0
	return nil
}

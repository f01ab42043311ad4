package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// The three exercises are games on invented data. They call nothing: no message goes to the station, nothing is kept,
// and what was typed or answered goes with the screen.

// newExercise is the screen of an exercise.
func newExercise(e assets.Exercise) screen {
	switch e {
	case assets.ExerciseMessage:
		return newMessageScreen()
	case assets.ExercisePassword:
		return newPasswordScreen()
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

// paper draws a sheet of paper of so many rows, and gives where to write on it.
func (p *page) paper(rows int) rect {
	r := rect{0, p.y, p.wide, rows}
	if r.w > 76 {
		r.x, r.w = (p.wide-76)/2, 76
	}
	p.sheet.fill(r, inkShore)
	p.y += rows
	p.sheet.grow(p.y)
	return rect{r.x + 2, r.y, r.w - 4, r.h}
}

// fromTop shows what a screen draws next from its top, with the focus where it is at first.
func (w *world) fromTop() tea.Cmd {
	w.top().focus, w.top().scroll = "", 0
	return nil
}

package kiosk

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"estran/session"
)

// Whatever is typed, clicked and resized in a lesson, and whatever a sheet is answered with, the kiosk neither breaks nor
// draws outside the terminal.
func TestWhateverHappensInALesson(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHarness(t)
		h.m.station = &lessonStation{fakeStation: h.station}
		h.status(open())
		h.lesson(rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "who"))
		for range rapid.IntRange(1, 80).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"key", "key", "key", "click", "size", "status", "fail"}).Draw(rt, "what") {
			case "key":
				h.press(rapid.SampledFrom([]string{
					"1", "2", "3", "4", "5", "6", "7", "enter", "enter", "esc", "up", "down", "left", "right", "tab", "pgup",
					"pgdown", "space", "f1", "a", "é",
				}).Draw(rt, "key"))
			case "click":
				at := tea.MouseClickMsg{
					X: rapid.IntRange(0, 160).Draw(rt, "x"), Y: rapid.IntRange(0, 45).Draw(rt, "y"), Button: tea.MouseLeft,
				}
				h.send(at)
			case "size":
				h.size(rapid.IntRange(1, 160).Draw(rt, "w"), rapid.IntRange(1, 45).Draw(rt, "h"))
			case "status":
				s := rapid.SampledFrom([]session.Status{open(), atHand()}).Draw(rt, "status")
				s.Medium.Problem = rapid.SampledFrom([]session.MediumProblem{"", session.MediumFull, "odd"}).Draw(rt, "problem")
				h.status(s)
			case "fail":
				h.station.fail[rapid.SampledFrom([]call{callPrintPaper, callSavePaper}).Draw(rt, "call")] = rapid.SampledFrom(
					[]error{nil, session.ErrLimit, session.ErrFull, session.ErrGone, session.ErrForm}).Draw(rt, "error")
			}
			if h.m.broken || h.m.leaving {
				rt.Fatalf("broken %v, leaving %v", h.m.broken, h.m.leaving)
			}
			checkDrawing(rt, h)
		}
	})
}

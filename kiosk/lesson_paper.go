package kiosk

import (
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	paper "estran/session/paper/lesson"
)

// takeHomeScreen is « Une feuille à emporter »: what a lesson teaches, on one sheet without a name, printed or copied to
// the key of the person.
type takeHomeScreen struct {
	write func(to io.Writer, lang string) error // paper.Print, but for tests
}

func newTakeHomeScreen() screen { return &takeHomeScreen{write: paper.Print} }

func (s *takeHomeScreen) title(w *world) string { return w.t("lesson.paper_title") }
func (s *takeHomeScreen) help() string          { return "lesson_paper" }

func (s *takeHomeScreen) draw(p *page) {
	p.actions()
	p.say(inkText, p.t("lesson.paper_lead"))
	if p.status.PrinterProblem == session.PrinterPaper {
		p.told(inkWarn, p.t("lesson.paper.empty"))
	}
	p.gap(1)
	print, save := p.printHint(), p.saveHint()
	p.tiles(1,
		choice{id: "print", label: p.t("lesson.print"), hint: print, off: print != "", icon: iconDocuments},
		choice{id: "save", label: p.t("lesson.save"), hint: save, off: save != "", icon: iconMedium},
	)
}

// printHint says why the sheet cannot be printed now, "" when it can.
func (w *world) printHint() string {
	if w.status.Printer {
		return ""
	}
	return w.t("lesson.paper.no_printer")
}

// saveHint says why it cannot be copied to a key now, "" when it can.
func (w *world) saveHint() string {
	switch m := w.status.Medium; {
	case !m.Present():
		return w.t("lesson.paper.no_medium")
	case m.Busy():
		return w.t("error.busy")
	case !m.Writable:
		return w.t("lesson.paper.read_only")
	}
	return ""
}

func (s *takeHomeScreen) pick(w *world, id string) tea.Cmd {
	lang := w.lang
	sheet := func(to io.Writer) error { return s.write(to, lang) }
	switch print, save := w.printHint(), w.saveHint(); {
	case id == "print" && print != "":
		w.say(inkWarn, print)
	case id == "print":
		return w.callPrintPaper(session.PaperLesson, 1, sheet)
	case id == "save" && save != "":
		w.say(inkWarn, save)
	case id == "save":
		return w.callSavePaper(session.PaperLesson, sheet)
	}
	return nil
}

func (s *takeHomeScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(paperMsg)
	switch {
	case !ok:
	case a.err != nil:
		w.say(inkWarn, w.paperError(a.err))
	case a.call == callPrintPaper:
		w.say(inkGood, w.t("lesson.paper.printed"))
	}
	return nil
}

// paperError tells what did not work and what to do instead: the other way to take the sheet home, mostly.
func (w *world) paperError(err error) string {
	for _, e := range []struct {
		err error
		key string
	}{
		{session.ErrNoPrinter, "no_printer"},
		{session.ErrLimit, "limit"},
		{session.ErrNoMedium, "no_medium"},
		{session.ErrReadOnly, "read_only"},
		{session.ErrFull, "full"},
		{session.ErrAgentNeeded, "agent"},
	} {
		if errors.Is(err, e.err) {
			return w.t("lesson.paper." + e.key)
		}
	}
	return w.errorText(err)
}

// changed says how the copy to the key went, when it has just ended.
func (s *takeHomeScreen) changed(w *world, before session.Status) tea.Cmd {
	m := w.status.Medium
	if before.Medium.State != session.MediumCopyingOut || m.State == session.MediumCopyingOut || w.top().screen != s {
		return nil
	}
	switch {
	case m.Problem == session.MediumFull:
		w.say(inkWarn, w.t("lesson.paper.full"))
	case m.Problem != session.MediumFine:
		w.say(inkWarn, w.problemText(m.Problem))
	case m.Copied > 0:
		w.say(inkGood, w.t("lesson.paper.saved"))
	}
	return nil
}

package kiosk

import (
	"io"
	"slices"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	"estran/session/assist/mandate"
)

// previewStep shows the whole mandate in words, and what is still missing with a way there. Then the sheets are printed
// or go to the person's key, and both people sign.
type previewStep struct{}

func (t *previewStep) ask(s *wizardScreen, w *world) string {
	if n := len(s.problems(w)); n > 0 {
		return w.n("wizard.preview.missing", n)
	}
	return w.t("wizard.preview.ask")
}

// problems is what keeps the mandate from being signed; the explanations, if some are missing, are one problem.
func (s *wizardScreen) problems(w *world) []mandate.Problem {
	all := s.draft.mandate(w).Check(w.now())
	return slices.CompactFunc(all, func(a, b mandate.Problem) bool { return a.Field == b.Field && a.Code == b.Code })
}

func (t *previewStep) draw(s *wizardScreen, p *page) {
	p.top = true
	if problems := s.problems(p.world); len(problems) > 0 {
		p.actions()
		s.question(p)
		p.gap(1)
		var cs []choice
		for _, problem := range problems {
			cs = append(cs, choice{id: problemID(problem), label: "! " + p.problem(problem)})
		}
		p.answers(cs...)
		return
	}
	p.actions(t.actions(s, p.world)...)
	s.question(p)
	p.printerWaits()
	p.gap(1)
	p.mandateWords(s.draft)
}

// actions offers paper first, then the key, and signing last. Enter prints, or copies where there is no printer, and once
// there is a sheet goes on.
func (t *previewStep) actions(s *wizardScreen, w *world) []choice {
	print, save := w.status.Printer && !s.busy, w.canWrite() && !s.busy
	return []choice{
		{
			id: "print", label: w.t("wizard.preview.print"), off: !print, safe: print && !s.given,
		},
		{id: "plain", label: w.t("wizard.preview.plain"), off: !print && !save},
		{id: "save", label: w.t("wizard.preview.save"), off: !save, safe: !print && save && !s.given},
		{id: "sign", label: w.t("wizard.preview.sign"), safe: s.given},
	}
}

const problemPrefix = "problem:"

func problemID(p mandate.Problem) string { return problemPrefix + p.Field + ":" + p.Code }

// problem says in words what is missing.
func (w *world) problem(p mandate.Problem) string { return w.t("mandate.problem." + p.Code) }

func (t *previewStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	problems := s.problems(w)
	for _, problem := range problems {
		if problemID(problem) == id {
			return s.solve(w, problem)
		}
	}
	if len(problems) > 0 || s.busy {
		return nil
	}
	switch id {
	case "print":
		return s.print(w, session.PaperMandate, 2, s.sheet(w, session.PaperMandate))
	case "plain":
		if !w.status.Printer && w.canWrite() {
			return s.save(w, session.PaperPlain, s.sheet(w, session.PaperPlain))
		}
		return s.print(w, session.PaperPlain, 1, s.sheet(w, session.PaperPlain))
	case "save":
		return s.save(w, session.PaperMandate, s.sheet(w, session.PaperMandate))
	case "sign":
		return w.push(&signScreen{of: s})
	}
	return nil
}

// solve goes to the question that a problem is about; going on from there comes back to the sheet.
func (s *wizardScreen) solve(w *world, p mandate.Problem) tea.Cmd {
	step := problemStep(p)
	if who, ok := s.steps[step].(*whoStep); ok {
		who.goTo(p.Field)
	}
	cmd := s.goTo(w, step)
	s.solving = true
	return cmd
}

// sheet writes one of the two wordings.
func (s *wizardScreen) sheet(w *world, kind session.PaperKind) func(io.Writer) error {
	version := mandate.Full
	if kind == session.PaperPlain {
		version = mandate.Plain
	}
	m, lang := s.draft.mandate(w), w.lang
	return func(to io.Writer) error { return mandate.Print(to, version, m, lang) }
}

// changed says how a copy to the key went, once it has.
func (s *wizardScreen) changed(w *world, before session.Status) tea.Cmd {
	s.went(w.tellSaved(before, s))
	return nil
}

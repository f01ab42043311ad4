package kiosk

import (
	tea "charm.land/bubbletea/v2"
)

// durationStep asks until when the mandate holds: for the day, unless something else is chosen; a year at most.
type durationStep struct{}

func (durationStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.duration.ask") }

func (durationStep) draw(s *wizardScreen, p *page) {
	p.actions()
	s.question(p)
	p.say(inkSoft, p.t("wizard.duration.hint"))
	var cs []choice
	for _, a := range spans() {
		on := a == s.draft.span
		hint := ""
		if until := s.draft.spanEnd(p.world, a); until != "" {
			hint = p.t("wizard.duration.until", until)
		}
		cs = append(cs, choice{
			id: a.id(), label: chosen(on, p.t("wizard.duration."+a.id())), hint: hint, safe: on,
		})
	}
	p.tiles(2, cs...)
}

// spanEnd is the last day of a length in words, "" while none was typed.
func (d *draft) spanEnd(w *world, a span) string {
	if a == spanDate {
		day, ok := d.date.day(w.now().Location())
		if !ok {
			return ""
		}
		return w.day(day)
	}
	return w.day(a.until(w.now()))
}

func (durationStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	for _, a := range spans() {
		if a.id() != id {
			continue
		}
		if a == spanDate {
			return w.push(&dateScreen{of: s})
		}
		s.draft.span = a
		return s.next(w)
	}
	return nil
}

// dateScreen asks for the last day of the mandate.
type dateScreen struct{ of *wizardScreen }

func (s *dateScreen) title(w *world) string { return w.t("wizard.title") }
func (s *dateScreen) help() string          { return "wizard_typing" }
func (s *dateScreen) agentOnly()            {}
func (s *dateScreen) writes() bool          { return true }

func (s *dateScreen) draw(p *page) {
	p.actions(choice{id: idEnter, label: p.t("wizard.next"), key: "enter", safe: true})
	p.asking(p.t("wizard.duration.date"), p.t("wizard.date.ask"))
	p.gap(1)
	p.dateField(&s.of.draft.date)
	p.gap(1)
	p.say(inkSoft, p.t("wizard.date.hint", p.day(spanMonth.until(p.now()))))
}

// dateField draws a date that is being typed, in its form.
func (p *page) dateField(d *dateField) {
	f := newField(maxHost, d.text(p.t("wizard.date.sign")))
	f.at = 0
	for n, seen := 0, 0; n < len(f.runes) && seen <= len(d.figures); n++ {
		f.at = n
		if r := f.runes[n]; r != ' ' && r != '/' {
			seen++
		}
	}
	if len(d.figures) == dateFigures {
		f.at = len(f.runes)
	}
	p.field(f, "")
	f.wipe()
}

func (s *dateScreen) key(_ *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, s.of.draft.date.key(k)
}

func (s *dateScreen) pick(w *world, id string) tea.Cmd {
	if id != idEnter {
		return nil
	}
	d := s.of.draft
	if _, ok := d.date.day(w.now().Location()); !ok {
		w.say(inkWarn, w.t("wizard.date.no_day"))
		return nil
	}
	before := d.span
	d.span = spanDate
	for _, p := range d.mandate(w).Check(w.now()) {
		if p.Field == "until" {
			d.span = before
			if p.Code == "until_before" {
				p.Code = "until_past" // the first day is today
			}
			w.say(inkWarn, w.problem(p))
			return nil
		}
	}
	back := w.back()
	return tea.Batch(back, s.of.next(w))
}

func (s *dateScreen) banner(w *world) notice {
	d := &s.of.draft.date
	if len(d.figures) == 0 {
		return notice{inkText, w.t("wizard.date.ask")}
	}
	return notice{inkTyped, d.text(w.t("wizard.date.sign"))}
}

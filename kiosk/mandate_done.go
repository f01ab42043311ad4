package kiosk

import (
	"io"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	"estran/session/assist/mandate"
)

// doneScreen is « Ce qui a été fait »: the things of the mandate, ticked one by one, and a few words. The person takes it
// home: an agent tells of each thing that was done in their place (Code civil, article 1993).
type doneScreen struct {
	deeds *deeds
	list  list
	handing
}

// newDoneScreen shows what may have been done in this session; Esc and « Continuer » go back to the screen under it.
func newDoneScreen(w *world) screen {
	if w.act == nil {
		w.act = blankDeeds(w.options.Config.Assist)
	}
	return &doneScreen{deeds: w.act}
}

func (s *doneScreen) title(w *world) string { return w.t("done.title") }
func (s *doneScreen) help() string          { return "done" }
func (s *doneScreen) agentOnly()            {}

func (s *doneScreen) draw(p *page) {
	print, save := p.status.Printer && !s.busy, p.canWrite() && !s.busy
	give := !s.given && s.deeds.told() // a list that says nothing is no use at home
	p.actions(
		choice{id: "next", label: p.t("wizard.next"), key: "0", esc: true, safe: !give || !print && !save},
		choice{id: "print", label: p.t("done.print"), key: "7", off: !print, safe: give && print},
		choice{id: "save", label: p.t("done.save"), key: "8", off: !save, safe: give && !print && save},
		choice{id: "note", label: p.t("done.note"), key: "9"},
	)
	p.say(inkStrong, p.t("done.ask"))
	p.printerWaits()
	p.gap(1)
	height := p.room - p.y - s.noteRows(p)
	p.list(&s.list, max(height, 1), len(s.deeds.all), func(n int) listRow { return s.row(p.world, n) })
	s.drawNotes(p)
}

func (s *doneScreen) row(w *world, n int) listRow {
	d := s.deeds.all[n]
	row := listRow{tick: "☐", name: w.t("wizard.kind." + string(d.kind)), sign: inkSoft, below: "· " + w.t("done.no")}
	if d.done {
		row.tick, row.sign, row.below = "☑", inkGood, "✓ "+w.t("done.yes")
	}
	if !d.detail.empty() {
		row.name = w.t("wizard.words.detail", row.name, d.detail.text().Printable())
	}
	return row
}

// noteRows is how many rows the notes take, with one above.
func (s *doneScreen) noteRows(p *page) int {
	n := 0
	for _, note := range s.deeds.notes {
		n += boolInt(!note.empty())
	}
	if n == 0 || p.room < 10 {
		return 0
	}
	return n + 1
}

func (s *doneScreen) drawNotes(p *page) {
	if s.noteRows(p) == 0 {
		return
	}
	p.gap(1)
	for _, note := range s.deeds.notes {
		if !note.empty() {
			p.sheet.put(0, p.y, inkSand, "→")
			p.sheet.put(2, p.y, inkText, shorten(note.text().Printable(), p.wide-2))
			p.y++
		}
	}
	p.sheet.grow(p.y)
}

func (s *doneScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if n := rowOf(w.front().focus); k.Code == tea.KeySpace && n >= 0 {
		return s.pick(w, rowID(n)), true
	}
	return nil, s.list.key(w.front(), k)
}

func (s *doneScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

func (s *doneScreen) pick(w *world, id string) tea.Cmd {
	if n := rowOf(id); n >= 0 && n < len(s.deeds.all) {
		s.deeds.all[n].done = !s.deeds.all[n].done
		return nil
	}
	switch {
	case id == "next":
		return w.back()
	case id == "note":
		return w.push(&noteScreen{deeds: s.deeds})
	case s.busy:
		return nil
	case id == "print":
		return s.print(w, session.PaperDone, 1, s.sheet(w))
	case id == "save":
		return s.save(w, session.PaperDone, s.sheet(w))
	}
	return nil
}

func (s *doneScreen) sheet(w *world) func(io.Writer) error {
	sheet, lang := s.deeds.sheet(w), w.lang
	return func(to io.Writer) error { return mandate.PrintDone(to, sheet, lang) }
}

func (s *doneScreen) changed(w *world, before session.Status) tea.Cmd {
	s.went(w.tellSaved(before, s))
	return nil
}

func (s *doneScreen) banner(w *world) notice { return notice{inkText, w.t("done.ask")} }

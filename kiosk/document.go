package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// documentScreen is one document: print it, copy it to the key, delete it.
type documentScreen struct {
	document session.Document
	outgoing
}

func (s *documentScreen) title(w *world) string { return w.t("documents.title") }
func (s *documentScreen) help() string          { return "documents" }

func (s *documentScreen) draw(p *page) {
	p.documentCard(s.document)
	p.gap(1)
	print, copy := "", ""
	if !p.status.Printer {
		print = p.t("documents.no_printer")
	}
	if !p.canWrite() {
		copy = p.t("documents.need_key")
	}
	p.tiles(1,
		choice{id: "copy", label: p.t("documents.copy"), hint: copy, off: copy != "", icon: iconMedium},
		choice{id: "print", label: p.t("documents.print"), hint: print, off: print != "", icon: iconDocuments},
		choice{id: "delete", label: p.t("documents.delete"), icon: iconFinish},
	)
}

// documentCard says which document this is about.
func (p *page) documentCard(d session.Document) {
	row := documentRow(p.world, d)
	p.sheet.put(0, p.y, inkStrong, shortenName(row.name, p.wide))
	p.y++
	x := p.sheet.put(0, p.y, inkSoft, row.right) + 2
	p.sheet.put(x, p.y, row.sign, row.below)
	p.y++
	p.sheet.grow(p.y)
}

func (s *documentScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "copy":
		return s.copyOut(w, s.document)
	case "print":
		if !w.status.Printer {
			w.say(inkWarn, w.t("documents.no_printer"))
			return nil
		}
		return w.callPrint(s.document.ID)
	case "delete":
		return w.push(&deleteScreen{document: s.document})
	}
	return nil
}

func (s *documentScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok {
		w.tell(a, "documents.printed", callPrint)
	}
	return nil
}

// changed says how the copy of the document went.
func (s *documentScreen) changed(w *world, before session.Status) tea.Cmd {
	m := w.status.Medium
	if before.Medium.State == session.MediumCopyingOut && m.State != before.Medium.State && m.Copied > 0 && m.Failed == 0 {
		s.document.Saved = true
	}
	return s.ended(w, before, s)
}

// deleteScreen asks before a document is gone for good.
type deleteScreen struct{ document session.Document }

func (s *deleteScreen) title(w *world) string { return w.t("documents.delete_title") }
func (s *deleteScreen) help() string          { return "documents" }

func (s *deleteScreen) draw(p *page) {
	p.actions(
		choice{id: idBack, label: p.t("documents.delete_no"), safe: true},
		choice{id: "delete", label: p.t("documents.delete_yes")},
	)
	p.documentCard(s.document)
	p.gap(1)
	p.told(inkWarn, p.t("documents.delete_ask"))
}

func (s *deleteScreen) pick(w *world, id string) tea.Cmd {
	if id != "delete" {
		return nil
	}
	// Back to the list: the document is no more.
	w.drop(len(w.stack) - 1)
	back := w.back()
	return tea.Batch(w.callDelete(s.document.ID), back)
}

func (s *documentScreen) banner(*world) notice { return notice{inkText, s.document.Name.Printable()} }

func (s *deleteScreen) banner(w *world) notice {
	return notice{inkWarn, "! " + s.document.Name.Printable() + " · " + w.t("documents.delete_ask")}
}

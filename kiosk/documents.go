package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// documentsScreen is « Mes documents »: what the session holds. Names are here, and go with the screen.
type documentsScreen struct {
	documents []session.Document
	list      list
	outgoing
}

func (s *documentsScreen) title(w *world) string { return w.t("documents.title") }
func (s *documentsScreen) help() string          { return "documents" }

func (s *documentsScreen) enter(w *world) tea.Cmd { return w.callDocuments(s) }

// changed lists again when the counts differ: a download has arrived, a copy has ended.
func (s *documentsScreen) changed(w *world, before session.Status) tea.Cmd {
	if before.Documents == w.status.Documents && before.Medium.State == w.status.Medium.State {
		return nil
	}
	return tea.Batch(w.callDocuments(s), s.ended(w, before, s))
}

func (s *documentsScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case documentsMsg:
		if msg.err == nil {
			s.documents = msg.documents
		}
	case answerMsg:
		w.tell(msg, "documents.deleted", callDelete)
	}
	return nil
}

func (s *documentsScreen) draw(p *page) {
	d := p.status.Documents
	var cs []choice
	if len(s.documents) > 0 {
		cs = append(cs, choice{id: "all", label: p.t("documents.copy_all"), key: "0", off: !p.canWrite()})
	}
	p.actions(cs...)
	if len(s.documents) == 0 {
		tip := assets.TipFor(p.lang, assets.MomentDocuments, 0)
		p.beside(tip.Picture, func(p *page) {
			p.say(inkStrong, p.t("documents.empty"))
			p.gap(1)
			p.say(inkSoft, p.t("documents.lead"))
			p.gap(1)
			p.say(inkSand, tip.Reminder)
		})
		return
	}
	p.say(inkSoft, p.t("documents.lead"))
	if d.Full {
		p.told(inkWarn, p.t("documents.full"))
	}
	switch {
	case p.status.Medium.State == session.MediumCopyingOut:
		p.told(inkWarn, p.t("medium.do_not_pull")+" "+p.t("medium.state.copying-out"))
		p.progress(p.status.Medium)
		if left := p.timeLeft(p.status.Medium); left != "" {
			p.say(inkText, left)
		}
	case d.Unsaved > 0:
		p.told(inkWarn, p.n("documents.unsaved", d.Unsaved))
	default:
		p.told(inkGood, p.t("documents.all_saved"))
	}
	p.gap(1)
	p.list(&s.list, p.room-p.y, len(s.documents), func(n int) listRow { return documentRow(p.world, s.documents[n]) })
}

func documentRow(w *world, d session.Document) listRow {
	row := listRow{name: d.Name.Printable(), right: w.size(d.Size), tick: " "}
	switch {
	case d.Arriving:
		row.sign, row.below, row.off = inkSoft, "↓ "+w.t("documents.arriving"), true
	case d.Saved:
		row.sign, row.below = inkGood, "✓ "+w.t("documents.saved")
	default:
		row.sign, row.below = inkWarn, "! "+w.t("documents.not_saved")
	}
	return row
}

// canWrite says that documents can be copied to a key now.
func (w *world) canWrite() bool {
	return w.status.Medium.State == session.MediumReady && w.status.Medium.Writable
}

func (s *documentsScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, s.list.key(w.front(), k)
}

func (s *documentsScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

func (s *documentsScreen) pick(w *world, id string) tea.Cmd {
	if n := rowOf(id); n >= 0 && n < len(s.documents) {
		w.front().focus = id
		if s.documents[n].Arriving {
			return nil
		}
		return w.push(&documentScreen{document: s.documents[n]})
	}
	if id == "all" {
		return s.copyOut(w, s.documents...)
	}
	return nil
}

func (s *documentsScreen) banner(w *world) notice {
	if d := w.status.Documents; d.Unsaved > 0 {
		return notice{inkWarn, "! " + w.n("documents.unsaved", d.Unsaved)}
	}
	return notice{inkText, w.t("documents.lead")}
}

package kiosk

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// outgoing is a copy to the key that a screen asked for.
type outgoing struct{ asked []session.DocumentID }

// copyOut copies documents to the key, or says what is missing for that.
func (o *outgoing) copyOut(w *world, documents ...session.Document) tea.Cmd {
	switch {
	case !w.status.Medium.Present():
		w.say(inkWarn, w.t("documents.need_key"))
		return nil
	case w.status.Medium.Busy():
		w.say(inkWarn, w.t("error.busy"))
		return nil
	case !w.status.Medium.Writable:
		w.say(inkWarn, w.t("medium.read_only"))
		return nil
	}
	var ids []session.DocumentID
	for _, d := range documents {
		if !d.Arriving {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	o.asked = ids
	return w.callCopyOut(ids, session.CopyOptions{})
}

// ended says how the copy went, when one has just ended, and asks about what nobody could check.
func (o *outgoing) ended(w *world, before session.Status, on screen) tea.Cmd {
	m := w.status.Medium
	if before.Medium.State != session.MediumCopyingOut || m.State == session.MediumCopyingOut || w.front().screen != on {
		return nil
	}
	w.tellCopiedOut(m)
	if m.Held == 0 || len(o.asked) == 0 || !w.canWrite() || w.options.Config.Media.Unchecked == "refuse" {
		return nil
	}
	asked := o.asked
	o.asked = nil
	return w.push(&heldScreen{asked: asked})
}

// tellCopiedOut says how a copy to the key went, and what to do about what did not go.
func (w *world) tellCopiedOut(m session.MediumStatus) {
	var told []string
	if m.Copied > 0 {
		told = append(told, w.n("documents.copied", m.Copied))
	}
	if m.Held > 0 {
		told = append(told, w.n("documents.held", m.Held))
	}
	refused := m.Failed - m.Held
	switch {
	case m.Problem == session.MediumFine && refused > 0:
		told = append(told, w.n("documents.failed", refused))
	case m.Problem == session.MediumRefused && refused > 0:
		told = append(told, w.n("documents.refused", refused))
	case m.Problem != session.MediumFine && m.Problem != session.MediumRefused:
		told = append(told, w.problemText(m.Problem))
	}
	if len(told) > 0 {
		w.say(inkIf(m.Failed > 0 || m.Problem != session.MediumFine, inkWarn, inkGood), strings.Join(told, " "))
	}
}

// heldScreen asks before documents go to the key that nobody could check. The careful answer is the one of Enter.
type heldScreen struct {
	asked     []session.DocumentID
	documents []session.Document // those of asked that are on no key yet
}

func (s *heldScreen) title(w *world) string { return w.t("documents.ask_unchecked_title") }
func (s *heldScreen) help() string          { return "documents" }

func (s *heldScreen) enter(w *world) tea.Cmd { return w.callDocuments(s) }

func (s *heldScreen) hear(_ *world, msg tea.Msg) tea.Cmd {
	if d, ok := msg.(documentsMsg); ok && d.err == nil {
		s.documents = nil
		for _, d := range d.documents {
			if slices.Contains(s.asked, d.ID) && !d.Saved {
				s.documents = append(s.documents, d)
			}
		}
	}
	return nil
}

func (s *heldScreen) draw(p *page) {
	p.actions(
		choice{id: "refuse", label: p.t("documents.refuse_unchecked"), safe: true, esc: true},
		choice{id: "accept", label: p.t("documents.accept_unchecked")},
	)
	p.say(inkText, p.t("documents.ask_unchecked"))
	p.gap(1)
	for i, d := range s.documents {
		if left := p.room - p.y; left <= 1 && i < len(s.documents)-1 {
			p.say(inkSoft, p.n("finish.unsaved_more", len(s.documents)-i))
			break
		}
		p.sheet.put(0, p.y, inkWarn, "! "+shortenName(d.Name.Printable(), p.wide-2))
		p.y++
	}
	p.sheet.grow(p.y)
}

// pick copies once more only what is on no key: the others would be there twice.
func (s *heldScreen) pick(w *world, id string) tea.Cmd {
	back := w.back()
	if id != "accept" {
		return back
	}
	ids := s.asked
	if len(s.documents) > 0 {
		ids = nil
		for _, d := range s.documents {
			ids = append(ids, d.ID)
		}
	}
	return tea.Batch(back, w.callCopyOut(ids, session.CopyOptions{AcceptUnchecked: true}))
}

func (s *heldScreen) banner(w *world) notice {
	return notice{inkWarn, "! " + w.n("documents.held", len(s.documents))}
}

package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// actions are what can be done with the key as it is now. Their numbers go down from 0: those from 1 up are the files.
func (s *mediumScreen) actions(w *world) []choice {
	m := w.status.Medium
	switch m.State {
	case session.MediumReady:
		cs := []choice{{id: "copy-in", label: w.t("medium.copy_in"), short: w.t("medium.copy_in_short"), key: "0", off: s.chosen() == 0}}
		if len(s.files) == 0 {
			cs = nil
		}
		if w.status.Documents.Count > 0 && m.Writable {
			cs = append(cs, choice{id: "copy-out", label: w.t("medium.copy_out"), short: w.t("medium.copy_out_short"), key: "9"})
		}
		if len(s.files) > 1 {
			cs = append(cs, choice{id: "all", label: w.t("medium.all"), key: "8"})
		}
		return append(cs, choice{id: "eject", label: w.t("medium.eject"), short: w.t("medium.eject_short"), key: "7"})
	case session.MediumCopyingIn, session.MediumCopyingOut:
		return []choice{{id: "cancel", label: w.t("medium.cancel"), key: "0"}}
	case session.MediumUnreadable:
		return []choice{{id: "eject", label: w.t("medium.eject"), key: "7"}}
	default:
		return nil
	}
}

// key ticks the file under the focus, and walks the list.
func (s *mediumScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if n := rowOf(w.front().focus); k.Code == tea.KeySpace && n >= 0 {
		s.tick(w, n)
		return nil, true
	}
	return nil, s.list.key(w.front(), k)
}

func (s *mediumScreen) pick(w *world, id string) tea.Cmd {
	if n := rowOf(id); n >= 0 {
		w.front().focus = id
		s.tick(w, n)
		return nil
	}
	switch id {
	case "copy-in":
		return s.copyIn(w)
	case "copy-out":
		return w.push(&documentsScreen{})
	case "all":
		s.tickAll(w)
	case "cancel":
		return w.callCancelCopy()
	case "eject":
		return w.callEject()
	}
	return nil
}

// tick takes a file or leaves it. What cannot be taken says why, without blame.
func (s *mediumScreen) tick(w *world, n int) {
	if n >= len(s.files) {
		return
	}
	f := s.files[n]
	switch {
	case !f.Checked:
		w.say(inkText, w.t("verdict.waiting"))
	case f.Verdict == session.Suspect:
		w.say(inkWarn, w.t("verdict.suspect_what"))
	case !s.canTake(w, f):
		w.say(inkWarn, w.t("error.unchecked"))
	default:
		if s.ticked == nil {
			s.ticked = map[session.FileID]bool{}
		}
		s.ticked[f.ID] = !s.ticked[f.ID]
	}
}

// tickAll takes all in which nothing was found, or leaves all again.
func (s *mediumScreen) tickAll(w *world) {
	if s.chosen() > 0 {
		s.ticked = nil
		return
	}
	s.ticked = map[session.FileID]bool{}
	for _, f := range s.files {
		if f.Checked && f.Verdict == session.Clean {
			s.ticked[f.ID] = true
		}
	}
}

// copyIn copies what is ticked; it asks first when part of it was not checked.
func (s *mediumScreen) copyIn(w *world) tea.Cmd {
	var all, clean []session.FileID
	var doubtful []session.MediumFile
	for _, f := range s.files {
		if !s.ticked[f.ID] {
			continue
		}
		all = append(all, f.ID)
		if f.Verdict == session.Clean {
			clean = append(clean, f.ID)
		} else {
			doubtful = append(doubtful, f)
		}
	}
	switch {
	case len(all) == 0:
		w.say(inkWarn, w.t("medium.none_selected"))
		return nil
	case len(doubtful) > 0:
		return w.push(&uncheckedScreen{files: doubtful, all: all, clean: clean})
	}
	return w.callCopyIn(all, session.CopyOptions{})
}

// uncheckedScreen asks before files are taken that could not be checked. The careful answer is the one of Enter.
type uncheckedScreen struct {
	files      []session.MediumFile
	all, clean []session.FileID
}

func (s *uncheckedScreen) title(w *world) string { return w.t("medium.ask_unchecked_title") }
func (s *uncheckedScreen) help() string          { return "medium" }

func (s *uncheckedScreen) draw(p *page) {
	p.actions(
		choice{id: "refuse", label: p.t("medium.refuse_unchecked"), safe: true, esc: true},
		choice{id: "accept", label: p.t("medium.accept_unchecked")},
	)
	p.say(inkText, p.t("medium.ask_unchecked"))
	p.gap(1)
	for i, f := range s.files {
		if left := p.room - p.y; left <= 1 && i < len(s.files)-1 {
			p.say(inkSoft, p.n("finish.unsaved_more", len(s.files)-i))
			break
		}
		line := "! " + shortenName(f.Name.Printable(), p.wide/2)
		for _, reason := range f.Reasons {
			if w := p.t("reason." + string(reason)); textWidth(line)+textWidth(w)+3 <= p.wide {
				line += " · " + w
				break
			}
		}
		p.sheet.put(0, p.y, inkWarn, line)
		p.y++
	}
}

func (s *uncheckedScreen) pick(w *world, id string) tea.Cmd {
	back := w.back()
	switch {
	case id == "accept":
		return tea.Batch(back, w.callCopyIn(s.all, session.CopyOptions{AcceptUnchecked: true}))
	case len(s.clean) > 0:
		return tea.Batch(back, w.callCopyIn(s.clean, session.CopyOptions{}))
	}
	return back
}

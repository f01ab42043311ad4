package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// actions are what can be done with the key as it is now. Their numbers go down from 0: those from 1 up are the files.
func (s *mediumScreen) actions(w *world) []choice {
	m := w.status.Medium
	eject := choice{id: "eject", label: w.t("medium.eject"), key: "7"}
	more := choice{id: "more", label: w.t("medium.more"), short: w.t("medium.more_short"), key: "9"}
	switch m.State {
	case session.MediumReady, session.MediumChecking:
		cs := []choice{{id: "copy-in", label: w.t("medium.copy_in"), short: w.t("medium.copy_in_short"), key: "0", off: s.chosen() == 0}}
		if m.Files == 0 {
			cs = nil
		}
		return append(cs, eject, more)
	case session.MediumCopyingIn, session.MediumCopyingOut:
		return []choice{{id: "cancel", label: w.t("medium.cancel"), key: "0"}, more}
	case session.MediumUnreadable:
		return []choice{eject}
	default:
		return nil
	}
}

// key ticks the file under the focus, says why it has its verdict, ticks all, and walks the list.
func (s *mediumScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	n := rowOf(w.front().focus)
	on := n >= 0 && n < len(s.files)
	if d, ok := digit(k); ok && d == 8 && len(s.files) > 0 {
		s.tickAll()
		return nil, true
	}
	switch {
	case on && k.Code == tea.KeySpace:
		return s.tick(w, n), true
	case on && lower(k.Text) == "p":
		return w.push(&whyScreen{file: s.files[n]}), true
	}
	return nil, s.list.key(w.front(), k)
}

func (s *mediumScreen) pick(w *world, id string) tea.Cmd {
	if n := rowOf(id); n >= 0 {
		w.front().focus = id
		return s.tick(w, n)
	}
	switch id {
	case "copy-in":
		return s.copyIn(w)
	case "more":
		return w.push(&mediumMoreScreen{of: s})
	case "cancel":
		return w.callCancelCopy()
	case "eject":
		return w.callEject()
	}
	return nil
}

// tick takes a file or leaves it. What cannot be taken says why, without blame; what waits is looked at at once.
func (s *mediumScreen) tick(w *world, n int) tea.Cmd {
	if n >= len(s.files) {
		return nil
	}
	f := s.files[n]
	if !s.canTake(w, f) {
		return w.push(&whyScreen{file: f})
	}
	if s.ticked == nil {
		s.ticked = map[session.FileID]bool{}
	}
	s.ticked[f.ID] = !s.ticked[f.ID]
	switch {
	case !s.ticked[f.ID]:
		delete(s.ticked, f.ID)
	case !f.Checked && looking(w.status.Medium):
		w.say(inkText, w.t("medium.looking_first"))
		return w.callCheckFirst(s.waiting())
	case f.Checked && f.Verdict == session.Unchecked:
		w.say(inkWarn, w.t("verdict.unchecked_what")+" "+w.t("medium.why_key"))
	}
	return nil
}

// waiting are the files that were chosen and not yet looked at.
func (s *mediumScreen) waiting() []session.FileID {
	var ids []session.FileID
	for _, f := range s.files {
		if s.ticked[f.ID] && !f.Checked {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// tickAll takes all in which nothing was found, or leaves all again.
func (s *mediumScreen) tickAll() {
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

// copyIn copies what is ticked; it asks first when part of it could not be checked. What was not looked at yet is
// checked by the copy.
func (s *mediumScreen) copyIn(w *world) tea.Cmd {
	var all, rest []session.FileID
	var doubtful []session.MediumFile
	for _, f := range s.files {
		if !s.ticked[f.ID] {
			continue
		}
		all = append(all, f.ID)
		if f.Checked && f.Verdict != session.Clean {
			doubtful = append(doubtful, f)
		} else {
			rest = append(rest, f.ID)
		}
	}
	switch {
	case len(all) == 0:
		w.say(inkWarn, w.t("medium.none_selected"))
		return nil
	case len(doubtful) > 0:
		s.copying = all
		return w.push(&uncheckedScreen{files: doubtful, all: all, clean: rest})
	}
	s.copying = all
	return w.callCopyIn(all, session.CopyOptions{})
}

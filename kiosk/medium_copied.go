package kiosk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// tellCopy says how a copy went, when one has just ended.
func (s *mediumScreen) tellCopy(w *world, before, now session.MediumStatus) {
	switch before.State {
	case session.MediumCopyingOut:
		w.tellCopiedOut(now)
		return
	case session.MediumCopyingIn:
	default:
		return
	}
	for _, id := range s.copying {
		delete(s.ticked, id)
	}
	s.held = now.Held > 0 && w.options.Config.Media.Unchecked != "refuse"
	var told []string
	if now.Copied > 0 {
		told = append(told, w.n("medium.copied", now.Copied))
	}
	if now.Held > 0 && !s.held {
		told = append(told, w.n("medium.held", now.Held))
	}
	failed := now.Failed - now.Held
	switch {
	case failed > 0 && now.Problem == session.MediumRefused:
		told = append(told, w.n("medium.refused", failed))
	case failed > 0:
		told = append(told, w.n("medium.failed", failed))
	}
	if p := now.Problem; p != session.MediumFine && p != session.MediumRefused {
		told = append(told, w.problemText(p))
	}
	if len(told) > 0 {
		w.say(inkIf(now.Failed > 0 || now.Problem != session.MediumFine, inkWarn, inkGood), strings.Join(told, " "))
	}
}

// askHeld asks about the files that a copy held back, once the list says which could not be checked.
func (s *mediumScreen) askHeld(w *world) tea.Cmd {
	if !s.held || w.status.Medium.State == session.MediumCopyingIn || w.front().screen != s {
		return nil
	}
	s.held = false
	var doubtful []session.MediumFile
	var ids []session.FileID
	for _, id := range s.copying {
		if i, there := s.place[id]; there && s.files[i].Checked && s.files[i].Verdict == session.Unchecked {
			doubtful, ids = append(doubtful, s.files[i]), append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	s.copying = ids
	return w.push(&uncheckedScreen{files: doubtful, all: ids})
}

// problemText says in words what went wrong with the key.
func (w *world) problemText(p session.MediumProblem) string {
	if key := "medium.problem." + string(p); w.has(key) {
		return w.t(key)
	}
	return w.t("error.unknown")
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

// changed takes the names away with the key.
func (s *uncheckedScreen) changed(w *world, _ session.Status) tea.Cmd {
	if w.status.Medium.Present() {
		return nil
	}
	s.files = nil
	return w.leaveKey()
}

// pick answers: the call is made for the screen of the key, which hears how it went.
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

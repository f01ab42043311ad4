package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// mediumScreen is « Ma clé USB »: what is on the key and what is known of it, and copying in and out. Names of files
// are here, and go with the screen.
type mediumScreen struct {
	files  []session.MediumFile
	place  map[session.FileID]int // where a file is in files
	ticked map[session.FileID]bool
	list   list
	listed time.Time // when the files were last asked for
	asking bool      // they are being asked for
}

// listEvery is how often the files are listed again while they are being checked.
const listEvery = time.Second

func (s *mediumScreen) title(w *world) string { return w.t("medium.title") }
func (s *mediumScreen) help() string          { return "medium" }

func (s *mediumScreen) enter(w *world) tea.Cmd { return s.relist(w) }

func (s *mediumScreen) relist(w *world) tea.Cmd {
	if !w.status.Medium.Present() || s.asking {
		return nil
	}
	s.asking, s.listed = true, w.now()
	return w.callMedium(s)
}

// changed lists the files again when the key is elsewhere, and now and then while it is being checked.
func (s *mediumScreen) changed(w *world, before session.Status) tea.Cmd {
	m := w.status.Medium
	if !m.Present() {
		s.files, s.place, s.ticked, s.list = nil, nil, nil, list{}
		return nil
	}
	if m.State != before.Medium.State {
		s.asking = false
		s.tellCopy(w, before.Medium, m)
		return s.relist(w)
	}
	if m.State == session.MediumChecking && w.now().Sub(s.listed) >= listEvery {
		return s.relist(w)
	}
	return nil
}

// tellCopy says how a copy went, when one has just ended.
func (s *mediumScreen) tellCopy(w *world, before, now session.MediumStatus) {
	if before.State != session.MediumCopyingIn && before.State != session.MediumCopyingOut {
		return
	}
	s.ticked = nil
	switch {
	case now.Problem != session.MediumFine:
		w.say(inkWarn, w.problemText(now.Problem))
	case now.Failed > 0:
		w.say(inkWarn, w.n("medium.failed", now.Failed))
	case now.Copied > 0:
		w.say(inkGood, w.n("medium.copied", now.Copied))
	}
}

// problemText says in words what went wrong with the key.
func (w *world) problemText(p session.MediumProblem) string {
	if key := "medium.problem." + string(p); w.has(key) {
		return w.t(key)
	}
	return w.t("error.unknown")
}

func (s *mediumScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case filesMsg:
		s.asking = false
		if msg.err != nil {
			return nil // the status says how the key is
		}
		s.files, s.place = msg.files, make(map[session.FileID]int, len(msg.files))
		for i, f := range msg.files {
			s.place[f.ID] = i
		}
	case answerMsg:
		if msg.err != nil {
			w.sayError(msg.err)
		}
	}
	return nil
}

func (s *mediumScreen) draw(p *page) {
	m := p.status.Medium
	p.actions(s.actions(p.world)...)
	switch m.State {
	case session.MediumReady:
		s.drawReady(p)
	case session.MediumChecking, session.MediumCopyingIn, session.MediumCopyingOut:
		s.drawProgress(p)
		if m.State == session.MediumChecking {
			s.drawFiles(p)
		}
	case session.MediumEjected:
		p.beside(keyPicture(p.lang), func(p *page) {
			p.told(inkGood, p.t("medium.state.ejected"))
		})
	case session.MediumNone:
		p.beside(keyPicture(p.lang), func(p *page) {
			p.say(inkSoft, p.t("medium.lead"))
			p.gap(1)
			p.say(inkStrong, p.t("medium.state.none"))
			p.gap(1)
			p.say(inkSand, p.reminder(assets.MomentKey))
		})
	default:
		p.told(inkWarn, p.t("medium.state."+mediumStates[m.State]))
		if m.Problem != session.MediumFine {
			p.say(inkText, p.problemText(m.Problem))
		}
	}
}

// mediumStates are the keys of the texts "medium.state.NAME".
var mediumStates = map[session.MediumState]string{
	session.MediumNone: "none", session.MediumReading: "reading", session.MediumChecking: "checking",
	session.MediumReady: "ready", session.MediumCopyingIn: "copying-in", session.MediumCopyingOut: "copying-out",
	session.MediumEjecting: "ejecting", session.MediumEjected: "ejected", session.MediumUnreadable: "unreadable",
	session.MediumPulled: "pulled", session.MediumForgotten: "forgotten",
}

// keyPicture is the picture of the tip about keys.
func keyPicture(lang string) assets.Picture {
	for _, tip := range assets.TipsFor(lang, assets.MomentKey) {
		if tip.Number == 0 {
			return tip.Picture
		}
	}
	return nil
}

// drawProgress says what is being done, how far it is, and with which file.
func (s *mediumScreen) drawProgress(p *page) {
	m := p.status.Medium
	p.say(inkSoft, p.t("medium.lead"))
	p.told(inkWarn, p.t("medium.state."+mediumStates[m.State]))
	part := 0.0
	if m.BytesTotal > 0 {
		part = float64(m.BytesDone) / float64(m.BytesTotal)
	}
	p.bar(0, p.wide, inkBar, part)
	if i, ok := s.place[m.Current]; ok {
		doing := p.t("medium.looking")
		if m.State != session.MediumChecking {
			doing = p.t("medium.copying")
		}
		x := p.sheet.put(0, p.y, inkSoft, doing) + 1
		p.sheet.put(x, p.y, inkText, shortenName(s.files[i].Name.Printable(), p.wide-x))
	} else {
		p.sheet.put(0, p.y, inkSoft, p.t("medium.progress", m.Clean+m.Suspect+m.Unchecked, m.Files))
	}
	p.y++
	p.gap(1)
}

func (s *mediumScreen) drawReady(p *page) {
	m := p.status.Medium
	if reason := p.status.Antivirus.Problem; reason != session.ReasonNone {
		p.told(inkWarn, p.t("reason."+string(reason)))
	}
	if len(s.files) == 0 {
		p.say(inkStrong, p.t("medium.empty"))
		return
	}
	k := inkGood
	if m.Suspect > 0 || m.Unchecked > 0 {
		k = inkWarn
	}
	p.told(k, p.t("medium.counts", m.Clean, m.Suspect, m.Unchecked))
	if m.Problem != session.MediumFine && p.notice.text == "" {
		p.told(inkWarn, p.problemText(m.Problem))
	}
	if n := s.chosen(); n > 0 {
		p.say(inkStrong, p.n("medium.selected", n))
	} else {
		p.say(inkStrong, p.t("medium.choose"))
	}
	if p.room-p.y > 15 {
		p.gap(1)
	}
	s.drawFiles(p)
}

func (s *mediumScreen) drawFiles(p *page) {
	p.list(&s.list, p.room-p.y, len(s.files), func(n int) listRow { return s.row(p.world, s.files[n]) })
}

// row says in words what is known of a file.
func (s *mediumScreen) row(w *world, f session.MediumFile) listRow {
	row := listRow{name: f.Name.Printable(), right: w.size(f.Size), tick: "☐"}
	if s.ticked[f.ID] {
		row.tick = "☑"
	}
	if !s.canTake(w, f) {
		row.tick, row.off = " ", true
	}
	switch {
	case !f.Checked:
		row.sign, row.below = inkSoft, "… "+w.t("verdict.waiting")
	case f.Verdict == session.Clean:
		row.sign, row.below = inkGood, "✓ "+w.t("verdict.clean")
	case f.Verdict == session.Suspect:
		row.sign, row.below = inkDanger, "✗ "+w.t("verdict.suspect")
	default:
		row.sign, row.below = inkWarn, "! "+w.t("verdict.unchecked")
	}
	for i, reason := range f.Reasons {
		if i == 0 && w.has("reason."+string(reason)) {
			row.below += " · " + w.t("reason."+string(reason))
		}
	}
	return row
}

// canTake says that a file may be chosen: it was checked, it is not suspect, and where the structure refuses what
// could not be checked, it could be.
func (s *mediumScreen) canTake(w *world, f session.MediumFile) bool {
	switch {
	case !f.Checked || f.Verdict == session.Suspect:
		return false
	case f.Verdict == session.Clean:
		return true
	default:
		return w.options.Config.Media.Unchecked != "refuse"
	}
}

func (s *mediumScreen) chosen() int {
	n := 0
	for _, yes := range s.ticked {
		if yes {
			n++
		}
	}
	return n
}

func (s *mediumScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

func (s *mediumScreen) banner(w *world) notice {
	m := w.status.Medium
	text := w.t("medium.state." + mediumStates[m.State])
	if m.Busy() {
		return notice{inkWarn, "! " + text}
	}
	return notice{inkText, text}
}

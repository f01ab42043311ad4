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
	files   []session.MediumFile
	place   map[session.FileID]int // where a file is in files
	ticked  map[session.FileID]bool
	copying []session.FileID // what the last copy was asked for
	held    bool             // that copy held some back: ask, once the list says which
	list    list
	listed  time.Time     // when the files were last asked for
	asking  bool          // they are being asked for
	took    time.Duration // how long the last answer took
}

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

// listEvery is how often the files are listed again while they are being checked: a list of 20,000 crosses the bus
// whole, so it is asked for less often than one of ten.
func listEvery(files int) time.Duration {
	return time.Second + time.Duration(max(files-1000, 0))*250*time.Microsecond
}

// changed lists the files again when the key is elsewhere, and now and then while it is being checked.
func (s *mediumScreen) changed(w *world, before session.Status) tea.Cmd {
	m := w.status.Medium
	if !m.Present() {
		*s = mediumScreen{}
		return nil
	}
	if m.State != before.Medium.State {
		s.asking = false
		s.tellCopy(w, before.Medium, m)
		return s.relist(w)
	}
	if looking(m) && w.now().Sub(s.listed) >= max(listEvery(len(s.files)), 10*s.took) {
		return s.relist(w)
	}
	return nil
}

// looking says that verdicts are still to come.
func looking(m session.MediumStatus) bool {
	return m.State == session.MediumChecking || m.State == session.MediumCopyingIn
}

func (s *mediumScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case filesMsg:
		s.asking = false
		if msg.err != nil {
			return nil // the status says how the key is
		}
		s.took = w.now().Sub(s.listed)
		s.take(msg.files)
		s.leaveRefused(w)
		return s.askHeld(w)
	case answerMsg:
		if msg.err != nil {
			s.held = false
			w.sayError(msg.err)
		}
	}
	return nil
}

// leaveRefused unticks what was ticked before its verdict, and cannot be taken.
func (s *mediumScreen) leaveRefused(w *world) {
	for id, ticked := range s.ticked {
		i, there := s.place[id]
		if !ticked || !there || s.canTake(w, s.files[i]) {
			continue
		}
		delete(s.ticked, id)
		if s.files[i].Verdict == session.Suspect {
			w.say(inkWarn, w.t("verdict.suspect_what"))
		} else {
			w.say(inkWarn, w.t("error.unchecked"))
		}
	}
}

func (s *mediumScreen) draw(p *page) {
	m := p.status.Medium
	p.actions(s.actions(p.world)...)
	p.refusal()
	switch m.State {
	case session.MediumReady:
		s.drawReady(p)
	case session.MediumChecking, session.MediumCopyingIn, session.MediumCopyingOut:
		s.drawProgress(p)
		if m.State != session.MediumCopyingOut {
			s.drawFiles(p)
		}
	case session.MediumEjected:
		p.beside(keyPicture(p.lang), func(p *page) {
			p.told(inkGood, p.t("medium.state.ejected"))
		})
	case session.MediumNone:
		p.beside(keyPicture(p.lang), func(p *page) {
			lead := p.t("medium.lead")
			p.say(inkSoft, lead)
			p.gap(1)
			p.say(inkStrong, p.t("medium.state.none"))
			if reminder := p.reminder(assets.MomentKey); reminder != lead { // one of the tips says the same
				p.gap(1)
				p.say(inkSand, reminder)
			}
		})
	default:
		s.drawOther(p)
	}
}

// drawOther is a key that is being read or given back, or that cannot be read.
func (s *mediumScreen) drawOther(p *page) {
	m := p.status.Medium
	if m.Busy() {
		p.told(inkWarn, p.t("medium.do_not_pull"))
		p.gap(1)
		p.say(inkText, p.t("medium.state."+mediumStates[m.State]))
		return
	}
	if m.State == session.MediumUnreadable && m.Problem != session.MediumFine && m.Problem != session.MediumNotReadable {
		p.told(inkWarn, p.problemText(m.Problem)) // more is known than that it cannot be read
		return
	}
	p.told(inkWarn, p.t("medium.state."+mediumStates[m.State]))
	if m.Problem != session.MediumFine {
		p.gap(1)
		p.say(inkText, p.problemText(m.Problem))
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

func (s *mediumScreen) drawReady(p *page) {
	m := p.status.Medium
	if p.antivirusBlind() {
		p.told(inkWarn, p.t("medium.ended")+" "+p.t("medium.take_first"))
	} else {
		p.told(inkGood, p.t("medium.state.ready")+" "+p.t("medium.take_first"))
	}
	if m.Files == 0 {
		p.gap(1)
		p.say(inkStrong, p.t("medium.empty"))
		if m.Writable {
			p.say(inkText, p.t("medium.empty_what"))
		} else {
			p.say(inkText, p.t("medium.read_only"))
		}
		return
	}
	beside := s.chosenBeside(p)
	p.counts(m)
	p.antivirus()
	if m.Problem != session.MediumFine && p.notice.text == "" {
		p.told(inkWarn, p.problemText(m.Problem))
	} else if !m.Writable {
		p.told(inkSoft, p.t("medium.read_only"))
	}
	if !beside {
		s.drawChosen(p)
	}
	s.drawFiles(p)
}

// chosenBeside says how many files are chosen at the end of the line of counts, which is drawn next, where a line of its
// own would cost a file. Whether it does must not depend on what is chosen: the list would jump.
func (s *mediumScreen) chosenBeside(p *page) bool {
	m, text := p.status.Medium, p.t("medium.choose_short")
	if n := s.chosen(); n > 0 {
		text = p.n("medium.selected", n)
	}
	if p.room >= 18 || textWidth(p.t("medium.counts", m.Clean, m.Suspect, m.Unchecked))+22+4 > p.wide {
		return false
	}
	p.sheet.put(p.wide-textWidth(text), p.y, inkStrong, text)
	return true
}

// drawChosen says how many files are chosen, or that some can be. There is always a line of it, so that the list stays
// where it is.
func (s *mediumScreen) drawChosen(p *page) {
	if n := s.chosen(); n > 0 {
		p.say(inkStrong, p.n("medium.selected", n))
		return
	}
	text := p.t("medium.choose")
	if more := text + " " + p.t("medium.sorted"); textWidth(more) <= p.wide {
		text = more
	}
	p.say(inkStrong, text)
}

func (s *mediumScreen) drawFiles(p *page) {
	if p.room-p.y > min(15, 3*len(s.files)) { // there is room, or few files take it
		p.gap(1)
	}
	p.list(&s.list, p.room-p.y, len(s.files), func(n int) listRow { return s.row(p.world, s.files[n]) })
}

func (s *mediumScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

// banner holds no name: others may look at the screen while the visitor is elsewhere.
func (s *mediumScreen) banner(w *world) notice {
	m := w.status.Medium
	switch {
	case m.Busy():
		text := "! " + w.t("medium.do_not_pull")
		for _, more := range []string{w.part(m), w.timeLeft(m)} {
			if more != "" {
				text += " · " + more
			}
		}
		return notice{inkWarn, text}
	case w.status.Refused != session.RefusedNothing:
		return w.refusedLine()
	}
	return notice{inkText, w.t("medium.state." + mediumStates[m.State])}
}

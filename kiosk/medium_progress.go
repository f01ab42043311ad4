package kiosk

import (
	"strconv"
	"time"

	"estran/session"
)

// drawProgress says what to do with the key, how far it is, with which file, and how long it takes yet.
func (s *mediumScreen) drawProgress(p *page) {
	m := p.status.Medium
	p.told(inkWarn, p.t("medium.do_not_pull")+" "+p.t("medium.state."+mediumStates[m.State]))
	p.progress(m)
	s.drawCurrent(p)
	p.counts(m)
	p.antivirus()
	if m.State != session.MediumCopyingOut {
		s.drawChosen(p)
	}
}

// drawCurrent names the file that is being looked at or copied, and says how long it takes yet.
func (s *mediumScreen) drawCurrent(p *page) {
	m := p.status.Medium
	right := p.timeLeft(m)
	at := p.wide - textWidth(right)
	if i, ok := s.place[m.Current]; ok {
		doing := p.t("medium.looking")
		if m.State != session.MediumChecking {
			doing = p.t("medium.copying")
		}
		x := p.sheet.put(0, p.y, inkSoft, doing) + 1
		p.sheet.put(x, p.y, inkText, shortenName(s.files[i].Name.Printable(), at-x-2))
	} else {
		p.sheet.put(0, p.y, inkSoft, shorten(p.t("medium.progress", checkedOf(m), m.Files), at-2))
	}
	p.sheet.put(at, p.y, inkText, right)
	p.y++
	p.sheet.grow(p.y)
}

// checkedOf counts the files that were looked at.
func checkedOf(m session.MediumStatus) int { return m.Clean + m.Suspect + m.Unchecked }

// progress draws how much of the bytes is done, as a bar and in words.
func (p *page) progress(m session.MediumStatus) {
	right := p.part(m)
	if m.BytesTotal > 0 && p.wide >= 60 {
		right += " · " + p.t("medium.bytes", p.size(min(m.BytesDone, m.BytesTotal)), p.size(m.BytesTotal))
	}
	width := p.wide - textWidth(right) - 2
	part := 0.0
	if m.BytesTotal > 0 {
		part = float64(m.BytesDone) / float64(m.BytesTotal)
	}
	p.sheet.put(width+2, p.y, inkText, right)
	p.bar(0, max(width, 0), inkBar, part)
}

// part is how much is done, in hundredths; never all before it is.
func (w *world) part(m session.MediumStatus) string {
	if m.BytesTotal <= 0 {
		return ""
	}
	part := int(min(max(m.BytesDone, 0), m.BytesTotal) * 100 / m.BytesTotal)
	return strconv.Itoa(part) + "\u00a0%"
}

// timeLeft says about how long what runs takes yet, nothing while nobody can tell.
func (w *world) timeLeft(m session.MediumStatus) string {
	switch {
	case m.Left <= 0:
		return ""
	case m.Left < time.Minute:
		return w.t("medium.left_soon")
	default:
		return w.n("medium.left", int((m.Left+30*time.Second)/time.Minute))
	}
}

// counts says how many files have which verdict, in the words that the list uses, and the day of the virus list where
// there is room for it.
func (p *page) counts(m session.MediumStatus) {
	text := p.t("medium.counts", m.Clean, m.Suspect, m.Unchecked)
	if waiting := m.Files - checkedOf(m); waiting > 0 {
		text += " · " + p.t("medium.counts_waiting", waiting)
	}
	k := inkGood
	if m.Suspect > 0 || m.Unchecked > 0 {
		k = inkWarn
	}
	if day := p.signaturesDay(); day != "" && p.wide >= textWidth(text)+textWidth(day)+4 && p.room >= 18 {
		p.sheet.put(p.wide-textWidth(day), p.y, inkSoft, day)
		p.told(k, text)
		return
	}
	p.told(k, text)
	if day := p.signaturesDay(); day != "" && p.room-p.y >= 15 {
		p.sayAt(2, p.wide-2, inkSoft, day)
	}
}

// antivirus says what keeps files from being called clean, and that the virus list is old.
func (p *page) antivirus() {
	a := p.status.Antivirus
	days := p.signaturesAge()
	switch {
	case p.signaturesOlder(session.SignaturesTooOld):
		p.told(inkWarn, p.n("medium.signatures_too_old", days))
	case a.Problem != session.ReasonNone && p.has("reason."+string(a.Problem)):
		p.told(inkWarn, p.t("reason."+string(a.Problem)))
	case p.signaturesOlder(session.SignaturesOld):
		p.told(inkWarn, p.n("medium.signatures_old", days))
	}
}

// antivirusBlind says that no file can be called clean.
func (w *world) antivirusBlind() bool {
	return w.status.Antivirus.Problem != session.ReasonNone || w.signaturesOlder(session.SignaturesTooOld)
}

func (w *world) signaturesOlder(d time.Duration) bool {
	at := w.status.Antivirus.Signatures
	return !at.IsZero() && w.now().Sub(at) > d
}

// signaturesAge is how old the virus list is, in days.
func (w *world) signaturesAge() int {
	return max(int(w.now().Sub(w.status.Antivirus.Signatures)/(24*time.Hour)), 0)
}

// signaturesDay is the day of the virus list in words, "" when it is not known.
func (w *world) signaturesDay() string {
	if w.status.Antivirus.Signatures.IsZero() {
		return ""
	}
	return w.t("medium.signatures", w.day(w.status.Antivirus.Signatures))
}

func (w *world) day(t time.Time) string { return w.t("date.day", t.Day(), int(t.Month()), t.Year()) }

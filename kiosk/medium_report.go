package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// reportScreen is « Rapport pour l'agent »: all that is known of the check, for a médiateur who copies it by hand. It is
// written nowhere; the names are on it, and go with it.
type reportScreen struct {
	at    time.Time
	files []session.MediumFile // those in which something was found, or that were not checked
	list  list
}

func newReportScreen(w *world, files []session.MediumFile) *reportScreen {
	return &reportScreen{at: w.now(), files: doubtful(files)}
}

func (s *reportScreen) title(w *world) string { return w.t("report.title") }
func (s *reportScreen) help() string          { return "medium" }

// draw draws only the lines that show: a key may hold thousands of files that were not checked.
func (s *reportScreen) draw(p *page) {
	p.actions()
	lines := s.text(p.world, p.wide-2)
	room := max(p.room-p.y, 1)
	if len(lines) > room && room > 3 {
		room--
		defer func() { p.sheet.put(0, p.y, inkSoft, p.t("report.scroll")); p.y++; p.sheet.grow(p.y) }()
	}
	s.list.count, s.list.shown = len(lines), room
	s.list.top = min(max(s.list.top, 0), max(len(lines)-room, 0))
	s.list.from = s.list.top
	top := p.y
	for _, line := range lines[s.list.top:min(s.list.top+room, len(lines))] {
		p.sheet.put(0, p.y, line.ink, line.text)
		p.y++
	}
	p.listBar(&s.list, rect{p.wide - 1, top, 1, p.y - top})
	p.sheet.grow(p.y)
}

// indent is kept by wrap.
const indent = "\u00a0\u00a0"

// text is the whole report, wrapped.
func (s *reportScreen) text(w *world, width int) []notice {
	var lines []notice
	say := func(k ink, text string) {
		for _, line := range wrap(text, width) {
			lines = append(lines, notice{k, line})
		}
	}
	m, a := w.status.Medium, w.status.Antivirus
	say(inkStrong, w.t("report.day", w.day(s.at), w.t("date.hour", s.at.Hour(), s.at.Minute())))
	state := w.t("report.antivirus_fine")
	if key := "reason_it." + string(a.Problem); a.Problem != session.ReasonNone && w.has(key) {
		state = w.t(key)
	}
	say(inkText, w.t("report.antivirus", state))
	if a.Signatures.IsZero() {
		say(inkWarn, "! "+w.t("report.signatures_unknown"))
	} else {
		say(inkText, w.n("report.signatures", w.signaturesAge(), w.day(a.Signatures)))
	}
	say(inkText, w.t("report.files", m.Files)+" · "+w.t("medium.counts", m.Clean, m.Suspect, m.Unchecked))
	if m.Files > checkedOf(m) {
		say(inkWarn, "! "+w.t("report.running"))
	}
	say(inkText, "")
	if len(s.files) == 0 {
		say(inkGood, "✓ "+w.t("report.nothing"))
	}
	for _, f := range s.files {
		k, verdict := verdictOf(w, f)
		say(k, verdict+" · "+w.size(f.Size))
		say(inkStrong, indent+f.Name.Printable())
		for _, r := range f.Reasons {
			line := indent + "[" + string(r) + "]"
			if key := "reason_it." + string(r); w.has(key) {
				line += " " + w.t(key)
			}
			say(inkText, line)
		}
		say(inkText, "")
	}
	say(inkSand, w.t("report.limits"))
	say(inkText, w.t("report.limits_what"))
	say(inkText, "")
	say(inkStrong, w.t("report.kept"))
	return lines
}

func (s *reportScreen) pick(*world, string) tea.Cmd { return nil }

func (s *reportScreen) key(_ *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch k.Code {
	case tea.KeyUp, tea.KeyKpUp:
		s.scroll(-1)
	case tea.KeyDown, tea.KeyKpDown:
		s.scroll(1)
	case tea.KeyPgUp, tea.KeyKpPgUp:
		s.scroll(1 - s.list.shown)
	case tea.KeyPgDown, tea.KeyKpPgDown, tea.KeySpace:
		s.scroll(s.list.shown - 1)
	case tea.KeyHome, tea.KeyKpHome:
		s.list.top = 0
	case tea.KeyEnd, tea.KeyKpEnd:
		s.list.top = s.list.count
	default:
		return nil, false
	}
	return nil, true
}

func (s *reportScreen) wheel(_ *world, rows int) { s.scroll(3 * rows) }

func (s *reportScreen) scroll(rows int) {
	s.list.top = min(max(s.list.top+rows, 0), max(s.list.count-s.list.shown, 0))
}

// changed takes the names away with the key.
func (s *reportScreen) changed(w *world, _ session.Status) tea.Cmd {
	if w.status.Medium.Present() {
		return nil
	}
	s.files = nil
	return w.leaveKey()
}

func (s *reportScreen) banner(w *world) notice { return notice{inkText, w.t("report.kept")} }

package kiosk

import tea "charm.land/bubbletea/v2"

// noteScreen takes a few words to the person about what was done: three short lines, one after the other.
type noteScreen struct {
	deeds *deeds
	n     int
}

func (s *noteScreen) title(w *world) string { return w.t("done.title") }
func (s *noteScreen) help() string          { return "wizard_typing" }
func (s *noteScreen) agentOnly()            {}
func (s *noteScreen) writes() bool          { return true }

func (s *noteScreen) draw(p *page) {
	hint := p.t("done.note_hint")
	for _, before := range s.deeds.notes[:s.n] {
		hint = before.text().Printable() + "\n" + hint
	}
	p.typing(typing{
		badge: p.t("wizard.progress", s.n+1, len(s.deeds.notes)), ask: p.t("done.note_ask"), field: s.deeds.notes[s.n],
		hint: hint, placeholder: p.t("wizard.placeholder"), enter: p.t("wizard.next"),
	})
}

func (s *noteScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, w.typeOn(s.deeds.notes[s.n], k)
}

// pick goes to the next line; an empty one is the last.
func (s *noteScreen) pick(w *world, id string) tea.Cmd {
	if id != idEnter {
		return nil
	}
	if s.n == len(s.deeds.notes)-1 || s.deeds.notes[s.n].empty() {
		return w.back()
	}
	s.n++
	w.notice = notice{}
	return nil
}

func (s *noteScreen) goBack(w *world) tea.Cmd {
	if s.n > 0 {
		s.n--
		return nil
	}
	return w.back()
}

func (s *noteScreen) banner(w *world) notice {
	return typedLine(s.deeds.notes[s.n], w.t("done.note_ask"))
}

package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// detailScreen asks for the name of a service, or for a thing to do in words. What is typed is kept in the draft when one
// goes back; an empty line takes a service away that was there.
type detailScreen struct {
	draft *draft
	kind  mandate.FormalityKind
	of    *service // the one that is corrected, nil for a new one
}

func newDetailScreen(d *draft, kind mandate.FormalityKind, of *service) *detailScreen {
	return &detailScreen{draft: d, kind: kind, of: of}
}

func (s *detailScreen) title(w *world) string { return w.t("wizard.title") }
func (s *detailScreen) help() string          { return "wizard_typing" }
func (s *detailScreen) agentOnly()            {}
func (s *detailScreen) writes() bool          { return true }

func (s *detailScreen) field() *field {
	if s.of != nil {
		return s.of.name
	}
	return s.draft.detail
}

func (s *detailScreen) ask(w *world) string {
	if s.kind == mandate.FormalityOther {
		return w.t("wizard.detail.ask_other")
	}
	return w.t("wizard.detail.ask")
}

func (s *detailScreen) draw(p *page) {
	hint := ""
	if s.of != nil {
		hint = p.t("wizard.detail.empty")
	}
	p.typing(typing{
		badge: p.t("wizard.kind." + string(s.kind)), ask: s.ask(p.world), field: s.field(), hint: hint,
		placeholder: p.t("wizard.placeholder"), enter: p.t("wizard.next"),
	})
}

func (s *detailScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, w.typeOn(s.field(), k)
}

func (s *detailScreen) pick(w *world, id string) tea.Cmd {
	if id != idEnter {
		return nil
	}
	s.keep(w)
	return w.back()
}

// goBack leaves a service that is being corrected as it was typed; one without a name is none.
func (s *detailScreen) goBack(w *world) tea.Cmd {
	if s.of != nil {
		s.keep(w)
	}
	return w.back()
}

func (s *detailScreen) keep(w *world) {
	switch {
	case s.of != nil && s.of.name.empty():
		s.draft.remove(s.of)
	case s.of == nil && !s.draft.detail.empty():
		made := &service{kind: s.kind, site: -1, name: newField(mandate.MaxDetail, "")}
		made.name.become(s.draft.detail.text())
		if s.draft.add(made) {
			s.draft.detail.wipe()
		}
	}
}

func (s *detailScreen) banner(w *world) notice { return typedLine(s.field(), s.ask(w)) }

// typedLine is the line of the bandeau while something is typed: what is asked, then what is typed.
func typedLine(f *field, ask string) notice {
	if f.empty() {
		return notice{inkText, ask}
	}
	return notice{inkTyped, f.text().Printable() + "▏"}
}

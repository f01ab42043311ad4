package kiosk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// formalitiesStep asks what the agent may do, kind by kind: the mandate lists each thing, and allows nothing else (CNIL
// kit for social workers, January 2019). A kind that names a service opens the choice of it.
type formalitiesStep struct{}

func (formalitiesStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.formalities.ask") }

func (formalitiesStep) draw(s *wizardScreen, p *page) {
	p.actions(onward(p.world))
	s.question(p)
	p.say(inkSoft, p.t("wizard.formalities.hint"))
	var cs []choice
	for _, kind := range mandate.FormalityKinds() {
		of := s.draft.of(kind)
		label := p.t("wizard.kind." + string(kind))
		cs = append(cs, choice{id: string(kind), label: ticked(len(of) > 0, label), hint: s.draft.names(p.world, of)})
	}
	p.tiles(2, cs...)
}

// names lists what was chosen of a kind, on one line.
func (d *draft) names(w *world, of []*service) string {
	var all []string
	for _, s := range of {
		if name := d.detailOf(w, s); name != "" {
			all = append(all, name.Printable())
		}
	}
	return strings.Join(all, ", ")
}

func (formalitiesStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	kind := mandate.FormalityKind(id)
	of := s.draft.of(kind)
	switch {
	case kind == mandate.FormalityMailbox && len(of) > 0:
		s.draft.remove(of[0])
	case kind == mandate.FormalityMailbox:
		w.take(s.draft, &service{kind: kind, site: -1})
	case kind == mandate.FormalityOther && len(of) == 0:
		return w.push(newDetailScreen(s.draft, kind, nil))
	default:
		return w.push(&serviceScreen{draft: s.draft, kind: kind})
	}
	return nil
}

// take adds a thing to do, or says that the sheet is full.
func (w *world) take(d *draft, s *service) bool {
	if d.add(s) {
		return true
	}
	w.say(inkWarn, w.t("wizard.formalities.full", mandate.MaxFormalities))
	return false
}

func (formalitiesStep) missing(s *wizardScreen, w *world) string {
	if len(s.draft.services) == 0 {
		return w.t("wizard.formalities.missing")
	}
	return ""
}

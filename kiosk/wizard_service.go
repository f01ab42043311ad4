package kiosk

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// serviceScreen asks on which services the agent may do a thing: official sites by their numbers, others in words. What
// was typed is corrected or removed here too.
type serviceScreen struct {
	draft *draft
	kind  mandate.FormalityKind
}

func (s *serviceScreen) title(w *world) string { return w.t("wizard.title") }
func (s *serviceScreen) help() string          { return "wizard_service" }
func (s *serviceScreen) agentOnly()            {}

// enter comes back from the line that was typed: Enter goes on.
func (s *serviceScreen) enter(w *world) tea.Cmd {
	w.top().focus = ""
	return nil
}

func (s *serviceScreen) ask(w *world) string {
	if s.kind == mandate.FormalityOther {
		return w.t("wizard.service.ask_other")
	}
	return w.t("wizard.service.ask")
}

const (
	sitePrefix  = "site:"
	typedPrefix = "typed:"
)

func (s *serviceScreen) draw(p *page) {
	p.actions(choice{id: "done", label: p.t("wizard.service.done"), key: "0", safe: true, esc: true})
	p.asking(p.t("wizard.kind."+string(s.kind)), s.ask(p.world))
	p.gap(1)
	var cs []choice
	if s.kind != mandate.FormalityOther {
		for n, site := range p.options.Config.Sites {
			cs = append(cs, choice{
				id: sitePrefix + strconv.Itoa(n), label: ticked(s.draft.on(s.kind, n) != nil, site.Name),
			})
		}
	}
	for n, typed := range s.typed() {
		cs = append(cs, choice{id: typedPrefix + strconv.Itoa(n), label: ticked(true, typed.name.text().Printable())})
	}
	cs = append(cs, choice{id: "other", label: s.other(p.world)})
	if serviceColumns(p, len(cs)) == cardColumns {
		p.cards(s.cards(p, cs)...)
		return
	}
	p.tiles(2, cs...)
}

// cards are the choices where there are many: a name that is too long for its line goes on below.
func (s *serviceScreen) cards(p *page, cs []choice) []card {
	width := (p.wide-tilesGap*(cardColumns-1))/cardColumns - cardIndent
	if height, _, _ := p.cardHeight((len(cs) + cardColumns - 1) / cardColumns); height >= cardBoxed {
		width -= 4
	}
	all := make([]card, len(cs))
	for i, c := range cs {
		all[i] = card{choice: c}
		if n, ok := numberOf(c.id, sitePrefix); ok {
			site := p.options.Config.Sites[n]
			all[i].hint, all[i].where = site.WhatIn(p.lang), hostOf(site.URL)
		}
		if lines := wrap(c.label, width); len(lines) > 1 {
			all[i].label, all[i].hint = lines[0], strings.Join(lines[1:], " ")
		}
	}
	return all
}

// other is what adds one in words.
func (s *serviceScreen) other(w *world) string {
	if s.kind == mandate.FormalityOther {
		return w.t("wizard.kind.other")
	}
	return w.t("wizard.service.other")
}

// serviceColumns is how many columns so many services need where they can all be seen.
func serviceColumns(p *page, n int) int {
	if 3*((n+1)/2) > p.room-p.y && p.wide >= 3*tileMin+2*tilesGap {
		return 3
	}
	return 2
}

// typed are the services of this kind that were typed.
func (s *serviceScreen) typed() []*service {
	var all []*service
	for _, o := range s.draft.of(s.kind) {
		if o.name != nil {
			all = append(all, o)
		}
	}
	return all
}

func (s *serviceScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "done":
		return w.back()
	case "other":
		return w.push(newDetailScreen(s.draft, s.kind, nil))
	}
	if n, ok := numberOf(id, typedPrefix); ok && n < len(s.typed()) {
		return w.push(newDetailScreen(s.draft, s.kind, s.typed()[n]))
	}
	if n, ok := numberOf(id, sitePrefix); ok && n < len(w.options.Config.Sites) {
		if there := s.draft.on(s.kind, n); there != nil {
			s.draft.remove(there)
		} else {
			w.take(s.draft, &service{kind: s.kind, site: n})
		}
	}
	return nil
}

// numberOf reads the number in an id.
func numberOf(id, prefix string) (int, bool) {
	rest, ok := strings.CutPrefix(id, prefix)
	n, err := strconv.Atoi(rest)
	return n, ok && err == nil && n >= 0
}

func (s *serviceScreen) banner(w *world) notice { return notice{inkText, s.ask(w)} }

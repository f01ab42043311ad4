package kiosk

import (
	tea "charm.land/bubbletea/v2"
)

// typing is a question that is answered in words: all characters are typed, Enter goes on, Esc goes back.
type typing struct {
	badge, ask, hint string // in words
	field            *field
	placeholder      string
	enter            string        // what Enter does, in words
	above            func(p *page) // draws beside the question; may be nil
}

// idEnter is the choice that Enter makes where all characters are typed.
const idEnter = "enter"

// typing draws the question, the field and what helps.
func (p *page) typing(t typing, extra ...choice) {
	p.actions(append([]choice{{id: idEnter, label: t.enter, key: "enter", safe: true}}, extra...)...)
	if t.above != nil {
		t.above(p)
	}
	p.asking(t.badge, t.ask)
	p.gap(1)
	p.field(t.field, t.placeholder)
	p.gap(1)
	if t.hint != "" {
		p.say(inkSoft, t.hint)
	}
}

// type types on a field, and says when it is full. Enter, Esc, Tab and the arrows up and down keep their meaning.
func (w *world) typeOn(f *field, k tea.KeyPressMsg) bool {
	wanted, full := f.key(k)
	if full {
		w.say(inkWarn, w.t("wizard.full", cap(f.runes)))
	}
	if wanted {
		w.front().focus = "" // Enter goes on, wherever the mouse was left
	}
	return wanted
}

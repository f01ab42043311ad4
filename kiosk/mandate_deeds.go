package kiosk

import (
	"slices"

	"estran/session"
	"estran/session/assist/mandate"
)

// deeds are what an agent may do under the mandate of this session, and what of it was done: the sheet « Ce qui a été
// fait » is made of them. They are the one thing of a mandate that stays while its session is open, in the world, and they
// are overwritten when it ends. A kiosk that was started anew in between knows none, and asks again by kind.
type deeds struct {
	structure string
	all       []*deed
	notes     []*field
}

// deed is one thing to do.
type deed struct {
	kind   mandate.FormalityKind
	detail *field
	done   bool
}

// The notes to the person: three short lines.
const (
	maxNotes = 3
	maxNote  = 120
)

func newDeeds(structure string, formalities []mandate.Formality) *deeds {
	d := &deeds{structure: structure}
	for _, f := range formalities {
		d.all = append(d.all, &deed{kind: f.Kind, detail: newField(mandate.MaxDetail, f.Detail.Reveal())})
	}
	for range maxNotes {
		d.notes = append(d.notes, newField(maxNote, ""))
	}
	return d
}

// blankDeeds are the kinds of things, where nobody knows any more what the mandate named.
func blankDeeds(c session.AssistConfig) *deeds {
	var all []mandate.Formality
	for _, kind := range mandate.FormalityKinds() {
		all = append(all, mandate.Formality{Kind: kind})
	}
	return newDeeds(c.Structure, all)
}

// told says that something was ticked or written.
func (d *deeds) told() bool {
	return slices.ContainsFunc(d.all, func(a *deed) bool { return a.done }) ||
		slices.ContainsFunc(d.notes, func(note *field) bool { return !note.empty() })
}

// sheet is what goes on paper.
func (d *deeds) sheet(w *world) mandate.Done {
	sheet := mandate.Done{When: w.now(), Structure: d.structure}
	for _, one := range d.all {
		sheet.Formalities = append(sheet.Formalities, mandate.Formality{Kind: one.kind, Detail: one.detail.text()})
		sheet.Ticked = append(sheet.Ticked, one.done)
	}
	for _, n := range d.notes {
		if !n.empty() {
			sheet.Notes = append(sheet.Notes, n.text())
		}
	}
	return sheet
}

// wipe overwrites all of it; there may be none.
func (d *deeds) wipe() {
	if d == nil {
		return
	}
	for _, one := range d.all {
		one.detail.wipe()
		one.done = false
	}
	for _, n := range d.notes {
		n.wipe()
	}
}

// forgetDeeds overwrites what was done once no session is open any more.
func (w *world) forgetDeeds() {
	w.act.wipe()
	w.act = nil
}

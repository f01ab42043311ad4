package mandate

import (
	"errors"
	"fmt"
	"io"
	"time"

	"estran/assets"
	"estran/session"
	"estran/session/paper/tagged"
)

// Version is one of the wordings of a mandate.
type Version string

// The wordings.
const (
	Full     Version = "full"     // what is signed; French, which is the language of the law
	Plain    Version = "plain"    // « Mon accord », in plain words, beside it
	Courtesy Version = "courtesy" // Full in another language, to be read beside it; there is nothing to sign on it
)

// Print writes the mandate as a PDF of one page, at most two sides; two copies are two printings. It wants a mandate that
// passes Check on its first day, and refuses another one. Full is French in each language; lang is the one of the others.
//
// Nothing of the mandate is in an error.
func Print(w io.Writer, v Version, m Mandate, lang string) error {
	if problems := m.Check(m.From); problems != nil {
		return fmt.Errorf("the mandate cannot be signed: %s, %s", problems[0].Field, problems[0].Code)
	}
	return print(w, v, &m, lang)
}

// PrintBlank writes the same sheets with lines to write on and boxes to tick, for estranctl mandate and for the day on
// which no computer works.
func PrintBlank(w io.Writer, v Version, lang string) error { return print(w, v, nil, lang) }

// print writes a mandate, a blank one for nil.
func print(w io.Writer, v Version, m *Mandate, lang string) error {
	switch v {
	case Full:
		return setFull(w, m, wordsIn(assets.French), false)
	case Courtesy:
		return setFull(w, m, wordsIn(lang), true)
	case Plain:
		return setPlain(w, m, wordsIn(lang))
	}
	return errors.New("there is no such version of the mandate")
}

// Done is what an agent did for somebody, as it is told on paper. No name is in it.
type Done struct {
	When      time.Time // the day; no hour is told
	Structure string    // "" says that none is named
	// Formalities are those of the mandate; Ticked says of each, in the same order, whether it was done.
	Formalities []Formality
	Ticked      []bool
	// Notes are what the agent wrote for the person.
	Notes []session.Private
}

// PrintDone writes what was done as a PDF, for the person: an agent tells of each thing done in their place (Code civil,
// article 1993). Nothing of it is in an error.
func PrintDone(w io.Writer, d Done, lang string) error {
	if len(d.Ticked) != len(d.Formalities) {
		return errors.New("it is not said of each formality whether it was done")
	}
	return setDone(w, d, wordsIn(lang))
}

// setting is how a sheet may be set, and the sides that it may take so.
type setting struct {
	size, leading float64
	sides         int
}

// set writes a sheet in the first setting in which it takes no more sides than that.
func (w words) set(to io.Writer, title string, margin, firstFree float64, settings []setting, write func(s *tagged.Sheet)) error {
	for _, set := range settings {
		s := tagged.New(w.Lang(), title, tagged.Style{
			Size: set.size, Leading: set.leading, Margin: margin, FirstFree: firstFree,
			Footer: func(page, pages int) string { return w.t("paper.foot", title, w.t("paper.page", page, pages)) },
		})
		write(s)
		if s.Pages() <= set.sides {
			return s.Output(to)
		}
	}
	return errTooLong
}

// errTooLong: no setting is small enough.
var errTooLong = errors.New("the sheet takes more than two sides")

// large are the settings of what a person reads by themself: 14 points, and smaller only where long names would take a
// third side.
func large() []setting {
	settings := []setting{{14, 1.4, 1}, {14, 1.3, 1}, {14, 1.22, 1}, {14, 1.4, 2}}
	for _, size := range []float64{13, 12, 11, 10, 9, 8} {
		settings = append(settings, setting{size, 1.3, 2})
	}
	return settings
}

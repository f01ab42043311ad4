package mandate

import (
	"errors"
	"io"
	"time"

	"estran/session"
)

// Version is one of the two wordings of a mandate.
type Version string

// The wordings.
const (
	Full  Version = "full"  // what is signed
	Plain Version = "plain" // « Mon accord », in plain words, beside it
)

// Done is what an agent did for somebody, as it is told on paper. No name is in it.
type Done struct {
	When      time.Time
	Structure string
	// Formalities are those of the mandate; Ticked says of each, in the same order, whether it was done.
	Formalities []Formality
	Ticked      []bool
	// Notes are what the agent wrote for the person.
	Notes []session.Private
}

// Print writes the mandate as a PDF of one page, at most two sides. It wants a mandate that passes Check. What is signed
// is French, the language of the law; lang is the one of the plain words.
func Print(w io.Writer, v Version, m Mandate, lang string) error { return errors.New("not yet") }

// PrintBlank writes the same with lines to write on.
func PrintBlank(w io.Writer, v Version, lang string) error { return errors.New("not yet") }

// PrintDone writes what was done, for the person.
func PrintDone(w io.Writer, d Done, lang string) error { return errors.New("not yet") }

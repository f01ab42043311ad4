package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

//go:embed traces.toml
var source string

// table is traces.toml.
type table struct {
	Places []place `toml:"place"`
}

// place is one where a visit could leave something. All its sentences are French.
type place struct {
	Number int
	ID     string
	Area   string // one of areas
	Place  string
	// Betrays is what somebody would learn there.
	Betrays string
	// Prevented says why nothing gets there, Wiped how it is taken away, Outside what is out of the station's hands. One of
	// them at least.
	Prevented, Wiped, Outside string
	// Steps are those of the wipe (session.Steps) that take it away.
	Steps []string
	// Told is who is told what of that which is out of our hands.
	Told string
	// Check says how it is looked at again, by what is named next.
	Check string
	// Conditions are those of session/conditions that look at it on every station.
	Conditions []string
	// Settings are what it rests on: without one of them the row is no longer true.
	Settings []setting
	// Tests show it, each as "package: TestName".
	Tests []string
}

// setting is a text that a file must have, comments aside. A file that begins with a slash is one of the package, any other
// one of the repository.
type setting struct{ File, Has string }

// area is a part of the document.
type area struct{ id, title string }

var areas = []area{
	{"session", "Dans la session"},
	{"memory", "En mémoire"},
	{"journals", "Ce que le système note"},
	{"devices", "Les appareils et les services"},
	{"disk", "Le disque, le lieu, Estran"},
}

// readTable reads the table; a key that place does not know is an error.
func readTable(text string) (table, error) {
	var t table
	d := toml.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return table{}, fmt.Errorf("cannot read the table of traces: %w", err)
	}
	return t, nil
}

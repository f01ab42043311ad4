package conditions_test

import (
	"slices"
	"strings"

	"estran/session/conditions"
)

// breakage is one thing that is wrong with a computer, and what must be told of it.
type breakage struct {
	id    string
	state conditions.State
	says  string
	wreck func(*computer)
}

const (
	unknown = conditions.Unknown
	fine    = conditions.OK
	warning = conditions.Warning
	failed  = conditions.Failed
)

// breakages is all that is wrong in turn: every condition has some.
var breakages = slices.Concat(wrongOfFiles, wrongOfMemory, wrongOfTheSeat, wrongOfTheSystem, wrongOfAVisit)

func text(path, value string) func(*computer) { return func(c *computer) { c.files[path] = value } }

func without(path string) func(*computer) { return func(c *computer) { delete(c.files, path) } }

func isUnit(name, is string) func(*computer) { return func(c *computer) { c.units[name] = is } }

func refuses(program string) func(*computer) { return func(c *computer) { c.refused[program] = true } }

func also(path, more string) func(*computer) { return func(c *computer) { c.files[path] += more } }

func swapped(path, old, new string) func(*computer) {
	return func(c *computer) {
		after := strings.Replace(c.files[path], old, new, 1)
		if after == c.files[path] {
			panic(path + " does not hold " + old)
		}
		c.files[path] = after
	}
}

func entry(path string, e conditions.Entry) func(*computer) {
	return func(c *computer) { c.entries[path] = e }
}

func answers(program, answer string) func(*computer) {
	return func(c *computer) { c.answers[program] = answer }
}

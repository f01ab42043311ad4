package conditions

import (
	"errors"
	"strings"
	"unicode"
)

var errNoProcesses = errors.New("no process can be seen")

// printable leaves out what could drive a terminal: names of processes and files are somebody's choice.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '?'
		}
		return r
	}, s)
}

// list is a list in a sentence, short enough to be read.
func list(items []string) string {
	const most = 4
	if len(items) > most {
		return strings.Join(items[:most], ", ") + "…"
	}
	return strings.Join(items, ", ")
}

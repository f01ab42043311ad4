package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"estran/session/conditions"
)

// width is that of the narrowest terminal.
const width = 80

// marks are a sign and a word for each state: colour never stands alone.
var marks = map[conditions.State]struct{ sign, word, colour string }{
	conditions.OK:      {"✓", "bon", "\x1b[32m"},
	conditions.Warning: {"!", "à voir", "\x1b[33m"},
	conditions.Failed:  {"✗", "échec", "\x1b[1;31m"},
	conditions.Unknown: {"?", "inconnu", "\x1b[35m"},
}

// ink says whether there are colours.
type ink bool

// inkFor gives colours to a terminal that has them (https://no-color.org).
func inkFor(w io.Writer) ink {
	f, isFile := w.(*os.File)
	if !isFile || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

func (i ink) paint(colour, text string) string {
	if !i {
		return text
	}
	return colour + text + "\x1b[0m"
}

// writeTable writes the conditions one below the other, and says more of those that do not hold.
func writeTable(w io.Writer, results []conditions.Result, i ink) error {
	b := bufio.NewWriter(w)
	counts := map[conditions.State]int{}
	stops := ""
	for _, r := range results {
		counts[r.State]++
		if r.Fails() && r.Vital() && stops == "" {
			stops = string(r.Fault)
		}
		writeCondition(b, r, i)
	}
	fmt.Fprintln(b)
	fmt.Fprintf(b, "%s, %d à voir, %s, %s.\n", plural(counts[conditions.OK], "bon"), counts[conditions.Warning],
		plural(counts[conditions.Failed], "échec"), plural(counts[conditions.Unknown], "inconnu"))
	if stops != "" {
		fmt.Fprintf(b, "La station n'ouvre pas : code %s.\n", stops)
	}
	return b.Flush()
}

func writeCondition(w io.Writer, r conditions.Result, i ink) {
	m := marks[r.State]
	code := ""
	if r.Vital() {
		code = " [" + string(r.Fault) + "]"
	}
	fmt.Fprintf(w, "%s %s\n", i.paint(m.colour, m.sign+" "+padded(m.word, 8)), r.Title+code)
	writeLines(w, "", r.Found)
	if r.State != conditions.OK {
		writeLines(w, "Pourquoi : ", r.Why)
		writeLines(w, "À faire : ", r.Mend)
	}
}

// writeLines writes a text under the title, in lines that fit.
func writeLines(w io.Writer, label, text string) {
	if text == "" {
		return
	}
	const indent = "           "
	for _, line := range wrap(label+text, width-len(indent)) {
		fmt.Fprintln(w, indent+line)
	}
}

// wrap breaks a text at its spaces. A word that is longer than a line, such as a path, stays whole.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= most:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

func padded(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// plural counts in French, where nothing and one are singular.
func plural(n int, word string) string {
	if n > 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

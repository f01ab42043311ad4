package tagged

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// visual puts a line in the order in which it is drawn, from left to right, with the letters of Arabic joined (Unicode
// standard annex 9). The line itself runs from left to right: only names may run the other way.
func visual(line string) string {
	if !strings.ContainsFunc(line, rightToLeft) {
		return line
	}
	var p bidi.Paragraph
	if _, err := p.SetString(leftToRightMark + joined(line) + closing(line)); err != nil { // what stands first says the direction
		return line
	}
	order, err := p.Order()
	if err != nil {
		return line
	}
	runs := make([]bidi.Run, order.NumRuns())
	for i := range runs {
		runs[i] = order.Run(i)
	}
	var b strings.Builder
	for i := 0; i < len(runs); {
		end := i + 1
		if runs[i].Direction() == bidi.RightToLeft {
			end = turned(runs, i)
		}
		// What runs from right to left is drawn from its end.
		for _, r := range slices.Backward(runs[i:end]) {
			if text := r.String(); r.Direction() == bidi.RightToLeft {
				b.WriteString(bidi.ReverseString(text))
			} else {
				b.WriteString(text)
			}
		}
		i = end
	}
	return strings.NewReplacer(leftToRightMark, "", rightToLeftMark, "").Replace(b.String())
}

// Marks that draw nothing and read in one direction.
const (
	leftToRightMark = "\u200e"
	rightToLeftMark = "\u200f"
)

// closing keeps a bracket at the end of a name with the name: the library does not know which brackets belong together.
func closing(line string) string {
	from := strings.IndexFunc(line, rightToLeft)
	latin := strings.ContainsFunc(line[from:], func(r rune) bool { return unicode.IsLetter(r) && !rightToLeft(r) })
	if !latin && strings.ContainsAny(line[from:], "([") && strings.HasSuffix(strings.TrimRight(line, " "), ")") {
		return rightToLeftMark
	}
	return ""
}

// turned says where a stretch from right to left ends. Figures within it run from left to right, and do not end it.
func turned(runs []bidi.Run, from int) int {
	end := from + 1
	for i := end; i < len(runs); i++ {
		switch {
		case runs[i].Direction() == bidi.RightToLeft:
			end = i + 1
		case strings.ContainsFunc(runs[i].String(), unicode.IsLetter):
			return end
		}
	}
	return end
}

func rightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

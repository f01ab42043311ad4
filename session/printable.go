package session

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns the text as one line that a terminal can show. Accents, other scripts and emoji stay; a line break
// shows as ␤; control characters, escape sequences, bidi controls and broken UTF-8 show as �. So a name can neither
// drive the terminal nor show its extension in another place (CVE-2021-42574). It is for the visitor's eyes only: the
// text is still private.
func (p Private) Printable() string {
	var b strings.Builder
	marks := 0
	for s := string(p); len(s) > 0; {
		r, size := utf8.DecodeRuneInString(s)
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if marks <= maxMarks {
			b.WriteString(printableRune(r, size))
		}
		s = s[size:]
	}
	return b.String()
}

// PrintableShort is Printable in at most limit characters: the middle is left out as "…", so that the start and the
// extension are seen. A limit below 3 counts as 3.
func (p Private) PrintableShort(limit int) string {
	text := []rune(p.Printable())
	limit = max(limit, 3)
	if len(text) <= limit {
		return string(text)
	}
	tail := min(limit/2, 12)
	return string(text[:limit-tail-1]) + "…" + string(text[len(text)-tail:])
}

// maxMarks is how many accents may pile up on one letter: more than any script needs, too few to cover other lines.
const maxMarks = 4

const replacement = "�"

func printableRune(r rune, size int) string {
	switch {
	case r == utf8.RuneError && size <= 1:
		return replacement
	case r == '\n' || r == '\u2028' || r == '\u2029':
		return "␤"
	case r == '\t':
		return " "
	case r == '\u200c' || r == '\u200d':
		return string(r) // Persian words and joined emoji need them
	case r == '\u200e' || r == '\u200f' || r == '\u061c':
		return "" // direction hints: Arabic and Hebrew systems put them in the names of screenshots
	case unicode.Is(unicode.Bidi_Control, r) || !unicode.IsGraphic(r):
		return replacement
	default:
		return string(r)
	}
}

package assets

import "strings"

// NoBreakSpace keeps a sign with its word. It is U+00A0 and not the narrow U+202F: every console font has it, and
// line breaking in terminals knows it.
const NoBreakSpace = "\u00a0"

var frenchSpaces = strings.NewReplacer(
	" :", NoBreakSpace+":", " ;", NoBreakSpace+";", " !", NoBreakSpace+"!", " ?", NoBreakSpace+"?",
	" »", NoBreakSpace+"»", "« ", "«"+NoBreakSpace, " €", NoBreakSpace+"€",
)

// typeset sets what a keyboard does not have: the typographic apostrophe and the French no-break spaces. Files may
// hold the plain signs, which an editor shows.
func typeset(lang, text string) string {
	text = strings.ReplaceAll(text, "'", "’")
	if lang == French {
		text = frenchSpaces.Replace(text)
	}
	return text
}

// untypeset puts the plain signs back: in UTF-8 they are shorter, and a code has little room.
func untypeset(text string) string {
	return strings.NewReplacer("’", "'", NoBreakSpace, " ").Replace(text)
}

func typesetAll(lang string, texts ...*string) {
	for _, t := range texts {
		*t = typeset(lang, *t)
	}
}

func typesetLines(lang string, lines []string) {
	for i := range lines {
		lines[i] = typeset(lang, lines[i])
	}
}

package tagged

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// forms are the shapes of an Arabic letter: alone, at the end of a word, at its beginning, within it. A letter that does
// not join the next one has the first two alone.
type forms [4]rune

const (
	alone = iota
	final
	initial
	medial
)

// shapes are the forms of each letter, or of lam and alef together, as Unicode lists them: those of one letter follow
// each other, always in that order.
var shapes = sync.OnceValue(func() map[string]forms {
	found := map[string]forms{}
	for _, block := range [][2]rune{{0xfb50, 0xfbb1}, {0xfbfc, 0xfbff}, {0xfe80, 0xfefc}} {
		last, n := "", 0
		for r := block[0]; r <= block[1]; r++ {
			letter := norm.NFKC.String(string(r))
			if letter != last {
				last, n = letter, 0
			}
			f := found[letter]
			if n < len(f) {
				f[n] = r
			}
			found[letter] = f
			n++
		}
	}
	return found
})

// joined writes Arabic letters in the form that their neighbours ask for, still in the order of reading.
func joined(text string) string {
	letters := []rune(text)
	var b strings.Builder
	before := false // the letter before joins this one
	for i := 0; i < len(letters); {
		if unicode.Is(unicode.Mn, letters[i]) { // marks stand on letters and part none
			b.WriteRune(letters[i])
			i++
			continue
		}
		f, n := shapeAt(letters[i:])
		if n == 0 {
			before = letters[i] == '\u0640' // the dash that only stretches
			b.WriteRune(letters[i])
			i++
			continue
		}
		after := f[initial] != 0 && joinsBack(letters[i+n:])
		form := alone
		switch {
		case before && after:
			form = medial
		case before && f[final] != 0:
			form = final
		case after:
			form = initial
		}
		b.WriteRune(f[form])
		before = f[initial] != 0
		i += n
	}
	return b.String()
}

// shapeAt gives the forms of what stands first, and how many letters that is; 0 for what is not Arabic.
func shapeAt(letters []rune) (forms, int) {
	if len(letters) > 1 && letters[0] == '\u0644' {
		if f, ok := shapes()[string(letters[:2])]; ok {
			return f, 2
		}
	}
	f, ok := shapes()[string(letters[:1])]
	if !ok {
		return forms{}, 0
	}
	return f, 1
}

// joinsBack says that what follows joins the letter before it.
func joinsBack(letters []rune) bool {
	for i, r := range letters {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		f, n := shapeAt(letters[i:])
		return r == '\u0640' || n > 0 && f[final] != 0
	}
	return false
}

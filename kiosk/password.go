package kiosk

import "unicode"

// How a password measures up to what the CNIL asks of a password alone, 80 bits (délibération 2022-100 of 21 July
// 2022): 12 characters of the four kinds, or 14 of capitals, small letters and figures, or a phrase of 7 words.
//
// That counts what was drawn at random, and people do not draw. So what is easy to guess counts for little: a piece
// such as 1234, azerty, a year or a well-known password is worth one character, a word of the language two. The rest is
// the CNIL's table. It is a measure for a game on what has just been typed; it never says that a password is old.

// The table.
const (
	lengthOfFour  = 12 // characters, of the four kinds
	lengthOfThree = 14 // characters, without signs
	phraseWords   = 7
	phraseLetters = 3 // a shorter word adds next to nothing
	fewWords      = 3 // from here on, somebody is making a phrase
)

// strength is how strong a password is.
type strength int

const (
	untried strength = iota // nothing was typed
	weak
	fair
	strong
)

// id is the last part of the key of the text that says it.
func (s strength) id() string { return [...]string{"empty", "weak", "fair", "strong"}[s] }

// reason is why a password has its strength: the last part of the key of a text, and a number for those that count.
type reason struct {
	id string
	n  int // 0 for a text that does not count
}

// kinds says which kinds of characters there are.
type kinds struct{ upper, lower, digit, sign bool }

// measure is what is said of a password. It holds nothing of it but counts.
type measure struct {
	strength   strength
	reasons    []reason
	kinds      kinds
	characters int
	words      int // different words of a phrase
	worth      int // characters, once what is easy to guess counts for little
}

// measurePassword measures what was typed. It keeps nothing of it: what it copies, it overwrites.
func measurePassword(typed []rune) measure {
	m := measure{characters: len(typed), kinds: kindsOf(typed)}
	if len(typed) == 0 {
		return m
	}
	f := fold(typed)
	defer f.wipe()
	var seen pieces
	m.worth, seen = f.worth(0, len(typed))
	words, repeated := f.phrase()
	m.words = words
	m.judge(seen, repeated)
	return m
}

// judge applies the table.
func (m *measure) judge(seen pieces, repeated bool) {
	k := m.kinds
	letters := k.upper && k.lower && k.digit
	switch {
	case m.words >= phraseWords:
		m.strength = strong
		m.reasons = []reason{{id: "strong-words"}, {id: "random"}}
		return
	case letters && k.sign && m.worth >= lengthOfFour:
		m.strength = strong
		m.reasons = []reason{{id: "strong-12"}}
		return
	case letters && m.worth >= lengthOfThree:
		m.strength = strong
		m.reasons = []reason{{id: "strong-14"}}
		return
	case m.worth >= lengthOfFour-3 && k.count() >= 3, m.words >= phraseWords-2:
		m.strength = fair
	default:
		m.strength = weak
	}
	if m.words >= fewWords {
		seen &^= pieceWord // words are what a phrase is made of
	}
	m.reasons = append(seen.reasons(), m.missing(repeated)...)
}

// missing says what to add: words to a phrase, characters to the rest.
func (m *measure) missing(repeated bool) []reason {
	if m.words >= fewWords {
		r := []reason{{"words", phraseWords - m.words}}
		if repeated {
			r = append(r, reason{id: "same-words"})
		}
		return r
	}
	var r []reason
	if n := lengthOfFour - m.worth; n > 0 {
		r = append(r, reason{"length", n})
	}
	k := m.kinds
	for _, kind := range []struct {
		there bool
		id    string
	}{{k.upper, "upper"}, {k.lower, "lower"}, {k.digit, "digit"}, {k.sign, "sign"}} {
		if !kind.there {
			r = append(r, reason{id: kind.id})
		}
	}
	if n := lengthOfThree - m.worth; n > 0 && k.count() == 3 && !k.sign && m.worth >= lengthOfFour {
		r = append(r, reason{"longer", n})
	}
	return r
}

func (k kinds) count() int {
	return boolInt(k.upper) + boolInt(k.lower) + boolInt(k.digit) + boolInt(k.sign)
}

func kindsOf(typed []rune) kinds {
	var k kinds
	for _, r := range typed {
		switch {
		case unicode.IsUpper(r):
			k.upper = true
		case unicode.IsLetter(r):
			k.lower = true
		case unicode.IsDigit(r):
			k.digit = true
		default:
			k.sign = true
		}
	}
	return k
}

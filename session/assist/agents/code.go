package agents

import (
	"crypto/rand"
	"errors"
	"math"
	"math/big"
	"strings"
	"unicode"

	"estran/session"
)

// LeastBits is how hard a code must be to guess where tries are limited (CNIL délibération 2022-100, second case).
const LeastBits = 50

// A drawn code has three groups of five letters, 58 bits. Its letters cannot be taken for one another nor for a figure, stand
// in the same place on a French and an American keyboard, and spell no word.
const (
	letters = "bcdfghjknprstvx"
	groups  = 3
	inGroup = 5
)

// Draw gives a new code. Whoever calls it shows it once and keeps it nowhere.
func Draw() session.Private {
	var b strings.Builder
	most := big.NewInt(int64(len(letters)))
	for i := range groups * inGroup {
		if i > 0 && i%inGroup == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, most)
		if err != nil {
			panic("internal error: no random numbers: " + err.Error()) // crypto/rand never fails
		}
		b.WriteByte(letters[n.Int64()])
	}
	return session.Private(b.String())
}

// How long a code may be, in characters without spaces and dashes. No shorter one has LeastBits.
const (
	shortest = 9
	longest  = 128
)

// tidyCode is a code as it is compared: without its case, its spaces and its dashes, which are only there to be read. False
// when no code is written so: too short, too long, or with signs that not every keyboard has.
func tidyCode(typed session.Private) (string, bool) {
	var b strings.Builder
	for _, r := range typed.Reveal() {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r):
		case r <= ' ' || r > '~':
			return "", false
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		if b.Len() > longest {
			return "", false
		}
	}
	return b.String(), b.Len() >= shortest
}

// Why a code that somebody made is refused.
var (
	// ErrCodeForm: it is too short, too long, or has signs that are not on every keyboard.
	ErrCodeForm = errors.New("a code has 9 to 128 letters without accents, figures and signs")
	// ErrCodeWeak: it could be guessed.
	ErrCodeWeak = errors.New("the code has less than 50 bits")
)

// CheckCode judges a code that was made elsewhere. It counts low: case is lost, spaces and dashes are nothing, a character
// that repeats or follows the one before counts for nothing, and so does a whole that is few characters or one piece again
// and again. It cannot tell a word from a draw; that a draw is wanted is for the guide to say.
func CheckCode(login string, code session.Private) error {
	t, is := tidyCode(code)
	switch {
	case !is:
		return ErrCodeForm
	case bits(t) < LeastBits, strings.Contains(t, strings.ReplaceAll(login, "-", "")):
		return ErrCodeWeak
	}
	return nil
}

// common are pieces that people type where they should think; each counts as one character.
var common = []string{"motdepasse", "password", "azerty", "qwerty", "qsdfgh", "asdfgh", "wxcvbn", "zxcvbn", "mediateur", "estran"}

// bits is the least that a code of these characters is worth: log2 of the classes that are in it, for each that counts.
func bits(tidy string) float64 {
	if strings.Contains((tidy + tidy)[1:max(1, 2*len(tidy)-1)], tidy) {
		return 0 // one piece, again and again
	}
	for _, c := range common {
		tidy = strings.ReplaceAll(tidy, c, c[:1])
	}
	var letter, figure, sign, counted int
	seen := map[rune]bool{}
	var before rune
	for _, r := range tidy {
		switch {
		case r >= 'a' && r <= 'z':
			letter = 26
		case r >= '0' && r <= '9':
			figure = 10
		default:
			sign = 20 // there are more, but people use few
		}
		if r-before > 1 || before-r > 1 {
			counted++
		}
		before, seen[r] = r, true
	}
	if len(seen) < 6 {
		return 0
	}
	return float64(counted) * math.Log2(float64(letter+figure+sign))
}

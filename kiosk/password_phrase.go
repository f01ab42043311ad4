package kiosk

import (
	"crypto/rand"
	"math/big"
	"strings"
)

// phrase counts the different words of a phrase. A word that is a mere run does not count, nor one that follows the
// word before in a series that everybody knows; repeated says that some did not count for such a reason.
func (f folded) phrase() (words int, repeated bool) {
	seen := map[string]bool{}
	before := ""
	for start := 0; start < len(f.plain); {
		end := start
		for end < len(f.plain) && isLetter(f.plain[end]) {
			end++
		}
		if end-start >= phraseLetters {
			word := string(f.plain[start:end])
			worth, kinds := f.worth(start, end)
			run := worth == 1 && kinds&(pieceRepeat|pieceSequence|pieceKeyboard) != 0
			if seen[word] || run || followsInSeries(before, word) {
				repeated = true
			} else {
				words++
			}
			seen[word], before = true, word
		}
		start = end + 1
	}
	return words, repeated
}

// wellKnownSeries are words that come one after another by themselves: the seven days are not seven words.
var wellKnownSeries = []string{
	" lundi mardi mercredi jeudi vendredi samedi dimanche lundi ",
	" monday tuesday wednesday thursday friday saturday sunday monday ",
	" janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janvier ",
	" january february march april may june july august september october november december january ",
	" deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize ",
	" one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ",
}

func followsInSeries(before, word string) bool {
	for _, series := range wellKnownSeries {
		if strings.Contains(series, " "+before+" "+word+" ") || strings.Contains(series, " "+word+" "+before+" ") {
			return true
		}
	}
	return false
}

// drawPhrase draws seven different words at random out of a list. Seven of 2,757 words or more are worth 80 bits; a
// phrase that happens to be a series is drawn again, which costs less than a thousandth of a bit.
func drawPhrase(list []string) []rune {
	for {
		phrase := []rune(strings.Join(drawWords(list, phraseWords), " "))
		if measurePassword(phrase).strength == strong {
			return phrase
		}
	}
}

func drawWords(list []string, n int) []string {
	drawn := make([]string, 0, n)
	taken := map[int]bool{}
	for len(drawn) < n {
		i := randomBelow(len(list))
		if !taken[i] {
			taken[i] = true
			drawn = append(drawn, list[i])
		}
	}
	return drawn
}

// randomBelow is drawn evenly from 0 to n-1. crypto/rand cannot fail on Linux: it ends the program rather than give
// what is not random.
func randomBelow(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("kiosk: no randomness")
	}
	return int(i.Int64())
}

package assets_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"estran/assets"
)

// The rules of plain language that a program can hold: "Information for all", Inclusion Europe, 2009, as far as it
// goes without readers.
const (
	mostWords = 12
	mostTitle = 40
)

var sentenceEnd = regexp.MustCompile(`[.!?…]+[”»"\s]*(\s|$)|\n`)

func sentences(text string) []string { return sentenceEnd.Split(text, -1) }

func countWords(sentence string) int {
	n := 0
	for _, w := range strings.Fields(sentence) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

func TestCountWordsOfSentences(t *testing.T) {
	for text, want := range map[string][]int{
		"Branchez la clé. Choisissez\u00a0!": {3, 1},
		"Êtes-vous là\u00a0?\nOui":           {2, 1},
		"%d fichiers sur %d":                 {4},
		"«\u00a0Non\u00a0»\u00a0: dit-il":    {2},
	} {
		var got []int
		for _, s := range sentences(text) {
			if n := countWords(s); n > 0 {
				got = append(got, n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q has sentences of %v words, want %v", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q has sentences of %v words, want %v", text, got, want)
			}
		}
	}
}

func TestSentencesAreShort(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, l := range everything(lang) {
			for _, s := range sentences(l.text) {
				if n := countWords(s); n > mostWords {
					t.Errorf("%s: %d words in %q", l.where, n, s)
				}
			}
		}
	}
}

func TestTitlesAreShort(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, l := range titles(lang) {
			if n := utf8.RuneCountInString(l.text); n > mostTitle || n == 0 {
				t.Errorf("%s: %d characters in the title %q", l.where, n, l.text)
			}
		}
	}
}

// unwanted are words that frighten, blame or mean nothing to a visitor, and advice that the CNIL gave up.
var unwanted = map[string]*regexp.Regexp{
	"machine words": regexp.MustCompile(`(?i)\blogout\b|\blog out\b|\blogin\b|session expirée|\bexpire[drs]?\b|\bexit\b|erreur|\berror\b|0x|\bfatal\b|\binvalid|\binvalide|\béchoué\b|\bfailed\b|\bnull\b|\btimeout\b`),
	"blame":         regexp.MustCompile(`(?i)vous avez mal|vous n’avez pas su|votre erreur|\byou failed\b|\byour mistake\b|\bwrongly\b|interdit de\b|\bforbidden to\b`),
	"periodic change of passwords": regexp.MustCompile(
		`(?i)régulièrement|périodi|renouvel|tous les (\d+ )?(mois|jours|ans)|chaque (mois|année)|regularly|periodic|renew|every (month|year|\d+ )`),
	"abbreviations and signs": regexp.MustCompile(`[&§<>]|\betc\b|\bp\. ex\b|\be\.g\b`),
}

func TestNoUnwantedWord(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, l := range spoken(lang) {
			for what, re := range unwanted {
				if found := re.FindString(l.text); found != "" {
					t.Errorf("%s: %q (%s) in %q", l.where, found, what, l.text)
				}
			}
		}
	}
}

func TestFrenchSaysVous(t *testing.T) {
	tu := regexp.MustCompile(`(?i)(^|[^\pL])(tu|toi|ton|tes|t’)([^\pL]|$)`)
	for _, l := range spoken(assets.French) {
		if found := tu.FindString(l.text); found != "" {
			t.Errorf("%s: %q in %q", l.where, found, l.text)
		}
	}
}

// The logo of FALC is given by readers: until some have read these texts, they are only inspired by it.
func TestNeverCallsItselfFALC(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, l := range everything(lang) {
			if strings.Contains(strings.ReplaceAll(l.text, "inspiré du FALC", ""), "FALC") {
				t.Errorf("%s: FALC alone in %q", l.where, l.text)
			}
		}
	}
}

func TestTypography(t *testing.T) {
	loose := regexp.MustCompile(`(^|[^\x{a0}])[;!?»€]|(^|[^\x{a0}]):($|[^/])|«($|[^\x{a0}])|\x{a0}\x{a0}|\x{202f}`)
	for _, lang := range assets.Languages() {
		for _, l := range everything(lang) {
			if strings.ContainsAny(l.text, "'\"") {
				t.Errorf("%s: a typewriter's quote in %q", l.where, l.text)
			}
			if strings.Contains(l.text, "...") || strings.Contains(l.text, "  ") || strings.TrimSpace(l.text) != l.text {
				t.Errorf("%s: three dots or loose spaces in %q", l.where, l.text)
			}
			if strings.TrimSpace(l.text) == "" {
				t.Errorf("%s: an empty text", l.where)
			}
			if lang == assets.French {
				if found := loose.FindString(l.text); found != "" {
					t.Errorf("%s: %q without its no-break space in %q", l.where, found, l.text)
				}
			} else if strings.ContainsAny(l.text, "«»") && !strings.Contains(l.where, "language") {
				t.Errorf("%s: French quotes in %q", l.where, l.text)
			}
			for _, r := range l.text {
				if r != '\n' && !unicode.IsPrint(r) && string(r) != assets.NoBreakSpace {
					t.Errorf("%s: the sign %U in %q", l.where, r, l.text)
				}
			}
		}
	}
}

package assets_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"estran/assets"
)

// Each tip has its cue, short enough to be read from the back of a room.
func TestEachTipHasItsCue(t *testing.T) {
	for _, lang := range assets.Languages() {
		cues := assets.LessonIn(lang).Cues
		if len(cues) != len(assets.Tips(lang)) {
			t.Fatalf("%s has %d cues for %d tips", lang, len(cues), len(assets.Tips(lang)))
		}
		seen := map[string]bool{}
		for i, c := range cues {
			if n := utf8.RuneCountInString(c.Short); n == 0 || n > assets.CueShort {
				t.Errorf("%s, tip %d: %d characters in %q", lang, i+1, n, c.Short)
			}
			for _, q := range []string{c.Ask, c.AskAll} {
				if !strings.Contains(q, "?") || utf8.RuneCountInString(q) > 46 {
					t.Errorf("%s, tip %d: %q is no short question", lang, i+1, q)
				}
			}
			if len(c.Answer) != 2 || len(c.Show) != 1 {
				t.Errorf("%s, tip %d: %d lines of answer, %d to show", lang, i+1, len(c.Answer), len(c.Show))
			}
			for _, l := range append(append([]string{}, c.Answer...), c.Show...) {
				if n := utf8.RuneCountInString(l); n == 0 || n > 48 {
					t.Errorf("%s, tip %d: %d characters in %q", lang, i+1, n, l)
				}
			}
			if seen[c.Ask] {
				t.Errorf("%s asks twice %q", lang, c.Ask)
			}
			seen[c.Ask] = true
		}
	}
}

// An agent asks as little as possible (CNIL kit for social workers, January 2019): no question is about a life, and one
// to a group singles nobody out.
func TestQuestionsAskNothingOfALife(t *testing.T) {
	life := regexp.MustCompile(`(?i)nom de famille|famille|enfant|revenu|salaire|adresse mail|habitez|âge|situation|santé|your (name|family|income|age|health)|children|live`)
	one := regexp.MustCompile(`(?i)\bvous\b|\bvotre\b|\bvos\b|\byour?\b`)
	for _, lang := range assets.Languages() {
		for _, c := range assets.LessonIn(lang).Cues {
			for _, q := range []string{c.Ask, c.AskAll} {
				if found := life.FindString(q); found != "" {
					t.Errorf("%s: %q asks for %q", lang, q, found)
				}
			}
			if found := one.FindString(c.AskAll); found != "" {
				t.Errorf("%s: %q says %q to a group", lang, c.AskAll, found)
			}
		}
	}
}

func TestExercisesAreThoseOfTheTips(t *testing.T) {
	var of []assets.Exercise
	for _, tip := range assets.Tips(assets.French) {
		if tip.Exercise != assets.ExerciseNone {
			of = append(of, tip.Exercise)
		}
	}
	all := assets.Exercises()
	if len(of) != len(all) {
		t.Fatalf("the tips have the exercises %v, and not %v", of, all)
	}
	for i := range all {
		if of[i] != all[i] {
			t.Errorf("the tips have the exercises %v, and not %v", of, all)
		}
	}
}

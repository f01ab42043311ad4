package assets_test

import (
	"testing"
	"unicode/utf8"

	"estran/assets"
	"estran/session"
)

// TestEveryCodeOfActivityHasWords: what an agent taps, and what is told of it, is never a bare code.
func TestEveryCodeOfActivityHasWords(t *testing.T) {
	const tile = 24
	for _, lang := range assets.Languages() {
		texts := assets.In(lang)
		for margin, codes := range map[string][]string{
			"kind": session.ActivityKinds(), "theme": session.ActivityThemes(), "age": session.ActivityAges(),
			"status": session.ActivityStatuses(), "cell": {"other", "few"},
			"mode":   {"train", "accompany", "act"},
			"length": {"moins_de_trente_minutes", "trente_minutes_une_heure", "une_heure_deux_heures", "deux_heures_plus"},
		} {
			said := map[string]bool{}
			for _, code := range codes {
				key := "activity." + margin + "." + code
				if !texts.Has(key) {
					t.Errorf("%s has no words for %s", lang, key)
					continue
				}
				text := texts.T(key)
				if n := utf8.RuneCountInString(text); n > tile {
					t.Errorf("%s %s: %q has %d characters, which is more than a tile takes", lang, key, text, n)
				}
				if said[text] {
					t.Errorf("%s %s: %q is said of two codes", lang, key, text)
				}
				said[text] = true
			}
		}
	}
}

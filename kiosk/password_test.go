package kiosk

import (
	"math"
	"slices"
	"strings"
	"testing"

	"estran/assets"
)

func TestMeasurePassword(t *testing.T) {
	for _, c := range []struct {
		typed   string
		want    strength
		reasons string // ids, in order
	}{
		{"", untried, ""},
		// The three ways of the CNIL's délibération 2022-100.
		{"kZ7!bQ9#mV2?", strong, "strong-12"},
		{"kZ7!bQ9#mV2?é€", strong, "strong-12"},
		{"kZ7bQ9mV2xT4pR", strong, "strong-14"},
		{"lampe tulipe wagon fourmi citron nuage tapis", strong, "strong-words random"},
		{"Lampe-Tulipe-Wagon-Fourmi-Citron-Nuage-Tapis", strong, "strong-words random"},
		// One short of each.
		{"kZ7!bQ9#mV2", fair, "length"},
		{"kZ7bQ9mV2xT4p", fair, "sign longer"},
		{"kZ7bQ9mV2xT4", fair, "sign longer"},
		{"lampe tulipe wagon fourmi citron nuage", fair, "words"},
		// Short, or of few kinds.
		{"k", weak, "length upper digit sign"},
		{"KZ7!", weak, "length lower"},
		{"xkqvzjwpfbgmtrld", weak, "upper digit sign"},
		// What everybody tries.
		{"motdepasse", weak, "common length upper digit sign"},
		{"Motdepasse1!", weak, "common length"},
		{"M0td3p@sse1!", weak, "common length"},
		{"Marseille2015!", weak, "common year length"},
		{"Azertyuiop1!", weak, "common length"},
		{"Leo2015!", weak, "common year length"},
		{"doudou", weak, "common length upper digit sign"},
		// Runs.
		{"Aaaaaaaaaaa1!", weak, "repeat length"},
		{"1234567890", weak, "keyboard length upper lower sign"},
		{"Abcdefghijk1!", weak, "sequence length"},
		{"Mlkjhgfdsq1!", weak, "keyboard length"},
		{"9876543210Ab!", weak, "sequence length"},
		{"Kq!1Kq!1Kq!1", weak, "repeat length"},
		// Dates.
		{"Kq!14071987", weak, "year length"},
		{"Kq!19870714", weak, "year length"},
		{"140787", weak, "year length upper lower sign"},
		// One word, or one word again and again.
		{"Bibliotheque7!", weak, "word length"}, // not in our list, and can be said aloud
		{"Papillon7!", weak, "word length"},
		{"PapillonPapillon7!", weak, "word repeat length"},
		{"papillon papillon papillon papillon papillon papillon papillon", weak, "word repeat length upper digit"},
		// Phrases that draw nothing.
		{"lundi mardi mercredi jeudi vendredi samedi dimanche", weak, ""},
		{"deux trois quatre cinq six sept huit", weak, ""},
		{"aaa bbb ccc ddd eee fff ggg", weak, ""},
		{"abc def ghi jkl mno pqr stu", weak, ""},
		{"je te le dis a toi", weak, ""},
		{"correct horse battery staple", weak, "words"},
	} {
		m := measurePassword([]rune(c.typed))
		if m.strength != c.want {
			t.Errorf("%q is %s, want %s (%+v)", c.typed, m.strength.id(), c.want.id(), m)
		}
		if c.reasons == "" && c.typed != "" {
			continue
		}
		if got := reasonIDs(m); got != c.reasons {
			t.Errorf("%q is %s because of %q, want %q", c.typed, m.strength.id(), got, c.reasons)
		}
	}
}

func reasonIDs(m measure) string {
	var ids []string
	for _, r := range m.reasons {
		ids = append(ids, r.id)
	}
	return strings.Join(ids, " ")
}

// Each reason has its text, and none tells to change a password that is merely old.
func TestReasonsHaveTheirTexts(t *testing.T) {
	ids := []string{"strong-12", "strong-14", "strong-words", "random", "same-words", "upper", "lower", "digit", "sign"}
	for _, r := range pieces(255).reasons() {
		ids = append(ids, r.id)
	}
	for _, lang := range assets.Languages() {
		texts := assets.In(lang)
		for _, id := range ids {
			if !texts.Has("exercise.password.reason." + id) {
				t.Errorf("%s has no text for the reason %q", lang, id)
			}
		}
		for _, id := range []string{"length", "longer", "words"} {
			if !texts.Has("exercise.password.reason." + id + ".other") {
				t.Errorf("%s has no text for the reason %q", lang, id)
			}
		}
	}
}

func TestCommonPasswordsAreNeverStrong(t *testing.T) {
	for _, p := range assets.CommonPasswords() {
		title := strings.ToUpper(p[:1]) + p[1:]
		for _, typed := range []string{p, title + "1!", title + "2026!", title + title + "1!", "!!!" + title + "123"} {
			if m := measurePassword([]rune(typed)); m.strength != weak {
				t.Errorf("%q is %s", typed, m.strength.id())
			}
		}
	}
}

func TestDrawnPhrase(t *testing.T) {
	for _, lang := range assets.Languages() {
		list := assets.Words(lang)
		bits := 0.0
		for i := range phraseWords {
			bits += math.Log2(float64(len(list) - i))
		}
		if bits < 80 {
			t.Errorf("a phrase in %s is worth %.1f bits", lang, bits)
		}
		seen := map[string]bool{}
		for range 200 {
			phrase := drawPhrase(list)
			if m := measurePassword(phrase); m.strength != strong || m.words != phraseWords {
				t.Fatalf("the phrase %q is %s, of %d words", string(phrase), m.strength.id(), m.words)
			}
			if len(phrase) > typedMax {
				t.Errorf("the phrase %q is too long to type", string(phrase))
			}
			for _, w := range strings.Fields(string(phrase)) {
				if _, found := slices.BinarySearch(list, w); !found {
					t.Errorf("%q is not in the list of %s", w, lang)
				}
				seen[w] = true
			}
		}
		if len(seen) < 1000 {
			t.Errorf("1,400 words drawn in %s are only %d different ones", lang, len(seen))
		}
	}
}

// TestRandomBelowIsEven throws a die of six sides: a die that leans shows.
func TestRandomBelowIsEven(t *testing.T) {
	const throws, sides = 60_000, 6
	var count [sides]int
	for range throws {
		count[randomBelow(sides)]++
	}
	for side, n := range count {
		if math.Abs(float64(n)-throws/sides) > 600 { // more than six standard deviations
			t.Errorf("side %d came %d times out of %d", side, n, throws)
		}
	}
}

func FuzzMeasurePassword(f *testing.F) {
	for _, s := range []string{"Motdepasse1!", "kZ7!bQ9#mV2?", "lampe tulipe wagon", "é€😀\x00", "140787", "&é\"'(-è_ça"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		typed := []rune(s)
		if len(typed) > typedMax {
			typed = typed[:typedMax]
		}
		before := slices.Clone(typed)
		m := measurePassword(typed)
		if !slices.Equal(before, typed) {
			t.Fatalf("measuring %q changed it", s)
		}
		if m.worth > len(typed) || m.worth < 0 || len(typed) > 0 && m.strength == untried {
			t.Fatalf("%q measures %+v", s, m)
		}
		if m.strength == strong && m.words < phraseWords && (len(typed) < lengthOfFour || !m.kinds.upper || !m.kinds.digit) {
			t.Fatalf("%q is strong without what the CNIL asks: %+v", s, m)
		}
		if len(typed) > 0 && len(m.reasons) == 0 {
			t.Fatalf("%q is %s for no reason", s, m.strength.id())
		}
		for _, r := range m.reasons {
			if r.n < 0 || r.n > lengthOfThree {
				t.Fatalf("%q: the reason %+v", s, r)
			}
		}
	})
}

func BenchmarkMeasurePassword(b *testing.B) {
	typed := []rune("lampe tulipe wagon fourmi citron nuage tapis")
	for b.Loop() {
		measurePassword(typed)
	}
}

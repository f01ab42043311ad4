package kiosk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width int
		want  []string
	}{
		"a text that fits is one line":             {"La mer.", 20, []string{"La mer."}},
		"words go to the next line whole":          {"La marée monte vite", 10, []string{"La marée", "monte vite"}},
		"a no-break space is no end of a line":     {"Prêts\u00a0? Partez\u00a0!", 8, []string{"Prêts\u00a0?", "Partez\u00a0!"}},
		"one sentence a line stays":                {"Un.\nDeux.", 20, []string{"Un.", "Deux."}},
		"a word that is too long is cut":           {"anticonstitutionnel", 8, []string{"anticons", "titution", "nel"}},
		"a long word after a short one is cut too": {"un anticonstitutionnel", 8, []string{"un", "anticons", "titution", "nel"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, wrap(c.text, c.width)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// No word is lost, and no line is too wide.
func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`[a-zé日 \n]{0,80}`).Draw(rt, "text")
		width := rapid.IntRange(2, 30).Draw(rt, "width")
		lines := wrap(text, width)
		for _, line := range lines {
			if textWidth(line) > width {
				rt.Fatalf("%q is wider than %d", line, width)
			}
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got, want := squeeze(strings.Join(lines, "")), squeeze(text); got != want {
			rt.Fatalf("%q became %q", want, got)
		}
	})
}

func TestShortenNameKeepsTheKindOfAFile(t *testing.T) {
	got := shortenName("formulaire de demande de logement social.pdf", 24)
	if textWidth(got) > 24 || !strings.HasSuffix(got, ".pdf") || !strings.Contains(got, "…") {
		t.Errorf("shortened to %q", got)
	}
	if got := shortenName("日本語のとても長いファイル名です.pdf", 15); textWidth(got) > 15 {
		t.Errorf("%q is too wide", got)
	}
}

func TestBigWords(t *testing.T) {
	rows, ok := bigWords("É l’")
	if !ok {
		t.Fatal("letters of French have no big form")
	}
	want := [bigRows]string{"▄██   ▄   ▄", "█▄    █   ▀", "█▄▄   █▄▄  "}
	if rows != want {
		t.Errorf("drawn\n%s", strings.Join(rows[:], "\n"))
	}
	if _, ok := bigWords("日"); ok {
		t.Error("a sign without a big form is drawn all the same")
	}
}

func TestGauge(t *testing.T) {
	for part, want := range map[float64]string{-1: "", 0: "", 0.5: "██", 0.53125: "██▏", 1: "████", 7: "████"} {
		if got := gauge(part, 4); got != want {
			t.Errorf("gauge(%v) is %q, not %q", part, got, want)
		}
	}
}

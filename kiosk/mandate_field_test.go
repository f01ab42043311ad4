package kiosk

import (
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// typeInto gives a field the keys of a text, one a character.
func typeInto(f *field, text string) {
	for _, r := range text {
		f.key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestFieldTakesEveryLetter(t *testing.T) {
	for name, text := range map[string]string{
		"latin":       "Zoé Łukasz Þór Nguyễn Œuvré",
		"greek":       "Ελένη Παπαδοπούλου",
		"cyrillic":    "Ольга Щербакова",
		"arabic":      "علي بن محمد",
		"hebrew":      "רחל כהן",
		"persian":     "می\u200cخواهم",
		"decomposed":  "E\u0301lise",
		"quotes":      `Jean "Le Grand" O'Brien-D’Arc`,
		"slashes":     `A/B\C?*<>|&§`,
		"emoji":       "👩‍👧 👍",
		"chinese":     "王小明",
		"figures":     "1 place 1234567890",
		"french keys": "à&é\"'(-è_ç",
	} {
		f := newField(200, "")
		typeInto(f, text)
		if got := f.text().Reveal(); got != text {
			t.Errorf("%s: typed %q, kept %q", name, text, got)
		}
	}
}

func TestFieldRefusesWhatSteersATerminal(t *testing.T) {
	f := newField(200, "")
	f.key(tea.KeyPressMsg{Code: 'x', Text: "a\x1b[31m\x00\u202eb\nc\td\u2066\ufffd\xff"})
	if got, want := f.text().Reveal(), "a[31mb c d"; got != want {
		t.Errorf("kept %q, want %q", got, want)
	}
}

// A letter with its accents, or an emoji made of several, is one.
func TestFieldCorrectsByLetter(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"abé", "ab"},
		{"abe\u0301", "ab"},
		{"ab👩‍👧", "ab"},
		{"abม่", "ab"},
		{"a", ""},
		{"", ""},
	} {
		f := newField(20, c.text)
		f.key(tea.KeyPressMsg{Code: tea.KeyBackspace})
		if got := f.text().Reveal(); got != c.want {
			t.Errorf("%q without its last letter is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFieldIsCorrectedAnywhere(t *testing.T) {
	f := newField(20, "Camile")
	for _, k := range []tea.KeyPressMsg{
		{Code: tea.KeyLeft},
		{Code: tea.KeyLeft},
		{Code: 'l', Text: "l"},
		{Code: tea.KeyHome},
		{Code: tea.KeyDelete},
		{Code: 'K', Text: "K"},
		{Code: tea.KeyRight},
		{Code: tea.KeyEnd},
		{Code: '!', Text: "!"},
		{Code: tea.KeyKp7},
	} {
		f.key(k)
	}
	if got, want := f.text().Reveal(), "Kamille!7"; got != want {
		t.Errorf("corrected to %q, want %q", got, want)
	}
}

func TestFieldHasItsRoom(t *testing.T) {
	f := newField(200, "")
	room := f.runes[:cap(f.runes)]
	typeInto(f, strings.Repeat("é", 200))
	if _, full := f.key(tea.KeyPressMsg{Code: 'x', Text: "x"}); !full || len(f.runes) != 200 {
		t.Errorf("%d characters are kept, full %v", len(f.runes), full)
	}
	if &f.runes[0] != &room[0] {
		t.Error("what was typed moved, and was not overwritten where it was")
	}
	f.wipe()
	for i, r := range room {
		if r != 0 {
			t.Fatalf("character %d is still there", i)
		}
	}
}

// What is taken out of a field is overwritten in it.
func TestFieldKeepsNothingBehindItsEnd(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := newField(30, "")
		for range rapid.IntRange(0, 60).Draw(rt, "keys") {
			if rapid.Bool().Draw(rt, "text") {
				f.key(tea.KeyPressMsg{Text: rapid.String().Draw(rt, "typed")})
				continue
			}
			f.key(tea.KeyPressMsg{Code: rapid.SampledFrom([]rune{
				tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace, tea.KeyDelete,
			}).Draw(rt, "key")})
		}
		if f.at < 0 || f.at > len(f.runes) {
			rt.Fatalf("the cursor is at %d of %d", f.at, len(f.runes))
		}
		for _, r := range f.runes[len(f.runes):cap(f.runes)] {
			if r != 0 {
				rt.Fatalf("%q is left behind the end of the text", r)
			}
		}
		for _, r := range f.text().Reveal() {
			if unicode.IsControl(r) {
				rt.Fatalf("the control character %q was typed", r)
			}
		}
	})
}

func TestDateIsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"31122026":    "31/12/2026",
		"31/12/2026":  "31/12/2026",
		"31.12.2026":  "31/12/2026",
		"1/2/2027":    "01/02/2027",
		"01/2/2027":   "01/02/2027",
		"\"&&é":       "",           // a French keyboard without Shift: 3112
		"\"&&ééàé-":   "31/12/2026", // and 31122026
		"31022027":    "",
		"311220269":   "31/12/2026",
		"abc":         "",
		"":            "",
		"29/02/2028x": "29/02/2028",
	} {
		d := dateField{make([]byte, 0, dateFigures)}
		for _, r := range text {
			d.key(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		got := ""
		if day, ok := d.day(time.UTC); ok {
			got = day.Format("02/01/2006")
		}
		if got != want {
			t.Errorf("%q is the day %q, want %q", text, got, want)
		}
	}
}

func TestSpansEnd(t *testing.T) {
	for _, c := range []struct {
		today string
		span  span
		want  string
	}{
		{"2026-11-22", spanDay, "2026-11-22"},
		{"2026-11-22", spanWeek, "2026-11-29"},
		{"2026-11-22", spanMonth, "2026-12-22"},
		{"2027-01-31", spanMonth, "2027-02-28"},
		{"2026-08-31", spanHalfYear, "2027-02-28"},
		{"2026-11-22", spanHalfYear, "2027-05-22"},
		{"2026-11-22", spanYear, "2027-11-22"},
		{"2028-02-29", spanYear, "2029-02-28"},
	} {
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.span.until(today).Format(time.DateOnly); got != c.want {
			t.Errorf("%s from %s ends on %s, want %s", c.span.id(), c.today, got, c.want)
		}
	}
}

package assets_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"estran/assets"
)

func TestMessages(t *testing.T) {
	for _, lang := range assets.Languages() {
		all := assets.Messages(lang)
		if len(all) < 6 {
			t.Errorf("%s has %d messages", lang, len(all))
		}
		count := map[bool]int{}
		for i, m := range all {
			count[m.False]++
			if m.False != assets.Messages(assets.French)[i].False {
				t.Errorf("message %d is true in one language only", i+1)
			}
			if len(m.Clues) < 2 || len(m.Clues) > 3 || len(m.Body) < 3 || len(m.Body) > 5 {
				t.Errorf("%q has %d lines and %d clues", m.Subject, len(m.Body), len(m.Clues))
			}
			for _, l := range append([]string{m.From, m.Subject}, m.Body...) {
				if n := utf8.RuneCountInString(l); n > 60 {
					t.Errorf("%q has %d characters", l, n)
				}
			}
		}
		if count[true] < 3 || count[false] < 3 {
			t.Errorf("%s has %d false and %d true messages", lang, count[true], count[false])
		}
	}
}

// All addresses are in the domain that belongs to nobody, true or false: it tells nothing, and harms nobody.
func TestInventedAddressesBelongToNobody(t *testing.T) {
	address := regexp.MustCompile(`@[\w.-]+|https?://[\w.-]+`)
	for _, lang := range assets.Languages() {
		lines := quoted(lang)
		for _, f := range assets.SignUpForm(lang).Fields {
			lines = append(lines, line{"form", f.Example})
		}
		found := 0
		for _, l := range lines {
			for _, a := range address.FindAllString(l.text, -1) {
				found++
				if !strings.HasSuffix(a, ".example") {
					t.Errorf("%s: the address %s may belong to somebody (RFC 2606)", l.where, a)
				}
			}
		}
		if found < 6 {
			t.Errorf("%s: only %d addresses were looked at", lang, found)
		}
	}
}

func TestFormAsksTooMuch(t *testing.T) {
	for _, lang := range assets.Languages() {
		f := assets.SignUpForm(lang)
		required, useless, ticks := 0, 0, 0
		for i, field := range f.Fields {
			if field.Label == "" || field.Why == "" || field.Example == "" {
				t.Errorf("field %d in %s is not whole: %+v", i+1, lang, field)
			}
			if field.Required != assets.SignUpForm(assets.French).Fields[i].Required {
				t.Errorf("field %d is required in one language only", i+1)
			}
			switch {
			case field.Tick:
				ticks++
			case field.Required:
				required++
			default:
				useless++
			}
		}
		if required < 2 || useless < 2 || ticks != 1 {
			t.Errorf("%s has %d required fields, %d useless ones, %d to untick", lang, required, useless, ticks)
		}
	}
}

// Seven words drawn evenly must be worth 80 bits: CNIL, délibération 2022-100.
func TestSevenWordsAreWorth80Bits(t *testing.T) {
	good := regexp.MustCompile(`^[a-z]{3,9}$`)
	for _, lang := range assets.Languages() {
		if !slices.IsSorted(assets.Words(lang)) {
			t.Errorf("the words of %s are not sorted", lang)
		}
		seen := map[string]bool{}
		for _, w := range assets.Words(lang) {
			if !good.MatchString(w) {
				t.Errorf("%s has the word %q", lang, w)
			}
			if seen[w] {
				t.Errorf("%s has the word %q twice", lang, w)
			}
			seen[w] = true
		}
		if bits := 7 * math.Log2(float64(len(seen))); bits < 80 {
			t.Errorf("7 of the %d words of %s are worth %.1f bits", len(seen), lang, bits)
		}
	}
}

func TestCommonPasswords(t *testing.T) {
	good := regexp.MustCompile(`^[a-z]{2,}$`)
	for _, w := range assets.CommonPasswords() {
		if !good.MatchString(w) {
			t.Errorf("a common password is %q", w)
		}
	}
	if !slices.IsSorted(assets.CommonPasswords()) {
		t.Error("the common passwords are not sorted")
	}
	if n := len(assets.CommonPasswords()); n < 100 {
		t.Errorf("there are %d common passwords", n)
	}
}

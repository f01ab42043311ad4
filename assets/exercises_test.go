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

// The way out is one, it is behind the name, and one screen says that it is done.
func TestTheSiteHasOneWayOut(t *testing.T) {
	count := func(lang string) (out, elsewhere, last int) {
		s := assets.SignOutSite(lang)
		for _, l := range s.Menu {
			out += map[bool]int{true: 1}[l.Out]
		}
		for _, l := range append([]assets.Link{s.Cross, s.Account}, s.Links...) {
			elsewhere += map[bool]int{true: 1}[l.Out]
		}
		for _, l := range s.Last {
			last += map[bool]int{true: 1}[l.Out]
		}
		return out, elsewhere, last
	}
	for _, lang := range assets.Languages() {
		s, fr := assets.SignOutSite(lang), assets.SignOutSite(assets.French)
		if out, elsewhere, last := count(lang); out != 1 || elsewhere != 0 || last != 1 {
			t.Errorf("%s: %d ways out in the menu, %d elsewhere, %d screens that say so", lang, out, elsewhere, last)
		}
		if len(s.Links) < 2 || len(s.Menu) < 2 || len(s.Last) < 3 {
			t.Errorf("%s: %d links, %d lines of the menu, %d screens: too easy", lang, len(s.Links), len(s.Menu), len(s.Last))
		}
		for i := range s.Menu {
			if s.Menu[i].Out != fr.Menu[i].Out {
				t.Errorf("line %d of the menu signs out in one language only", i+1)
			}
		}
		for i := range s.Last {
			if s.Last[i].Out != fr.Last[i].Out {
				t.Errorf("screen %d says that it is done in one language only", i+1)
			}
		}
		for _, text := range []string{s.Site, s.Address, s.Login, s.Remember, s.Enter, s.Inside} {
			if text == "" {
				t.Errorf("the site in %s is not whole: %+v", lang, s)
			}
		}
		for _, l := range signOutLinks(lang) {
			if n := utf8.RuneCountInString(l.Label); n == 0 || n > 16 || l.Why == "" {
				t.Errorf("%s: the link %q has %d characters, and does %q", lang, l.Label, n, l.Why)
			}
		}
		for _, l := range s.Last {
			if l.Text == "" || l.Also == "" || l.Why == "" {
				t.Errorf("%s: a last screen is not whole: %+v", lang, l)
			}
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

package mandate_test

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/assets"
	"estran/session"
	"estran/session/assist/mandate"
	"estran/session/sessiontest"
)

// longest is a mandate in which everything is as long as it may be. The words are wide ones.
func longest(word string) mandate.Mandate {
	text := strings.Repeat(word, mandate.MaxName)
	cut := func(n int) string { return string([]rune(text)[:n]) }
	m := mandate.Sample(today)
	m.Person, m.Agent, m.Place = session.Private(cut(mandate.MaxName)), session.Private(cut(mandate.MaxName)), session.Private(cut(mandate.MaxName))
	m.Function, m.Structure, m.Address, m.Contact = cut(mandate.MaxName), cut(mandate.MaxName), cut(mandate.MaxName), cut(mandate.MaxName)
	m.Until = today.AddDate(mandate.MaxYears, 0, 0)
	m.Redirect, m.Keep = true, mandate.KeepEnvelope
	m.Formalities = slices.Repeat([]mandate.Formality{
		{Kind: mandate.FormalityMailbox, Detail: session.Private(cut(mandate.MaxDetail))},
		{Kind: mandate.FormalityDeclare, Detail: session.Private(cut(mandate.MaxDetail))},
	}, mandate.MaxFormalities/2)
	m.Sites = nil
	for i := range session.MaxActSites {
		m.Sites = append(m.Sites, session.Private(strings.Repeat("w", 40)+string(rune('a'+i))+"."+strings.Repeat("m", 30)+".gouv.fr"))
	}
	return m
}

// The widest letters, and as much as may be typed: two sides, nothing lost, nothing over the margin.
func TestLongestFitsOnTwoSides(t *testing.T) {
	for _, word := range []string{"W", "Wilhelmine-Alexandrine ", "ليلى ", "👩🏽‍💻é/\"’( "} {
		m := longest(word)
		if problems := m.Check(today); problems != nil {
			t.Fatalf("%q: %v", word, problems)
		}
		for _, v := range versions() {
			for _, lang := range assets.Languages() {
				if v == mandate.Full && lang != assets.French {
					continue // it is French all the same
				}
				page := printed(t, v, m, lang)
				if n := sides(t, page); n != "1" && n != "2" {
					t.Errorf("%s of %q in %s takes %s sides", v, word, lang, n)
				}
				inside(t, page)
			}
		}
	}
}

// inside holds all words of a sheet to its margins.
func inside(t *testing.T, page []byte) {
	t.Helper()
	const width, height, margin = 595.3, 841.9, 30
	box := regexp.MustCompile(`<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">(.*)</word>`)
	found := box.FindAllStringSubmatch(sessiontest.Filter(t, page, "pdftotext", "-bbox", "-", "-"), -1)
	if len(found) < 50 {
		t.Errorf("only %d words are on the sheet", len(found))
	}
	for _, w := range found {
		var x0, y0, x1, y1 float64
		for i, to := range []*float64{&x0, &y0, &x1, &y1} {
			*to = number(t, w[i+1])
		}
		if x0 < margin || y0 < margin-6 || x1 > width-margin || y1 > height-margin+6 {
			t.Errorf("%q is over the margin: %v", w[5], w[1:5])
		}
	}
}

// A section that is read is read on one side: nobody signs under half of a duty.
func TestNoSectionIsCutByTheFold(t *testing.T) {
	month := mandate.Sample(today)
	month.Until, month.Redirect, month.Keep = today.AddDate(0, 1, 0), true, mandate.KeepSafe
	month.Formalities = slices.Repeat(month.Formalities, 2)
	for what, page := range map[string][]byte{
		"sample":      printed(t, mandate.Full, mandate.Sample(today), "fr"),
		"month":       printed(t, mandate.Full, month, "fr"),
		"blank":       pdf(t, func(w io.Writer) error { return mandate.PrintBlank(w, mandate.Full, "fr") }),
		"plain":       printed(t, mandate.Plain, month, "fr"),
		"blank plain": pdf(t, func(w io.Writer) error { return mandate.PrintBlank(w, mandate.Plain, "fr") }),
	} {
		if sides(t, page) == "1" {
			continue
		}
		first, _, _ := strings.Cut(strings.TrimSpace(sessiontest.Filter(t, page, "pdftotext", "-layout", "-nopgbrk", "-f", "2", "-", "-")), "\n")
		if !regexp.MustCompile(`^(\d+\. \S|Mes droits|Je peux arrêter|Quand|Les sites|Ce papier)`).MatchString(first) {
			t.Errorf("%s: the second side begins with %q", what, first)
		}
	}
}

// What is cut off has nothing on its back, once printed on both sides of one page.
func TestBackOfTheCouponIsFree(t *testing.T) {
	month := mandate.Sample(today)
	month.Until, month.Redirect, month.Keep = today.AddDate(0, 1, 0), true, mandate.KeepSafe
	month.Formalities = slices.Repeat(month.Formalities, 2)
	for what, page := range map[string][]byte{
		"sample": printed(t, mandate.Full, mandate.Sample(today), "fr"),
		"month":  printed(t, mandate.Full, month, "fr"),
		"blank":  pdf(t, func(w io.Writer) error { return mandate.PrintBlank(w, mandate.Full, "fr") }),
	} {
		first := sessiontest.Filter(t, page, "pdftotext", "-bbox", "-l", "1", "-", "-")
		last := sessiontest.Filter(t, page, "pdftotext", "-bbox", "-f", "2", "-", "-")
		cut := regexp.MustCompile(`yMin="([0-9.]+)" xMax="[0-9.]+" yMax="[0-9.]+">✂<`).FindStringSubmatch(last)
		if cut == nil {
			t.Fatalf("%s: there is no coupon on the second side", what)
		}
		for _, w := range regexp.MustCompile(`yMax="([0-9.]+)">([^<]*)<`).FindAllStringSubmatch(first, -1) {
			// The number of the page stands below all.
			if y := number(t, w[1]); y > number(t, cut[1]) && y < 780 {
				t.Errorf("%s: %q is on the back of the coupon", what, w[2])
			}
		}
	}
}

func TestBlankHasRoomForAll(t *testing.T) {
	for _, v := range versions() {
		for _, lang := range assets.Languages() {
			page := pdf(t, func(w io.Writer) error { return mandate.PrintBlank(w, v, lang) })
			if n := sides(t, page); n != "1" && n != "2" {
				t.Errorf("the blank %s in %s takes %s sides", v, lang, n)
			}
			inside(t, page)
			text := said(t, page)
			if want := len(mandate.FormalityKinds()); strings.Count(text, "☐") < want || strings.Contains(text, "☑") {
				t.Errorf("the blank %s in %s has no box to tick for each kind, or a ticked one:\n%s", v, lang, text)
			}
		}
	}
}

// All that a mandate may name, and ten long notes.
func TestLongestDoneFitsOnTwoSides(t *testing.T) {
	m := longest("Wilhelmine-Alexandrine ")
	d := mandate.Done{When: today, Structure: m.Structure, Formalities: m.Formalities, Ticked: make([]bool, len(m.Formalities))}
	for range 10 {
		d.Notes = append(d.Notes, m.Person)
	}
	for _, lang := range assets.Languages() {
		page := pdf(t, func(w io.Writer) error { return mandate.PrintDone(w, d, lang) })
		if n := sides(t, page); n != "1" && n != "2" {
			t.Errorf("in %s it takes %s sides", lang, n)
		}
		inside(t, page)
	}
}

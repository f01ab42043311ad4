package assets_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/assets"
)

func TestSameKeysInEachLanguage(t *testing.T) {
	want := assets.In(assets.French).Keys()
	slices.Sort(want)
	for _, lang := range assets.Languages() {
		got := assets.In(lang).Keys()
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the texts of fr and %s differ (-fr +%s):\n%s", lang, lang, diff)
		}
	}
}

func TestSameVerbsInEachLanguage(t *testing.T) {
	fr := assets.In(assets.French)
	known := regexp.MustCompile(`^%(\[\d\])?(s|d|02d)$`)
	for _, key := range fr.Keys() {
		want := verbs(fr.T(key))
		for _, v := range want {
			if !known.MatchString(v) {
				t.Errorf("%s has the verb %q", key, v)
			}
		}
		for _, lang := range assets.Languages() {
			if diff := cmp.Diff(want, verbs(assets.In(lang).T(key))); diff != "" {
				t.Errorf("%s is filled in differently in fr and %s:\n%s", key, lang, diff)
			}
		}
	}
}

func verbs(text string) []string {
	return regexp.MustCompile(`%(\[\d\])?\d*[a-zA-Z]?`).FindAllString(text, -1)
}

// A table of nothing but "one" and "other" is a plural.
func TestPluralsHaveTwoForms(t *testing.T) {
	texts := assets.In(assets.French)
	tables := map[string][]string{}
	for _, key := range texts.Keys() {
		dot := strings.LastIndexByte(key, '.')
		tables[key[:dot]] = append(tables[key[:dot]], key[dot+1:])
	}
	for table, keys := range tables {
		if !slices.ContainsFunc(keys, func(k string) bool { return k != "one" && k != "other" }) && len(keys) != 2 {
			t.Errorf("%s has only the form %q", table, keys)
		}
	}
}

func TestPluralByLanguage(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"fr", 0, "0 document"},
		{"fr", 1, "1 document"},
		{"fr", 2, "2 documents"},
		{"en", 0, "0 documents"},
		{"en", 1, "1 document"},
		{"en", 2, "2 documents"},
	} {
		if got := assets.In(c.lang).N("documents.count", c.n); got != c.want {
			t.Errorf("%d in %s is %q, want %q", c.n, c.lang, got, c.want)
		}
	}
}

func TestTextIsFilledIn(t *testing.T) {
	if got, want := assets.In("fr").T("tip.title", 4), "Conseil 4 sur 12"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := assets.In("fr").Lines("welcome.lead"); len(got) != 2 {
		t.Errorf("the two sentences of the first screen are %q", got)
	}
}

func TestUnknownLanguageIsFrench(t *testing.T) {
	if got := assets.In("de").Lang(); got != "fr" {
		t.Errorf("the texts of de are those of %q", got)
	}
	if len(assets.Tips("de")) != 12 || len(assets.Charter("")) != 8 {
		t.Error("an unknown language has no tips or no charter")
	}
}

func TestMissingTextPanicsInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a missing text went unseen")
		}
	}()
	assets.In("fr").T("no.such.text")
}

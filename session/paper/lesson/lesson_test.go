package lesson_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"estran/assets"
	"estran/session/paper/lesson"
	"estran/session/sessiontest"
)

func page(t *testing.T, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := lesson.Print(&b, lang); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// The sheet says each tip and what to do, in the order of the lesson, on one page.
func TestSheetOfALesson(t *testing.T) {
	for _, lang := range assets.Languages() {
		p := page(t, lang)
		text := flat(sessiontest.Filter(t, p, "pdftotext", "-raw", "-", "-"))
		at := 0
		for _, tip := range assets.Tips(lang) {
			for _, want := range append([]string{strconv.Itoa(tip.Number) + ". " + tip.Title}, tip.Advice...) {
				i := strings.Index(text[at:], flat(want))
				if i < 0 {
					t.Errorf("%s: %q is not where it belongs in\n%s", lang, want, text)
					continue
				}
				at += i
			}
		}
		for _, want := range []string{"17cyber.gouv.fr", "cybermalveillance.gouv.fr", "cnil.fr"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %s is not on the sheet", lang, want)
			}
		}
		if info := sessiontest.Filter(t, p, "pdfinfo", "-"); !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, "Pages:           1\n") {
			t.Errorf("%s: it is not one tagged page:\n%s", lang, info)
		}
		if !bytes.Contains(p, []byte("/Lang ("+lang+")")) {
			t.Errorf("it is not said to be in %s", lang)
		}
		if !bytes.Equal(p, page(t, lang)) {
			t.Errorf("%s: it is not the same for everybody", lang)
		}
	}
}

func TestUnknownLanguageIsFrench(t *testing.T) {
	if !bytes.Equal(page(t, "de"), page(t, assets.French)) {
		t.Error("an unknown language is not French")
	}
}

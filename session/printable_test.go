package session_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"estran/session"
)

func TestPrintable(t *testing.T) {
	cases := map[string]struct{ in, want string }{
		"accents and spaces stay":             {"Attestation de Zoé — été.pdf", "Attestation de Zoé — été.pdf"},
		"a decomposed accent stays":           {"e\u0301te\u0301.pdf", "e\u0301te\u0301.pdf"},
		"other scripts stay":                  {"شهادة.pdf 证明.jpg Ελλάδα", "شهادة.pdf 证明.jpg Ελλάδα"},
		"joined emoji stay":                   {"👨‍👩‍👧 ❤️.jpg", "👨‍👩‍👧 ❤️.jpg"},
		"Persian joiners stay":                {"می\u200cخواهم.txt", "می\u200cخواهم.txt"},
		"a French screenshot's space stays":   {"Capture à 10\u202fh.png", "Capture à 10\u202fh.png"},
		"an Arabic screenshot loses its hint": {"\u200fلقطة.png", "لقطة.png"},
		"an escape sequence is only text":     {"a\x1b]52;c;eA==\x07b", "a�]52;c;eA==�b"},
		"a C1 control is a mark":              {"a\u009b31mb", "a�31mb"},
		"a line break is seen":                {"a\nb\u2028c", "a␤b␤c"},
		"a carriage return is a mark":         {"a\rb", "a�b"},
		"a tab is a space":                    {"a\tb", "a b"},
		"a bidi override is a mark":           {"photo\u202egpj.exe", "photo�gpj.exe"},
		"a bidi isolate is a mark":            {"a\u2066b\u2069", "a�b�"},
		"broken UTF-8 is a mark":              {"r\xe9sum\xe9.doc", "r�sum�.doc"},
		"a raw C1 byte is a mark":             {"a\x9bb", "a�b"},
		"a real replacement character stays":  {"a�b", "a�b"},
		"piled accents are cut":               {"a" + strings.Repeat("\u0301", 50), "a" + strings.Repeat("\u0301", 4)},
		"nothing stays nothing":               {"", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := session.Private(c.in).Printable(); got != c.want {
				t.Errorf("the visitor sees %q, want %q", got, c.want)
			}
		})
	}
}

func TestPrintableShortKeepsTheExtension(t *testing.T) {
	name := session.Private(strings.Repeat("é", 120) + ".pdf")
	got := name.PrintableShort(30)
	if n := utf8.RuneCountInString(got); n != 30 {
		t.Errorf("%d characters, want 30", n)
	}
	if !strings.HasSuffix(got, ".pdf") || !strings.Contains(got, "…") {
		t.Errorf("%q does not show that it is cut, and its extension", got)
	}
	if got := session.Private("court.pdf").PrintableShort(30); got != "court.pdf" {
		t.Errorf("a short name became %q", got)
	}
}

func FuzzPrintable(f *testing.F) {
	for _, s := range []string{"a\x1b[31m", "\u202e\u2066", "\xff\xfe", "\u009b", "é👨‍👩‍👧", strings.Repeat("x", 300)} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		for _, got := range []string{session.Private(s).Printable(), session.Private(s).PrintableShort(limit)} {
			if !utf8.ValidString(got) {
				t.Errorf("broken UTF-8 is shown")
			}
			for _, r := range got {
				if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
					t.Errorf("%U is shown", r)
				}
			}
		}
		if n := utf8.RuneCountInString(session.Private(s).PrintableShort(limit)); n > max(limit, 3) {
			t.Errorf("%d characters for a limit of %d", n, limit)
		}
	})
}

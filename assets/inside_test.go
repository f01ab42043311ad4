package assets

import (
	"strings"
	"testing"
)

// On a station a missing text is never shown as its key.
func TestMissingTextFallsBack(t *testing.T) {
	english := &Texts{lang: English, text: map[string]string{}}
	if got := english.find("welcome.title"); got != "Bienvenue" {
		t.Errorf("an English text that is missing reads %q", got)
	}
	if got := english.find("no.such.text"); got != "" {
		t.Errorf("a text that exists nowhere reads %q", got)
	}
}

func TestTypeset(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"fr", "L'eau : oui ?", "L’eau\u00a0: oui\u00a0?"},
		{"fr", "« Non »", "«\u00a0Non\u00a0»"},
		{"fr", "http://a.example", "http://a.example"},
		{"en", "It's here: yes?", "It’s here: yes?"},
	} {
		got := typeset(c.lang, c.text)
		if got != c.want {
			t.Errorf("%q in %s is set as %q, want %q", c.text, c.lang, got, c.want)
		}
		if again := typeset(c.lang, got); again != got {
			t.Errorf("setting %q twice gives %q", c.text, again)
		}
	}
}

func TestParsePicture(t *testing.T) {
	p, err := parsePicture("{sea}ab{}c\n{coral}d\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Plain(), "|"); got != "abc|d  " {
		t.Errorf("the picture reads %q", got)
	}
	if p[0][0].Ink != InkSea || p[0][1].Ink != InkPlain || p[1][0].Ink != InkCoral {
		t.Errorf("the inks are %+v", p)
	}
	for _, bad := range []string{"{mauve}x", "{sea", "x{"} {
		if _, err := parsePicture(bad); err == nil {
			t.Errorf("%q was understood", bad)
		}
	}
}

func FuzzParsePicture(f *testing.F) {
	f.Add("{sea}ab{}c\nd")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePicture(text)
		if err != nil {
			return
		}
		for _, spans := range p {
			if lineWidth(spans) != p.Width() {
				t.Errorf("%q has lines of %d and %d columns", text, lineWidth(spans), p.Width())
			}
		}
	})
}

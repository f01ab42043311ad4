package browser

import (
	"strings"
	"testing"

	"estran/session"
)

func TestHomePageEscapesItsSites(t *testing.T) {
	c := base()
	c.Sites = []session.Site{{Name: `<script>alert("x")</script>`, URL: `javascript:alert("x")`, What: "<script>"}, {Name: "CAF", URL: "https://www.caf.fr/?a=1&b=\"2"}}
	page, err := homePage(c)
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, bad := range []string{"<script", "javascript:", `b="2`} {
		if strings.Contains(text, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if !strings.Contains(text, "CAF") || !strings.Contains(text, ">caf.fr<") {
		t.Error("the page does not hold its site")
	}
}

// TestHomePageSaysWhatOneDoes on a site, in the visitor's language, and nothing where the list says nothing.
func TestHomePageSaysWhatOneDoes(t *testing.T) {
	for lang, want := range map[string]string{"fr": "Identité, permis", "en": "Identity, licence"} {
		c := base()
		c.Language, c.Sites = lang, append(session.Defaults().Sites, session.Site{Name: "Ma ville", URL: "https://www.ville.fr/"})
		page, err := homePage(c)
		if err != nil {
			t.Fatal(err)
		}
		text := string(page)
		if strings.Count(text, "<span>"+want+"</span>") != 1 || strings.Count(text, "<span>") != len(c.Sites)-1 {
			t.Errorf("%s: the page does not say %q, or says something of a site without words:\n%s", lang, want, text)
		}
		if !strings.Contains(text, "<strong>Ma ville</strong><small>ville.fr</small>") {
			t.Errorf("%s: a site without words is not there", lang)
		}
	}
}

// TestTextHomePageHasALineASite: the text browser shows no more than a terminal has.
func TestTextHomePageHasALineASite(t *testing.T) {
	c := base()
	c.Program, c.Sites = "w3m", append(session.Defaults().Sites, session.Site{Name: "Ma ville", URL: "https://www.ville.fr/"})
	page, err := homePage(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<strong>CAF</strong> · <span>Famille, logement</span> · <small>caf.fr</small>", "<strong>Ma ville</strong> · <small>ville.fr</small>",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not hold %s:\n%s", want, page)
		}
	}
}

func TestHomePageSpeaksTheVisitorsLanguage(t *testing.T) {
	for lang, want := range map[string]string{"fr": "Où voulez-vous aller", "en": "Where do you want to go?", "de": "Où voulez-vous aller"} {
		c := base()
		c.Language = lang
		page, err := homePage(c)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), want) {
			t.Errorf("%s: the page does not say %q", lang, want)
		}
	}
}

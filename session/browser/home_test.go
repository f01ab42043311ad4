package browser

import (
	"strings"
	"testing"

	"estran/session"
)

func TestHomePageEscapesItsSites(t *testing.T) {
	c := base()
	c.Sites = []session.Site{{Name: `<script>alert("x")</script>`, URL: `javascript:alert("x")`}, {Name: "CAF", URL: "https://www.caf.fr/?a=1&b=\"2"}}
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

package browser

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"estran/assets"
	"estran/session"
)

//go:embed firefox/home.html
var homeTemplate string

// homePage is the page of tiles, which the graphical and the text browser share.
func homePage(c Config) ([]byte, error) {
	texts := assets.In(language(c))
	page, err := template.New("home").Funcs(template.FuncMap{"t": func(key string) string { return texts.T("homepage." + key) }}).Parse(homeTemplate)
	if err != nil {
		return nil, fmt.Errorf("cannot read the home page: %w", err)
	}
	var out bytes.Buffer
	err = page.Execute(&out, map[string]any{"Lang": language(c), "Text": c.text(), "Limited": len(c.Limit) > 0, "Tiles": tiles(c.Sites)})
	if err != nil {
		return nil, fmt.Errorf("cannot write the home page: %w", err)
	}
	return out.Bytes(), nil
}

// tile is an official site as the home page shows it.
type tile struct {
	Name, URL, Host, Letter string
	// Hue is one of the colours of the shore, so that a tile is found again by its colour too.
	Hue int
}

const hues = 6

func tiles(sites []session.Site) []tile {
	list := make([]tile, 0, len(sites))
	for i, s := range sites {
		t := tile{Name: s.Name, URL: s.URL, Hue: i % hues}
		if u, err := url.Parse(s.URL); err == nil {
			t.Host = strings.TrimPrefix(u.Hostname(), "www.")
		}
		for _, r := range s.Name {
			t.Letter = strings.ToUpper(string(r))
			break
		}
		list = append(list, t)
	}
	return list
}

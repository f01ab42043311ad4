package browser

import (
	"errors"
	"net/url"
	"strings"

	"estran/session"
)

// A browser that is limited opens the hosts of a mandate and what is under them, and nothing else of the internet: by a
// policy (WebsiteFilter), which Firefox applies to pages, to frames and to redirects of both, and once more by our own
// script (firefox/estran.js), for pages and frames. What a page fetches by itself, an image or a script, comes from
// anywhere, as a page would not work otherwise; so does a link that is saved without being opened. A service through which
// one signs in (FranceConnect) is another host, and must be named too.

// ErrNoLimit: this browser cannot be held to some sites.
var ErrNoLimit = errors.New("the browser cannot be limited")

// limited is the configuration of a browser that is limited: its own page, and the sites it may open, which are the official
// ones among them under their names.
func (c Config) limited() Config {
	if len(c.Limit) == 0 {
		return c
	}
	var sites []session.Site
	for _, host := range c.Limit {
		named := false
		for _, s := range c.Sites {
			if u, err := url.Parse(s.URL); err == nil && under(u.Hostname(), host.Reveal()) {
				sites, named = append(sites, s), true
			}
		}
		if !named {
			sites = append(sites, session.Site{Name: host.Reveal(), URL: "https://" + host.Reveal() + "/"})
		}
	}
	c.Sites, c.HomePage = sites, ""
	if u, err := url.Parse(c.Start.Reveal()); err != nil || !c.opens(u.Hostname()) {
		c.Start = "" // its own page tells what is open
	}
	return c
}

// opens says that a host is one of the limit, or under one.
func (c Config) opens(host string) bool {
	for _, h := range c.Limit {
		if under(host, h.Reveal()) {
			return true
		}
	}
	return false
}

func under(host, parent string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == parent || strings.HasSuffix(host, "."+parent)
}

// limitFilter blocks everything that a pattern can name, but the sandbox's own files and the hosts of the limit. A pattern
// whose host begins with « *. » matches that host and all under it, in any port (MDN, Match patterns).
func limitFilter(limit []session.Private, own []string) object {
	exceptions := append([]string{}, own...)
	for _, host := range limit {
		exceptions = append(exceptions, "*://*."+host.Reveal()+"/*")
	}
	return object{"Block": []string{"<all_urls>"}, "Exceptions": exceptions}
}

// checkLimit refuses what would not be held, and a host that as a pattern would be more than itself and what is under it.
func (c Config) checkLimit() error {
	if len(c.Limit) > 0 && !c.firefox() {
		return ErrNoLimit
	}
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' }
	for _, host := range c.Limit {
		h := host.Reveal()
		switch {
		case strings.Contains(h, ".."), strings.Trim(h, ".") != h, strings.ContainsFunc(h, other),
			session.WideHost(h), session.LocalHost(h):
			return errors.New("a site of the mandate is no name of a host")
		}
	}
	return nil
}

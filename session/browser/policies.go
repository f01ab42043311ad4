package browser

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"estran/assets"
)

// Policies is the policies.json that Firefox reads in /etc/firefox/policies
// (https://mozilla.github.io/policy-templates/). A policy that the installed Firefox does not know is ignored by it:
// a test holds this list against its schema.
func Policies(c Config) ([]byte, error) {
	c = c.limited()
	home, err := parseAddress(c.home())
	if err != nil {
		return nil, fmt.Errorf("the home page: %w", err)
	}
	p := fixedPolicies()
	p["Homepage"] = object{"URL": onePage(home.String()), "Locked": true, "StartPage": "homepage-locked"}
	p["RequestedLocales"] = []string{language(c)}
	// A fresh profile opens this page instead of the home page.
	p["OverrideFirstRunPage"] = ""
	if start := c.Start.Reveal(); start != "" {
		if _, err := parseAddress(start); err != nil {
			return nil, fmt.Errorf("the first page: %w", err)
		}
		p["OverrideFirstRunPage"] = onePage(start)
	}

	addresses := []*url.URL{home}
	bookmarks := []object{{"toplevel_name": assets.In(language(c)).T("homepage.sites")}}
	for _, s := range c.Sites {
		u, err := parseAddress(s.URL)
		if err != nil {
			return nil, fmt.Errorf("an official site: %w", err)
		}
		addresses = append(addresses, u)
		bookmarks = append(bookmarks, object{"name": s.Name, "url": s.URL})
	}
	if len(c.Sites) > 0 {
		p["ManagedBookmarks"] = bookmarks
	}
	p["WebsiteFilter"] = websiteFilter(addresses)
	if len(c.Limit) > 0 {
		p["WebsiteFilter"] = limitFilter(c.Limit, ownFiles())
	}
	if plain := plainOrigins(addresses); len(plain) > 0 {
		p["HttpAllowlist"] = plain
	}
	data, err := json.MarshalIndent(object{"policies": p}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("cannot write the policies: %w", err)
	}
	return append(data, '\n'), nil
}

// onePage keeps Firefox from reading one address as several: it parts them at this sign.
func onePage(address string) string { return strings.ReplaceAll(address, "|", "%7C") }

type object map[string]any

// parseAddress reads a whole address. The error does not repeat it: it may be a visitor's.
func parseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" || (u.Host == "" && u.Scheme != "file" && u.Scheme != "about") {
		return nil, fmt.Errorf("not a whole address")
	}
	return u, nil
}

// websiteFilter closes the sandbox's own files and the services of this computer (the print server's pages on
// localhost:631): the sandbox shares the host's network. It does so for pages and frames; what a page fetches behind
// is held by LocalNetworkAccess. Official sites and the home page stay open, wherever they are.
func websiteFilter(open []*url.URL) object {
	exceptions := ownFiles()
	for _, u := range open {
		if isLoopback(u.Hostname()) {
			exceptions = append(exceptions, fmt.Sprintf("%s://%s/*", u.Scheme, matchHost(u)))
		}
	}
	return object{
		"Block": []string{
			"file:///*",
			"*://localhost/*", "*://*.localhost/*",
			"*://127.0.0.1/*", "*://0.0.0.0/*",
			"*://[::1]/*", "*://[::]/*", "*://[::ffff:7f00:1]/*", "*://[::ffff:0:0]/*",
		},
		"Exceptions": exceptions,
	}
}

// ownFiles are the files of the sandbox that can be opened. Firefox compares in lower case (WebsiteFilter.sys.mjs,
// normalizeURL).
func ownFiles() []string {
	return []string{
		"file://" + sandboxOwn + "/*",
		"file://" + strings.ToLower(sandboxDocuments) + "/*", // a PDF that was downloaded opens from here
	}
}

// matchHost is the host of an address as match patterns write it, without its port.
func matchHost(u *url.URL) string {
	if strings.Contains(u.Hostname(), ":") {
		return "[" + u.Hostname() + "]"
	}
	return strings.ToLower(u.Hostname())
}

func isLoopback(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback() || a.IsUnspecified()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// plainOrigins are the configured sites that have no https: the only ones that open without a warning.
func plainOrigins(addresses []*url.URL) []string {
	var origins []string
	for _, u := range addresses {
		if u.Scheme == "http" {
			origins = append(origins, "http://"+u.Host)
		}
	}
	return origins
}

package browser

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
)

func TestLimitedConfiguration(t *testing.T) {
	c := base()
	c.Sites = session.Defaults().Sites
	c.HomePage = "https://mairie.example/"
	c.Limit = []session.Private{"impots.gouv.fr", "mairie.example", "ville.example"}
	l := c.limited()
	var names []string
	for _, s := range l.Sites {
		names = append(names, s.Name+" "+s.URL)
	}
	want := []string{
		"Impôts https://www.impots.gouv.fr/", "mairie.example https://mairie.example/",
		"ville.example https://ville.example/",
	}
	if !slices.Equal(names, want) || l.HomePage != "" {
		t.Errorf("tiles and bookmarks are %v, the home page %q", names, l.HomePage)
	}
	for start, kept := range map[session.Private]bool{
		"https://www.impots.gouv.fr/a": true, "https://IMPOTS.gouv.fr./": true, "https://impots.gouv.fr.example/": false,
		"https://www.caf.fr/": false, "https://notimpots.gouv.fr/": false, "%": false, "": false,
	} {
		c.Start = start
		if got := c.limited().Start; (got != "") != kept {
			t.Errorf("beginning with %q: %q", start.Reveal(), got.Reveal())
		}
	}
	if again := l.limited(); len(again.Sites) != len(l.Sites) {
		t.Error("limiting twice is another limit")
	}
	c.Limit = nil
	if free := c.limited(); len(free.Sites) != len(c.Sites) || free.HomePage == "" {
		t.Error("no limit is one")
	}
}

func TestLimitPolicies(t *testing.T) {
	c := base()
	c.Limit = []session.Private{"caf.fr"}
	data, err := Policies(c)
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Policies struct {
			WebsiteFilter    struct{ Block, Exceptions []string }
			ManagedBookmarks []map[string]string
		}
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	filter := f.Policies.WebsiteFilter
	if !slices.Equal(filter.Block, []string{"<all_urls>"}) {
		t.Errorf("blocked are %v", filter.Block)
	}
	if !slices.Equal(filter.Exceptions, append(ownFiles(), "*://*.caf.fr/*")) {
		t.Errorf("open are %v", filter.Exceptions)
	}
	for _, b := range f.Policies.ManagedBookmarks[1:] {
		if b["url"] != "https://www.caf.fr/" {
			t.Errorf("a bookmark leads to %s", b["url"])
		}
	}
}

func TestALimitThatCannotBeHeldIsRefused(t *testing.T) {
	for _, bad := range []session.Private{
		"*", "*.fr", "caf.fr/*", "https://caf.fr", "caf", "", ".caf.fr", "caf.fr.", "caf..fr", "caf.fr:80", "CAF.fr", "a b.fr",
		"caf.fr\n", "gouv.fr", "co.uk", "a.lan", "été.fr", "[::1]", "caf.fr,*",
	} {
		c := Config{Program: "/usr/bin/firefox-esr", Headless: true, Home: "/m/h", Documents: "/m/d", Temp: "/m/t", Shm: "/m/s"}
		if err := c.check(); err != nil {
			t.Fatal(err)
		}
		c.Limit = []session.Private{"caf.fr", bad}
		if err := c.check(); err == nil || (len(bad) > 3 && strings.Contains(err.Error(), bad.Reveal())) {
			t.Errorf("%q: %v", bad.Reveal(), err)
		}
	}
	c := Config{Program: "/usr/bin/w3m", Home: "/m/h", Documents: "/m/d", Temp: "/m/t", Shm: "/m/s", Limit: []session.Private{"caf.fr"}}
	if err := c.check(); !errors.Is(err, ErrNoLimit) {
		t.Errorf("w3m: %v", err)
	}
}

// named is a server on this computer that answers to several names, which Firefox finds without a DNS.
func named(t *testing.T, c *Config, names ...string) (port string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<title>Ici " + host + "</title>"))
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("url"), http.StatusFound)
	})
	mux.HandleFunc("/goes", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<title>Départ</title><script>location.replace("` + r.URL.Query().Get("url") + `")</script>`))
	})
	mux.HandleFunc("/frame", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<title>no frame</title><iframe src="` + r.URL.Query().Get("url") + `"></iframe><script>
			onmessage = () => { document.title = "the frame opened"; };
		</script>`))
	})
	mux.HandleFunc("/framed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<script>parent.postMessage("here", "*")</script>`))
	})
	ways(mux)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names { // official ones, so that they may be without https
		c.Sites = append(c.Sites, session.Site{Name: name, URL: "http://" + name + ":" + u.Port() + "/"})
	}
	c.script = "lockPref('network.dns.localDomains', '" + strings.Join(names, ",") + "');\n" +
		"lockPref('dom.security.https_only_mode', false);\n" // what is not official has no https here either
	return u.Port()
}

// What a mandate names opens, and what is under it; nothing else does, however one gets there.
func TestFirefoxKeepsToTheSitesOfAMandate(t *testing.T) {
	c := firefoxConfig(t)
	c.Sites = nil
	port := named(t, &c, "mairie.example", "www.mairie.example", "deep.www.mairie.example", "autre.example", "notmairie.example", "mairie.example.autre.example")
	at := func(host, path string) string { return "http://" + host + ":" + port + path }
	to := func(path, where string) string {
		return at("mairie.example", path+"?url="+url.QueryEscape(where))
	}
	open := map[string]string{
		at("mairie.example", "/"):                         "Ici mairie.example",
		at("www.mairie.example", "/a?b=c"):                "Ici www.mairie.example",
		at("deep.www.mairie.example", "/"):                "Ici deep.www.mairie.example",
		at("MAIRIE.example", "/"):                         "Ici mairie.example",
		to("/to", at("www.mairie.example", "/")):          "Ici www.mairie.example",
		to("/goes", at("www.mairie.example", "/")):        "Ici www.mairie.example",
		to("/frame", at("www.mairie.example", "/framed")): "the frame opened",
		to("/frame", at("autre.example", "/framed")):      "no frame",
		homePageURL:                        "Accueil",
		"file:///home/visiteur/Documents/": "Index of",
	}
	blocked := []string{
		at("autre.example", "/"), at("notmairie.example", "/"), at("mairie.example.autre.example", "/"),
		at("127.0.0.1", "/"), at("localhost", "/"), at("[::1]", "/"), "https://www.caf.fr/", "https://duckduckgo.com/?q=caf",
		"file:///etc/passwd", "file:///", "view-source:" + at("autre.example", "/"), "about:reader?url=" + url.QueryEscape(at("autre.example", "/")),
		at("autre.example.", "/"), "http://mairie.example:" + port + "@autre.example:" + port + "/",
		to("/to", at("autre.example", "/")), to("/goes", at("autre.example", "/")),
	}
	c.Limit = []session.Private{"mairie.example"}
	all := slices.Clone(blocked)
	for address := range open {
		all = append(all, address)
	}
	script := c.script
	look(&c, "", all...)
	c.script = script + c.script
	b, seen := looking(t, c, 2*time.Minute)
	commandLines(t, b, "mairie.example")
	b.Close()
	for _, address := range blocked {
		if p := seen.Pages[address]; !strings.Contains(p.Document, "e=blockedByPolicy") {
			t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
		}
	}
	for address, title := range open {
		if p := seen.Pages[address]; !strings.Contains(p.Title, title) || strings.Contains(p.Document, "neterror") {
			t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
		}
	}
	if len(seen.Failures) != 0 {
		t.Errorf("Firefox could not apply %v", seen.Failures)
	}
	if seen.FirstPage != homePageURL {
		t.Errorf("it opened %q", seen.FirstPage)
	}
}

// The same places open without a limit: it is the limit that closed them.
func TestWithoutALimitTheOthersOpen(t *testing.T) {
	c := firefoxConfig(t)
	c.Sites = nil
	port := named(t, &c, "mairie.example", "autre.example")
	autre := "http://autre.example:" + port
	goes := "http://mairie.example:" + port + "/to?url=" + url.QueryEscape(autre+"/")
	frame := "http://mairie.example:" + port + "/frame?url=" + url.QueryEscape(autre+"/framed")
	script := c.script
	look(&c, "", autre+"/", goes, frame)
	c.script = script + c.script
	b, seen := looking(t, c, 2*time.Minute)
	b.Close()
	for address, title := range map[string]string{autre + "/": "Ici autre.example", goes: "Ici autre.example", frame: "the frame opened"} {
		if p := seen.Pages[address]; !strings.Contains(p.Title, title) {
			t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
		}
	}
}

package browser

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
)

// ways are the ways of a page of an open site to another one. A page that goes is told by where it arrives, a frame by a
// title that says so.
func ways(mux *http.ServeMux) {
	page := func(path, content string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte("<title>Départ</title>" + strings.ReplaceAll(content, "THERE", r.URL.Query().Get("url"))))
		})
	}
	const told = `<script>onmessage = () => { document.title = "it opened"; };</script>`
	page("/object", told+`<object data="THERE" type="text/html" width=9 height=9></object>`)
	page("/embed", told+`<embed src="THERE" type="text/html" width=9 height=9>`)
	page("/frameset", `<script>onmessage = () => { document.title = "it opened"; };</script><frameset cols="*"><frame src="THERE"></frameset>`)
	page("/nested", `<script>let n = 0; onmessage = () => { document.title = ++n > 1 ? "it opened" : "half"; };</script>
		<iframe srcdoc="<script>parent.postMessage(1, '*'); location.replace('THERE')</script>"></iframe>`)
	page("/meta", `<meta http-equiv="refresh" content="0;url=THERE">`)
	page("/form", `<form method="post" action="THERE"></form><script>document.forms[0].submit()</script>`)
	page("/click", `<a href="THERE">x</a><script>document.querySelector("a").click()</script>`)
	page("/blob", `<script>location.href = URL.createObjectURL(new Blob(
		["<scr" + "ipt>location.replace('THERE')</scr" + "ipt>"], {type: "text/html"}))</script>`)
	page("/opens", `<script>window.open("THERE")</script>`)
	mux.HandleFunc("/refresh", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Refresh", "0;url="+r.URL.Query().Get("url"))
	})
}

// waysOut has Firefox go every way from mairie.example to autre.example, and those of more.
func waysOut(t *testing.T, c Config, more func(port string) []string) (port string, seen looked, then struct {
	Opened, Searched string
	Hosts            []string
},
) {
	t.Helper()
	c.Sites = nil
	port = named(t, &c, "mairie.example", "autre.example", "xn--mnchen-3ya.example")
	autre := "http://autre.example:" + port + "/"
	from := func(path, where string) string {
		return "http://mairie.example:" + port + path + "?url=" + url.QueryEscape(where)
	}
	all := more(port)
	for _, path := range framing {
		all = append(all, from(path, autre+"framed"))
	}
	for _, path := range going {
		all = append(all, from(path, autre))
	}
	script := c.script
	look(&c, `
		Services.prefs.unlockPref("dom.disable_open_during_load");
		Services.prefs.setBoolPref("dom.disable_open_during_load", false);
		const until = async (done) => { for (let i = 0; i < 100 && !done(); i++) { await sleep(50); } await sleep(500); };
		const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
		const tabs = window.gBrowser.tabs.length;
		window.gBrowser.addTab(`+quoted(from("/opens", autre))+`, { triggeringPrincipal });
		await until(() => window.gBrowser.tabs.length == tabs + 2);
		const opened = window.gBrowser.tabs[tabs + 1]?.linkedBrowser.documentURI?.spec ?? "";
		window.gURLBar.value = "caf allocations";
		window.gURLBar.handleCommand();
		const searched = () => window.gBrowser.selectedBrowser.documentURI.spec;
		await until(() => searched() != `+quoted(homePageURL)+`);
		return { opened, searched: searched(), hosts: Object.keys(look.hosts) };`, all...)
	c.script = script + c.script
	b, seen := looking(t, c, 2*time.Minute)
	b.Close()
	if err := json.Unmarshal(seen.Then, &then); err != nil {
		t.Fatal(err)
	}
	return port, seen, then
}

var (
	framing = []string{"/object", "/embed", "/frameset", "/nested", "/frame"}
	going   = []string{"/meta", "/form", "/click", "/refresh", "/blob", "/to", "/goes"}
)

// quoted is a value as a script writes it.
func quoted(value any) string {
	data, _ := json.Marshal(value)
	return string(data)
}

const byPolicy = "about:neterror?e=blockedByPolicy&"

// There are many ways to go somewhere, and many ways to write an address. None leads out of the limit.
func TestNoWayOutOfTheLimit(t *testing.T) {
	c := firefoxConfig(t)
	c.Limit = []session.Private{"mairie.example", "xn--mnchen-3ya.example"}
	var stays map[string]string // an address, and the title that it shows
	var out, odd []string       // blocked by the limit, or leading nowhere at all
	port, seen, then := waysOut(t, c, func(port string) []string {
		at := func(host string) string { return "http://" + host + ":" + port + "/" }
		stays = map[string]string{
			at("m\u00fcnchen.example"):     "Ici xn--mnchen-3ya.example",
			at("user:word@mairie.example"): "Ici mairie.example",
			at("mairie.example."):          "Ici mairie.example.",
		}
		autre := at("autre.example")
		out = []string{
			at("m\u0430irie.example"), at("2130706433"), at("0x7f.1"), at("mairie.example@autre.example"), at("AUTRE.EXAMPLE"),
			at("\uff41utre.example"), "http:autre.example:" + port, `http:\\autre.example:` + port, "ftp://autre.example/",
			"data:text/html,<title>x</title><script>location.replace('" + autre + "')</script>", "about:config",
			"ABOUT:READER?URL=" + url.QueryEscape(autre), "view-source:view-source:" + autre, "jar:" + autre + "!/",
		}
		odd = []string{
			"about:reader?url=" + url.QueryEscape(at("mairie.example")+"to?url="+url.QueryEscape(autre)),
			"wss://autre.example/", "feed:" + autre, "moz-extension://autre/", "blob:" + autre,
		}
		all := slices.Concat(out, odd)
		for address := range stays {
			all = append(all, address)
		}
		return all
	})
	for address, p := range seen.Pages {
		title, known := stays[address]
		switch u, _ := url.Parse(address); {
		case known && p.Title != title:
			t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
		case known:
		case strings.HasPrefix(p.Document, "http://autre.example"), strings.Contains(p.Title, "autre"), p.Title == "it opened":
			t.Errorf("%s leads to %q, %q", address, p.Document, p.Title)
		case u != nil && slices.Contains(framing, u.Path):
			if p.Title != "Départ" && p.Title != "half" && p.Title != "no frame" {
				t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
			}
		case !slices.Contains(odd, address) && !strings.HasPrefix(p.Document, byPolicy):
			t.Errorf("%s is not blocked but shows %q, %q", address, p.Document, p.Title)
		}
	}
	if !strings.HasPrefix(then.Opened, byPolicy) {
		t.Errorf("a new window shows %q", then.Opened)
	}
	if !strings.HasPrefix(then.Searched, byPolicy) {
		t.Errorf("a search shows %q", then.Searched)
	}
	for _, host := range then.Hosts {
		if host == "autre.example" || strings.Contains(host, "duckduckgo") {
			t.Errorf("%s was asked for something", host)
		}
	}
	if port == "" || len(seen.Pages) < len(out)+len(odd)+len(framing)+len(going) {
		t.Errorf("%d pages were looked at", len(seen.Pages))
	}
}

// The same ways lead out where nothing is limited: it is the limit that closed them.
func TestTheWaysLeadOutWithoutALimit(t *testing.T) {
	port, seen, then := waysOut(t, firefoxConfig(t), func(string) []string { return nil })
	autre := "http://autre.example:" + port + "/"
	for address, p := range seen.Pages {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case slices.Contains(going, u.Path):
			if p.Document != autre {
				t.Errorf("%s leads to %q, %q", address, p.Document, p.Title)
			}
		case p.Title != "it opened" && p.Title != "the frame opened":
			t.Errorf("%s shows %q, %q", address, p.Document, p.Title)
		}
	}
	if then.Opened != autre {
		t.Errorf("a new window shows %q", then.Opened)
	}
}

// The policy of Firefox is not the only thing that holds: where a Firefox does not apply it, or applies less of it, nothing
// else opens either.
func TestTheLimitHoldsWithoutThePolicy(t *testing.T) {
	c := firefoxConfig(t)
	c.Sites, c.Limit = nil, []session.Private{"mairie.example"}
	port := named(t, &c, "mairie.example", "autre.example")
	at := func(host string) string { return "http://" + host + ":" + port + "/" }
	frame := at("mairie.example") + "object?url=" + url.QueryEscape(at("autre.example")+"framed")
	script := c.script
	look(&c, `
		const { WebsiteFilter } = ChromeUtils.importESModule("resource:///modules/policies/WebsiteFilter.sys.mjs");
		WebsiteFilter.isAllowed = () => true;
		const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
		const seen = {};
		for (const address of `+quoted([]string{at("mairie.example"), at("autre.example"), at("notmairie.example"), at("127.0.0.1"), frame})+`) {
			const tab = window.gBrowser.addTab(address, { triggeringPrincipal });
			for (let i = 0; i < 40; i++) { await sleep(50); }
			seen[address] = [tab.linkedBrowser.documentURI?.spec ?? "", tab.linkedBrowser.contentTitle];
		}
		return seen;`)
	c.script = script + c.script
	b, seen := looking(t, c, 2*time.Minute)
	b.Close()
	var pages map[string][2]string
	if err := json.Unmarshal(seen.Then, &pages); err != nil {
		t.Fatal(err)
	}
	for address, p := range pages {
		switch address {
		case at("mairie.example"):
			if p[1] != "Ici mairie.example" {
				t.Errorf("the site of the mandate shows %q", p)
			}
		case frame:
			if p[1] != "Départ" {
				t.Errorf("a frame shows %q", p)
			}
		default:
			if !strings.HasPrefix(p[0], byPolicy) {
				t.Errorf("%s shows %q", address, p)
			}
		}
	}
	if len(pages) != 5 {
		t.Errorf("%d pages were looked at", len(pages))
	}
}

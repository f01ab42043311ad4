package browser

import (
	"encoding/json"
	"testing"
	"time"
)

func TestFirefoxManual(t *testing.T) {
	need(t, "firefox-esr", "bwrap")
	c := sessionConfig(t)
	c.Program = "firefox-esr"
	c.Headless = true
	look(&c, "", "about:config", "about:preferences", "about:addons", "about:support", "about:networking", "about:about", "about:policies", "about:logins", "about:downloads", "about:newtab", "about:home", "about:privatebrowsing", "about:debugging", "about:telemetry", "about:memory", "file:///etc/passwd", "file:///estran/accueil.html", "view-source:file:///etc/passwd", "view-source:https://example.invalid/", "about:reader?url=file:///etc/passwd", "chrome://browser/content/preferences/preferences.xhtml", "chrome://browser/content/browser.xhtml", "resource://gre/modules/AppConstants.sys.mjs", "http://localhost:631/", "http://127.0.0.1:631/", "http://[::1]:631/", "file:///home/visiteur/Documents/", "https://example.invalid/")
	b, l := looking(t, c, time.Minute)
	s, _ := json.MarshalIndent(l, "", " ")
	t.Log(string(s))
	b.Close()
}

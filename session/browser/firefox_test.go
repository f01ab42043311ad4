package browser

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
)

func firefoxConfig(t testing.TB) Config {
	t.Helper()
	need(t, "firefox-esr", "bwrap")
	c := sessionConfig(t)
	c.Program, c.Headless = "firefox-esr", true
	return c
}

func started(t testing.TB, c Config) *Browser {
	t.Helper()
	b, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	return b
}

func TestFirefoxShowsAndCloses(t *testing.T) {
	b := started(t, firefoxConfig(t))
	shown := await(t, b, Shown, patience)
	if shown.Took <= 0 || shown.Took > time.Minute {
		t.Errorf("the window took %v", shown.Took)
	}
	namespace := namespaceOf(t, b.sandbox.bwrap.Pid, 3)
	first := await(t, b, Idle, patience).Idle
	if second := await(t, b, Idle, patience).Idle; second <= first {
		t.Errorf("nobody touched it: idle for %v, then for %v", first, second)
	}
	begun := time.Now()
	go b.Close()
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
	if took := time.Since(begun); took > closeGrace {
		t.Errorf("it was killed after %v, it should have closed", took)
	}
	gone(t, namespace, 0)
}

func TestFirefoxIsClosedToItsOwnPages(t *testing.T) {
	c := firefoxConfig(t)
	s := newSite(t, map[string]string{"/": "<title>Mairie</title>"})
	c.Sites = append(c.Sites, s.Site())
	blocked := []string{
		"about:config", "about:preferences", "about:preferences#privacy", "about:addons", "about:support", "about:profiles",
		"about:networking", "about:about", "about:policies", "about:logins", "about:debugging", "about:memory", "about:cache",
		"about:telemetry", "about:processes", "about:serviceworkers", "about:certificate", "ABOUT:CONFIG",
		"chrome://browser/content/preferences/preferences.xhtml", "chrome://browser/content/browser.xhtml",
		"chrome://global/content/config.xhtml", "resource://gre/modules/AppConstants.sys.mjs",
		"file:///etc/passwd", "file:///", "file:///proc/self/environ", "file:///home/visiteur/.session/",
		"view-source:file:///etc/passwd", "view-source:" + s.URL + "/", "about:reader?url=file:///etc/passwd",
		"http://localhost:631/", "http://localhost.:631/", "http://[::1]:631/", "http://0.0.0.0:631/", "https://x.localhost/",
		"http://[::ffff:127.0.0.1]:631/",
	}
	open := map[string]string{
		s.URL + "/":                        "Mairie",
		homePageURL:                        "Accueil",
		"about:downloads":                  "Téléchargements",
		"file:///home/visiteur/Documents/": "Index of",
	}
	var all []string
	all = append(all, blocked...)
	for address := range open {
		all = append(all, address)
	}
	look(&c, "", all...)
	b, seen := looking(t, c, 2*time.Minute)
	b.Close()

	for _, address := range blocked {
		if p := seen.Pages[address]; !strings.Contains(p.Document, "e=blockedByPolicy") {
			t.Errorf("%s shows %q", address, p.Document)
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
	policies, err := Policies(c)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Policies map[string]any }
	if err := json.Unmarshal(policies, &file); err != nil {
		t.Fatal(err)
	}
	for name := range file.Policies {
		// Without an action of its own, a policy is not counted as active.
		if !slices.Contains(seen.Active, name) && name != "HttpAllowlist" {
			t.Errorf("the policy %s is not active", name)
		}
	}
	if !seen.Private {
		t.Error("the window is not private")
	}
	if seen.FirstPage != homePageURL || seen.NewTab != homePageURL || seen.AddressBar != "" {
		t.Errorf("it opened %q, new tabs open %q, the address bar says %q", seen.FirstPage, seen.NewTab, seen.AddressBar)
	}
	if seen.Downloads != sandboxDocuments || seen.Search != "DuckDuckGo" {
		t.Errorf("downloads go to %q, searches to %q", seen.Downloads, seen.Search)
	}
	if len(seen.Printers) != 0 {
		t.Errorf("it sees the printers %v", seen.Printers)
	}
	// Besides the sites themselves, only what protects the visitor is asked for: bad certificates, bad sites.
	for _, host := range seen.Hosts {
		if !slices.Contains([]string{"127.0.0.1", "firefox.settings.services.mozilla.com", "safebrowsing.googleapis.com"}, host) {
			t.Errorf("it called %s", host)
		}
	}
	// Firefox's own walls around its pages stand within ours.
	if level, _ := seen.Sandbox["effectiveContentSandboxLevel"].(float64); level < 4 {
		t.Errorf("the pages' own sandbox is at level %v", seen.Sandbox)
	}
	if ok, _ := seen.Sandbox["hasUserNamespaces"].(bool); !ok {
		t.Errorf("the pages have no namespaces of their own: %v", seen.Sandbox)
	}
}

func TestFirefoxSpeaksFrench(t *testing.T) {
	c := firefoxConfig(t)
	if _, err := os.Stat("/usr/lib/firefox-esr/browser/extensions/langpack-fr@firefox-esr.mozilla.org.xpi"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("firefox-esr-l10n-fr is not installed")
		}
		t.Skip("firefox-esr-l10n-fr is not installed")
	}
	// The words that Firefox adds to a page take another way than those of its windows.
	page := newSite(t, map[string]string{"/": `<title>Mairie</title><input required><script>
		onload = () => fetch("/words", { method: "POST", body: document.querySelector("input").validationMessage });
	</script>`})
	c.Sites, c.Start = []session.Site{page.Site()}, session.Private(page.URL+"/")
	look(&c, "")
	b, seen := looking(t, c, time.Minute)
	words := page.await(t, "/words", time.Minute)
	b.Close()
	if seen.Locale != "fr" || words != "Veuillez compléter ce champ." {
		t.Errorf("it speaks %q, and its pages say %q", seen.Locale, words)
	}
}

// A page of a site, a paper downloaded from it, and nothing of either in the session's home.
func TestFirefoxVisitsASite(t *testing.T) {
	c := firefoxConfig(t)
	const canary = "canari-7f3a91"
	s := newSite(t, map[string]string{
		"/" + canary: `<title>Mairie</title><script>
			document.cookie = "canari=` + canary + `; max-age=86400";
			localStorage.setItem("` + canary + `", "1");
			indexedDB.open("` + canary + `");
			const clicked = (href) => { const a = document.createElement("a"); a.href = href; document.body.append(a); a.click(); };
			onload = async () => {
				await fetch("/seen", { method: "POST", body: JSON.stringify({
					cookie: document.cookie, languages: navigator.languages, large: devicePixelRatio,
				}) });
				clicked("/paper.pdf");
				setTimeout(() => clicked("/paper.odt"), 1500);
			};
		</script><body>Bonjour`,
	})
	c.Sites = []session.Site{s.Site()}
	c.Start = session.Private(s.URL + "/" + canary)
	c.Large = true
	b := started(t, c)
	await(t, b, Shown, patience)
	var page struct {
		Cookie    string
		Languages []string
		Large     float64
	}
	if err := json.Unmarshal([]byte(s.await(t, "/seen", patience)), &page); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.Cookie, canary) {
		t.Error("the site's cookie was refused")
	}
	if len(page.Languages) == 0 || page.Languages[0] != "fr-FR" {
		t.Errorf("it asks for %v", page.Languages)
	}
	if page.Large != 1.5 {
		t.Errorf("large text is %v times as large", page.Large)
	}
	for name, content := range map[string]string{"attestation.pdf": pdf, "paper.odt": "not really one"} {
		path := filepath.Join(c.Documents, name)
		deadline := time.Now().Add(patience)
		for {
			data, err := os.ReadFile(path)
			if err == nil && string(data) == content {
				break
			}
			if time.Now().After(deadline) {
				entries, _ := os.ReadDir(c.Documents)
				t.Fatalf("%s did not come into the documents: %v, which hold %v", name, err, entries)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	commandLines(t, b, canary)
	go b.Close()
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
	for _, dir := range []string{c.Home, c.Temp, c.Shm} {
		if found := grep(t, dir, canary); len(found) != 0 {
			t.Errorf("the visit is written in %v", found)
		}
	}
}

// The search above is not blind: it finds the same visit in a profile that is not private.
func TestVisitsCanBeFound(t *testing.T) {
	c := firefoxConfig(t)
	const canary = "canari-7f3a91"
	s := newSite(t, map[string]string{"/" + canary: `<title>Mairie</title><script>onload = () => fetch("/seen")</script>`})
	dir := filepath.Dir(c.Home)
	cmd := plainFirefox(t, dir, "", c.Credential, "--headless", s.URL+"/"+canary)
	quiet(t, cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.await(t, "/seen", time.Minute)
	deadline := time.Now().Add(patience)
	for len(grep(t, filepath.Join(dir, "plain", "profile"), canary)) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("the visit is not found")
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// A page of the internet does not reach this computer behind the visitor's back.
func TestFirefoxKeepsPagesOffThisComputer(t *testing.T) {
	c := firefoxConfig(t)
	service := newSite(t, nil) // as CUPS: it listens on this computer
	page := newSite(t, map[string]string{"/": `<title>Piège</title><script>
		onload = async () => {
			const stolen = fetch("` + service.URL + `/stolen").then(() => "fetched", String);
			const image = new Image();
			const shown = new Promise((is) => { image.onload = () => is(" an image"); image.onerror = () => is(" no image"); });
			image.src = "` + service.URL + `/image";
			fetch("/done", { method: "POST", body: await stolen + await shown });
		};
	</script>`})
	c.Sites = []session.Site{page.Site()}
	c.Start = session.Private(page.URL + "/")
	// The page's address counts as one of the internet.
	c.script = "lockPref('network.lna.address_space.public.override', '" + strings.TrimPrefix(page.URL, "http://") + "');\n"
	b := started(t, c)
	said := page.await(t, "/done", time.Minute)
	b.Close()
	service.mutex.Lock()
	defer service.mutex.Unlock()
	if len(service.seen) != 0 || !strings.Contains(said, "Error") || !strings.Contains(said, "no image") {
		t.Errorf("the page reached %v, and said %q", service.seen, said)
	}
}

// commandLines checks that the host cannot read a text in the command lines of the sandbox.
func commandLines(t *testing.T, b *Browser, text string) {
	t.Helper()
	pids := append(processesOf(namespaceOf(t, b.sandbox.bwrap.Pid, 2)), b.sandbox.bwrap.Pid)
	for _, pid := range pids {
		line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if bytes.Contains(line, []byte(text)) {
			t.Errorf("the command line of process %d holds it", pid)
		}
	}
}

// grep lists the files under a directory that hold a text, as it is or in UTF-16.
func grep(t *testing.T, dir, text string) []string {
	t.Helper()
	var wide []byte
	for _, c := range []byte(text) {
		wide = append(wide, c, 0)
	}
	var found []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil && !errors.Is(err, fs.ErrNotExist) || e == nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
			return nil
		}
		if bytes.Contains(data, []byte(text)) || bytes.Contains(data, wide) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

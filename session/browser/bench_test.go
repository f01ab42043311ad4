package browser

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"estran/session"
)

// BenchmarkStart measures from Start to the first window and to a loaded page, and the same page in the same Firefox
// started by hand: a fresh profile, no sandbox, the same headless compositor. Run it with -benchtime=5x.
func BenchmarkStart(b *testing.B) {
	need(b, "firefox-esr", "bwrap")
	d := startSway(b)
	page := newSite(b, map[string]string{"/": `<!DOCTYPE html><title>Mairie</title><script>onload = () => fetch("/loaded")</script>`})
	var shown, loaded, plain time.Duration
	for b.Loop() {
		c := sessionConfig(b)
		c.Program, c.Display = "firefox-esr", Display{Wayland: d.wayland()}
		c.Sites, c.Start = []session.Site{page.Site()}, session.Private(page.URL+"/")
		begun := time.Now()
		browser, err := Start(context.Background(), c)
		if err != nil {
			b.Fatal(err)
		}
		shown += await(b, browser, Shown, time.Minute).Took
		page.await(b, "/loaded", time.Minute)
		loaded += time.Since(begun)
		browser.Kill()

		cmd := plainFirefox(b, filepath.Dir(c.Home), d.wayland(), c.Credential, page.URL+"/")
		quiet(b, cmd, `user_pref("intl.locale.requested", "fr");`)
		begun = time.Now()
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		page.await(b, "/loaded", time.Minute)
		plain += time.Since(begun)
		stopPlain(cmd)
	}
	n := float64(b.N)
	b.ReportMetric(float64(shown.Milliseconds())/n, "ms-to-window")
	b.ReportMetric(float64(loaded.Milliseconds())/n, "ms-to-page")
	b.ReportMetric(float64(plain.Milliseconds())/n, "ms-to-page-by-hand")
	b.ReportMetric(float64(loaded)/float64(plain), "ratio")
	b.ReportMetric(0, "ns/op") // it holds both
}

// BenchmarkProbe measures how long a station takes to know that it can make a sandbox.
func BenchmarkProbe(b *testing.B) {
	need(b, "bwrap")
	for b.Loop() {
		if err := Probe(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

package browser

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"estran/session"
)

// A window on a real compositor. With ESTRAN_PICTURES=dir, pictures of it for a person to look at.
func TestWindow(t *testing.T) {
	need(t, "wtype")
	c := firefoxConfig(t)
	d := startSway(t)
	c.Headless, c.Display = false, Display{Wayland: d.wayland()}
	b := started(t, c)
	await(t, b, Shown, patience)
	want := "Accueil — Mozilla Firefox"
	deadline := time.Now().Add(patience)
	for !slices.Contains(d.titles(t), want) {
		if time.Now().After(deadline) {
			t.Fatalf("the windows are %v, want %q", d.titles(t), want)
		}
		time.Sleep(100 * time.Millisecond)
	}
	d.picture(t, "browser-home")

	// The visitor does something, and it is known.
	for await(t, b, Idle, patience).Idle < 4*time.Second {
	}
	idle := time.Hour
	for tries := 0; idle > 4*time.Second; tries++ { // the first ones may have been said before
		if tries == 30 {
			t.Fatalf("keys were pressed, and nobody is said to be there for %v", idle)
		}
		if tries%3 == 0 {
			if out, err := d.command("wtype", "-s", "300", "-k", "Tab", "-s", "300").CombinedOutput(); err != nil {
				t.Fatalf("wtype: %v: %s", err, out)
			}
		}
		idle = await(t, b, Idle, patience).Idle
	}
	if os.Getenv("ESTRAN_PICTURES") != "" {
		pictures(t, startSway(t))
	}
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if e := exited(t, b, patience); e.Problem != session.BrowserNoDisplay {
		t.Errorf("its display went away, and it ended with %q", e.Problem)
	}
}

// pictures are for a person to look at: large text, English, an ordinary page.
func pictures(t *testing.T, d *desktop) {
	t.Helper()
	page := newSite(t, map[string]string{"/": `<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Mairie</title>
		<body style="font: 18px sans-serif; max-width: 40em; margin: 2em auto"><h1>Mairie de Saint-Malo</h1>
		<p>Une page ordinaire : œuvre, naïf, 12 €, العربية, русский, 😀.</p>
		<p><label>Votre papier : <input type=file></label> <input type=submit></p>`})
	for name, change := range map[string]func(*Config){
		"browser-large":   func(c *Config) { c.Large = true },
		"browser-english": func(c *Config) { c.Language = "en" },
		"browser-page":    func(c *Config) { c.Start = session.Private(page.URL + "/") },
	} {
		c := firefoxConfig(t)
		c.Headless, c.Display = false, Display{Wayland: d.wayland()}
		c.Sites = append(c.Sites, page.Site())
		change(&c)
		b := started(t, c)
		await(t, b, Shown, patience)
		d.picture(t, name)
		b.Kill()
	}
}

// A socket that nobody listens to is no display.
func TestWindowNeedsACompositor(t *testing.T) {
	c := firefoxConfig(t)
	dir, err := os.MkdirTemp("", "estran-socket-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "wayland-0")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c.Headless, c.Display = false, Display{Wayland: socket}
	b := started(t, c)
	if e := exited(t, b, patience); e.Problem != session.BrowserNoDisplay {
		t.Errorf("it ended with %q", e.Problem)
	}
}

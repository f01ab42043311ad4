package browser

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
)

// VULNERABILITY  A page in full screen hides what Estran shows above it, and can draw an Estran of its own.
// ATTACK         F11, and a page that asks for full screen when a key is pressed in it.
// THIS TEST      sees, on a real compositor, that neither window gets it, and that the page fills its window.
func TestFullScreenStaysInTheWindow(t *testing.T) {
	need(t, "wtype")
	page := newSite(t, map[string]string{"/": `<!DOCTYPE html><meta charset=utf-8><title>Avant</title>
		<body><p>Page</p><script>
		addEventListener("keydown", (e) => e.key == "z" && (document.title = "Calme"));
		addEventListener("resize", () => document.title = "Taille " + innerHeight);
		addEventListener("keydown", (e) => e.key == "a" && document.documentElement.requestFullscreen().then(
			() => { document.title = "Plein " + (innerHeight == document.documentElement.clientHeight); },
			() => { document.title = "Refus"; }));
		</script>`})
	c := firefoxConfig(t)
	d := startSway(t)
	c.Headless, c.Display = false, Display{Wayland: d.wayland()}
	c.Sites, c.Start = append(c.Sites, page.Site()), session.Private(page.URL+"/")
	b := started(t, c)
	await(t, b, Shown, patience)
	go func() {
		for range b.Events() {
		}
	}()
	titled := func(want string) bool {
		return slices.ContainsFunc(d.titles(t), func(title string) bool { return strings.HasPrefix(title, want) })
	}
	until := func(what string, is func() bool) {
		t.Helper()
		for deadline := time.Now().Add(patience); !is(); time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("never: %s; the windows are %q", what, d.titles(t))
			}
		}
	}
	press := func(key string) {
		t.Helper()
		if out, err := d.command("wtype", "-s", "300", "-k", key, "-s", "300").CombinedOutput(); err != nil {
			t.Fatalf("wtype: %v: %s", err, out)
		}
	}
	until("the page is there", func() bool { return titled("Avant") })
	until("the page has its keys", func() bool { press("z"); return titled("Calme") })
	for range 3 {
		press("F11")
		if d.fullscreen(t) || !titled("Calme") {
			t.Fatalf("F11 did something: full screen %v, the windows are %q", d.fullscreen(t), d.titles(t))
		}
	}
	until("the page is in full screen", func() bool { press("a"); return titled("Plein") })
	d.picture(t, "browser-fullscreen")
	for range 10 {
		if d.fullscreen(t) {
			t.Fatal("a page gave its window the full screen")
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// fullscreen says that a window has the full screen.
func (d *desktop) fullscreen(t testing.TB) bool {
	t.Helper()
	out, err := d.command("swaymsg", "-r", "-t", "get_tree").Output()
	if err != nil {
		t.Fatalf("cannot ask sway: %v", err)
	}
	type node struct {
		PID   int    `json:"pid"`
		Mode  int    `json:"fullscreen_mode"`
		Nodes []node `json:"nodes"`
		Float []node `json:"floating_nodes"`
	}
	var root node
	if err := json.Unmarshal(out, &root); err != nil {
		t.Fatal(err)
	}
	var any func(n node) bool
	any = func(n node) bool {
		return n.PID != 0 && n.Mode != 0 || slices.ContainsFunc(append(n.Nodes, n.Float...), any)
	}
	return any(root)
}

package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"estran/session"
	"estran/session/wayland"
)

// TestFirefoxOnASocketOfItsOwn opens a window where the compositor offers none of its privileged protocols.
func TestFirefoxOnASocketOfItsOwn(t *testing.T) {
	d := startSway(t)
	c := firefoxConfig(t)
	c.Headless = false
	dir := filepath.Join(filepath.Dir(c.Home), "display")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if c.Credential != nil {
		if err := os.Chown(dir, int(c.Credential.Uid), int(c.Credential.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	c.Display.Wayland = filepath.Join(dir, "wayland-0")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	offer, err := wayland.Offer(ctx, d.wayland(), c.Display.Wayland, c.Credential)
	if errors.Is(err, wayland.ErrUnsupported) {
		t.Skipf("the compositor of this computer is too old: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer offer.Close()
	b := started(t, c)
	t.Logf("the window took %v", await(t, b, Shown, patience).Took)
	if titles := d.titles(t); !slices.ContainsFunc(titles, func(s string) bool { return s != "" }) {
		t.Errorf("sway shows the windows %q", titles)
	}
	go b.Close()
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

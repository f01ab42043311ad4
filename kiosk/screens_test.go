package kiosk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"estran/assets"
)

// sizes are those of the guides, and what a visitor's hand can make of them.
var sizes = []struct{ w, h int }{
	{160, 45},
	{100, 30},
	{80, 24},
	{120, 24},
	{200, 60},
	{81, 25},
	{60, 20},
	{40, 15},
	{30, 10},
	{20, 6},
	{80, 5},
	{80, 3},
	{20, 3},
	{19, 3},
	{80, 2},
	{1, 1},
	{10, 40},
}

// TestEveryScreenFits draws every screen at each size, language, text size and contrast.
func TestEveryScreenFits(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			h := inScene(t, s, 80, 24, "fr", false, calm)
			for _, size := range sizes {
				for _, lang := range assets.Languages() {
					for _, large := range []bool{false, true} {
						for _, look := range []contrast{calm, high} {
							if look == high && size.w != 80 {
								continue // the contrast changes no place
							}
							name := fmt.Sprintf("%dx%d %s large=%v contrast=%d", size.w, size.h, lang, large, look)
							h.dress(lang, large, look)
							h.size(size.w, size.h)
							checkFit(t, name, h)
						}
					}
				}
			}
		})
	}
}

// checkFit asserts what must hold of any picture.
func checkFit(t *testing.T, name string, h *harness) {
	t.Helper()
	w := &h.m.world
	lines := strings.Split(h.m.View().Content, "\n")
	if len(lines) != w.height {
		t.Errorf("%s: %d rows for a terminal of %d", name, len(lines), w.height)
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got > w.width {
			t.Errorf("%s: row %d is %d columns wide", name, i, got)
		}
	}
	if w.width < minWidth || w.height < minHeight {
		return
	}
	title := w.front().title(w)
	margin := 4
	if w.width < 60 {
		margin = 2
	}
	if got := ansi.Strip(lines[0]); !strings.HasPrefix(strings.TrimSpace(got), shorten(title, w.width-margin)) {
		t.Errorf("%s: the first line is %q, not %q", name, got, title)
	}
	if !hasZone(h, idHelp) {
		t.Errorf("%s: help is not to be had", name)
	}
	if w.height <= bannerMax {
		return
	}
	if w.width >= 80 && w.height >= tallFrom && h.m.frame.sheet.lost > 0 {
		t.Errorf("%s: %d characters fell off the right edge:\n%s", name, h.m.frame.sheet.lost, h.plain())
	}
	if w.height >= tallFrom && w.width >= 80 {
		checkTargets(t, name, h)
	}
}

// checkTargets asserts that every choice can be hit with a finger, and that two never lie on each other.
func checkTargets(t *testing.T, name string, h *harness) {
	t.Helper()
	zones := h.m.zones()
	seenKeys := map[string]string{}
	for i, z := range zones {
		if z.h < 3 {
			t.Errorf("%s: %s is %d rows high:\n%s", name, z.id, z.h, h.plain())
		}
		if z.key == "" && !strings.HasPrefix(z.id, listPrefix) && z.id != idErase {
			t.Errorf("%s: %s has no key", name, z.id)
		}
		if other, twice := seenKeys[z.key]; twice && z.key != "" {
			t.Errorf("%s: the key %q means %s and %s", name, z.key, other, z.id)
		}
		seenKeys[z.key] = z.id
		for _, o := range zones[:i] {
			if common := z.seen.and(o.seen); common.w > 0 && common.h > 0 {
				t.Errorf("%s: %s and %s overlap", name, z.id, o.id)
			}
		}
	}
}

func hasZone(h *harness, id string) bool {
	for _, z := range h.m.zones() {
		if z.id == id {
			return true
		}
	}
	return false
}

// TestGolden holds the pictures of every screen, as one would read them.
func TestGolden(t *testing.T) {
	for _, s := range scenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {100, 30}, {160, 45}, {80, 3}} {
			name := fmt.Sprintf("%s-%dx%d", s.name, size.w, size.h)
			t.Run(name, func(t *testing.T) {
				inScene(t, s, size.w, size.h, "fr", false, calm).golden(name)
			})
		}
	}
	for _, s := range scenes() {
		switch s.name {
		case "bienvenue", "bienvenue-journal", "efface-journal", "session", "cle", "j-ai-fini", "efface", "cle-controle", "cle-pourquoi-suspect", "cle-rapport", "cle-telephone":
			t.Run(s.name+"-en", func(t *testing.T) { inScene(t, s, 80, 24, "en", false, calm).golden(s.name + "-en") })
			t.Run(s.name+"-large", func(t *testing.T) { inScene(t, s, 100, 30, "fr", true, calm).golden(s.name + "-large") })
		}
	}
}

package assets_test

import (
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"estran/assets"
)

func TestPicturesFit(t *testing.T) {
	for _, tip := range tipsAndCards(assets.French) {
		p := tip.Picture
		if w, h := p.Width(), p.Height(); w < 20 || w > assets.PictureMaxWidth || h < 8 || h > assets.PictureMaxHeight {
			t.Errorf("the picture of %q is %d×%d", tip.Title, w, h)
		}
		for y, text := range p.Plain() {
			if n := utf8.RuneCountInString(text); n != p.Width() {
				t.Errorf("row %d of the picture of %q has %d cells, want %d", y, tip.Title, n, p.Width())
			}
		}
	}
}

// Consoles agree on the width of few signs beyond letters: lines, blocks, and some signs of DejaVu Sans Mono.
func TestGlyphsAreOneCellWide(t *testing.T) {
	for _, tip := range tipsAndCards(assets.French) {
		for _, text := range tip.Picture.Plain() {
			for _, r := range text {
				drawn := r >= 0x2500 && r <= 0x259f // lines and blocks
				sign := r >= ' ' && r <= '~' || r == '●' || r == '★' || r == '✓' || r == '·'
				if !drawn && !sign {
					t.Errorf("the picture of %q has %U %q", tip.Title, r, r)
				}
				if w := ansi.StringWidthWc(string(r)); w != 1 {
					t.Errorf("%q in the picture of %q is %d cells wide", r, tip.Title, w)
				}
			}
		}
	}
}

func TestEachTipHasItsOwnPicture(t *testing.T) {
	seen := map[string]string{}
	for _, tip := range tipsAndCards(assets.French) {
		key := ""
		for _, l := range tip.Picture.Plain() {
			key += l + "\n"
		}
		if other, twice := seen[key]; twice {
			t.Errorf("%q and %q have the same picture", tip.Title, other)
		}
		seen[key] = tip.Title
	}
}

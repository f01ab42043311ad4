package kiosk

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// Whatever a file is called, a sheet draws no control character and stays in its columns.
func TestASheetHoldsWhateverIsDrawn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(1, 30).Draw(rt, "width")
		s := newSheet(width)
		for range rapid.IntRange(1, 8).Draw(rt, "texts") {
			s.put(rapid.IntRange(-3, 40).Draw(rt, "x"), rapid.IntRange(-1, 4).Draw(rt, "y"), inkText,
				rapid.OneOf(rapid.String(), rapid.SampledFrom(names)).Draw(rt, "text"))
		}
		for i, line := range strings.Split(s.plain(), "\n") {
			if got := ansi.StringWidthWc(line); got > width {
				rt.Fatalf("row %d is %d cells wide on a sheet of %d: %q", i, got, width, line)
			}
			for _, r := range line {
				if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u202e' || r == '\u2066' {
					rt.Fatalf("row %d holds %q", i, r)
				}
			}
		}
	})
}

// Names that a key may hold. Attack 26, and CVE-2021-42574 for the one that turns round.
var names = []string{
	"\x1b]52;c;ZWNobw==\x07", "photo\u202egpj.exe", "deux\nlignes", "日本語のファイル.pdf", "e\u0301\u0301\u0301.pdf",
	"👨‍👩‍👧.jpg", "\xff\xfe.txt", "\u2066\u2067", "\u200b", "नमस्ते",
}

// Half of a wide character never stays behind.
func TestAWideCharacterThatIsCutLeavesABlank(t *testing.T) {
	s := newSheet(6)
	s.put(0, 0, inkText, "日本語")
	s.put(1, 0, inkText, "x")
	if got := s.plain(); got != " x本語" {
		t.Errorf("drawn %q", got)
	}
	s.put(2, 0, inkText, "y")
	if got := s.plain(); got != " xy 語" {
		t.Errorf("drawn %q", got)
	}
}

func TestWhatFallsOffTheEdgeIsCounted(t *testing.T) {
	s := newSheet(4)
	s.put(0, 0, inkText, "abcdef")
	if s.lost != 2 {
		t.Errorf("%d characters lost, not 2", s.lost)
	}
}

func TestCopyingASheetKeepsItsChoicesInPlace(t *testing.T) {
	s, to := newSheet(10), newSheet(20)
	s.grow(9)
	s.add(zone{rect: rect{2, 5, 4, 3}, id: "seen"})
	s.add(zone{rect: rect{0, 0, 4, 3}, id: "above"})
	s.copyTo(to, rect{3, 1, 10, 4}, 4)
	if got, want := to.zones[0].seen, (rect{5, 2, 4, 3}); got != want {
		t.Errorf("the choice that shows is at %v, not %v", got, want)
	}
	if got := to.zones[1].seen; got.h != 0 {
		t.Errorf("a choice out of sight can be pointed at: %v", got)
	}
}

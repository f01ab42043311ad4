package kiosk

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// contrastLeast is what EN 301 549 and WCAG 1.4.6 (level AAA) ask of text.
const contrastLeast = 7

// vga is how a Linux console shows the 16 colours.
var vga = []string{
	"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
	"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
}

func TestEveryTextIsEasyToRead(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		for _, look := range []contrast{calm, high} {
			th := newTheme(look, p)
			for k := range inkCount {
				if !k.words() {
					continue
				}
				for _, behind := range backgrounds(th, k) {
					if th.paints[k].fg == nil || behind == nil {
						t.Fatalf("%v contrast %d, ink %d has no colours", p, look, k)
					}
					fg := seen(p, th.paints[k].fg)
					got := wcagContrast(fg, seen(p, behind))
					if got < contrastLeast {
						t.Errorf("%v contrast %d, ink %d: %.1f to 1, less than %d", p, look, k, got, contrastLeast)
					}
				}
			}
		}
	}
}

// backgrounds are the colours that may be behind an ink: those of the water from top to bottom, or its own.
func backgrounds(th *theme, k ink) []color.Color {
	if th.paints[k].water {
		return th.water(45, 3)
	}
	return []color.Color{th.paints[k].bg}
}

// seen is how a terminal of this profile shows a colour.
func seen(p colorprofile.Profile, c color.Color) color.Color {
	if basic, ok := c.(ansi.BasicColor); ok {
		return lipgloss.Color(vga[basic])
	}
	return p.Convert(c)
}

// wcagContrast is the contrast ratio of WCAG 2.2.
func wcagContrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestWCAGContrastOfBlackOnWhite(t *testing.T) {
	if got := wcagContrast(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f to 1, not 21", got)
	}
}

// Every escape sequence on a terminal without colours is bold, underline, reverse or their end.
func TestWithoutColoursNothingIsColoured(t *testing.T) {
	plain := regexp.MustCompile("\x1b\\[[0-9;]*m")
	allowed := map[string]bool{"\x1b[m": true, "\x1b[1m": true, "\x1b[4m": true, "\x1b[7m": true, "\x1b[1;7m": true}
	for _, s := range scenes() {
		h := inScene(t, s, 80, 24, "fr", false, calm)
		h.m.profile = colorprofile.ASCII
		h.dress("fr", false, calm)
		if h.m.View().BackgroundColor != nil {
			t.Errorf("%s: the terminal's background is coloured", s.name)
		}
		for _, seq := range plain.FindAllString(h.m.View().Content, -1) {
			if !allowed[seq] {
				t.Fatalf("%s: %q colours a terminal that has no colours", s.name, seq)
			}
		}
	}
}

// What has the focus shows without any colour: another frame around it, or a mark before it.
func TestTheFocusShowsWithoutColours(t *testing.T) {
	for _, s := range scenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {80, 3}, {40, 12}} {
			t.Run(fmt.Sprintf("%s %dx%d", s.name, size.w, size.h), func(t *testing.T) {
				h := inScene(t, s, size.w, size.h, "fr", false, calm)
				before := h.plain()
				_, idle := h.m.front().screen.(*idleScreen)
				if idle || len(h.m.zones()) < 2 {
					return // any key goes on, or there is nowhere to go
				}
				h.press("tab")
				if h.plain() == before {
					t.Errorf("Tab moved the focus and the picture is the same:\n%s", before)
				}
			})
		}
	}
}

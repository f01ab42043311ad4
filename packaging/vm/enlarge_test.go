//go:build vm

package vm

import (
	"image"
	"image/color"
	"strings"
	"testing"
	"time"
)

// TestEnlarge: « Agrandir » on the first screen enlarges the pages of Firefox with the kiosk; who comes next finds the
// screen as it was.
func TestEnlarge(t *testing.T) {
	site := NewSite(t)
	m := Station(t)
	usual := m.scale()
	before := m.Screen()
	m.Type("2")
	m.Await("all is drawn larger", patient, func() bool { return m.scale() != usual && m.Changed(before, 0.2) })
	m.Settle()
	m.Picture("01-larger")

	m.Type("1")
	m.agree("02")
	m.openInternet()
	m.Picture("03-home")
	m.address(site.URL)
	m.Await("the page was asked for", time.Minute, func() bool { return site.Saw("/") })
	m.Await("the link of the page is wider than its 500 pixels", 2*time.Minute, func() bool { return widestLink(m.Screen()) > 550 })
	m.Settle()
	m.Picture("04-page")
	m.End()
	m.Await("the screen is as it was", patient, func() bool { return m.scale() == usual })
	m.Settle()
	m.Picture("05-next-visitor")
	m.nothingIsLeft()
}

// scale is what sway says of the only display.
func (m *Machine) scale() string {
	m.t.Helper()
	for line := range strings.Lines(m.Shell("SWAYSOCK=/run/estran-seat/sway.sock swaymsg -r -t get_outputs")) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), ":"); found && name == `"scale"` {
			return value
		}
	}
	m.t.Fatal("sway tells no scale of its display")
	return ""
}

// widestLink is the length, in pixels of the display, of the longest row of the colour behind the page's link.
func widestLink(screen *image.RGBA) int {
	widest := 0
	for y := range screen.Rect.Dy() {
		run := 0
		for x := range screen.Rect.Dx() {
			if screen.RGBAAt(x, y) != (color.RGBA{0xdd, 0xff, 0xdd, 0xff}) {
				run = 0
				continue
			}
			run++
			widest = max(widest, run)
		}
	}
	return widest
}

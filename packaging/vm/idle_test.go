//go:build vm

package vm

import (
	"image"
	"image/color"
	"testing"
	"time"
)

// TestIdle: who types or reads in Firefox is there, though the kiosk sees nothing of it; who has left is asked, over a page
// that fills the screen too, and then their session is wiped.
func TestIdle(t *testing.T) {
	site := NewSite(t)
	m := Station(t)
	m.Shell(`sed -i 's/^#idle = .*/idle = "75s"/; s/^#idle_warning = .*/idle_warning = "45s"/' /etc/estran/estran.toml
systemctl restart estrand.service`)
	m.AwaitReady()
	m.Open()
	m.openInternet()
	m.openSite(site)
	m.Picture("01-page")

	m.Click(200, pageTop+130)
	for end := time.Now().Add(45 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Second) {
		m.Type("a")
		if m.Status().Word("Idle") == "true" {
			t.Fatal("the station thinks that nobody is there while somebody types in Firefox")
		}
	}

	m.fillTheScreen()
	m.AwaitStatus("Idle", "true", patient)
	m.Await("the warning covers the page", 20*time.Second, func() bool { return !isBlue(m.Screen(), 1200, bandeauBottom+20) })
	m.Settle()
	m.Picture("02-are-you-there")
	m.Press("ret")
	m.AwaitStatus("Idle", "false", 10*time.Second)
	m.Settle()
	m.Picture("03-still-there")
	// The mouse lies where the bandeau of the next warning will be, over what will be moved.
	m.Click(640, bandeauBottom+24)
	m.AwaitState("wiped", 3*time.Minute)
	if end := m.Status().Word("End"); end != "idle" {
		t.Errorf("the session ended by %q", end)
	}
	m.awaitKiosk()
	m.Picture("04-receipt")
	m.AwaitReady()
	m.nothingIsLeft()
}

// fillTheScreen presses the button of the page that does it.
func (m *Machine) fillTheScreen() {
	m.t.Helper()
	m.Click(200, pageTop+330)
	m.Await("the blue box fills the page", time.Minute, func() bool { return isBlue(m.Screen(), 1200, bandeauBottom+20) })
}

// isBlue says that a place of the screen has the colour of the page's box.
func isBlue(screen *image.RGBA, x, y int) bool {
	return screen.RGBAAt(x, y) == color.RGBA{0, 0x33, 0x66, 0xff}
}

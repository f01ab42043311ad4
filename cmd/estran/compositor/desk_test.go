package compositor

import (
	"syscall"
	"testing"
	"time"

	"estran/kiosk"
)

var (
	wholeScreen = kiosk.Layout{}
	threeRows   = kiosk.Layout{Banner: 3}
	fiveRows    = kiosk.Layout{Banner: 5}
)

// arranges asks for a layout, again when a busy computer takes longer than it may, as the kiosk does.
func (s *seat) arranges(d *Desk, l kiosk.Layout) (scale float64) {
	s.t.Helper()
	var err error
	if !s.within(patience, func() bool { scale, err = d.Arrange(s.t.Context(), l); return err == nil }) {
		s.t.Fatalf("%+v: %v", l, err)
	}
	return scale
}

// isBanner says that the kiosk is the bandeau, and that a window begins right below it and has the keyboard.
func (s *seat) isBanner(other int64) bool {
	k, o := s.kiosk(), s.window(other)
	return s.drawn(600, 5) && s.drawn(600, k.Rect.Height-3) && !s.drawn(600, k.Rect.Height+60) && k.Visible && k.Fullscreen == 0 && k.Rect.X == 0 && k.Rect.Y == 0 && k.Rect.Width == 1280 && o.Visible &&
		o.Rect.Y >= k.Rect.Height && o.Rect.Y+o.Rect.Height == 720 && o.Focused
}

// isWhole says that the kiosk alone is on the screen, and has the keyboard.
func (s *seat) isWhole() bool {
	for _, w := range s.windows() {
		mine := w.PID == s.foot
		if w.Visible != mine || w.Focused != mine || mine && (w.Rect != rect{0, 0, 1280, 720} || w.Fullscreen == 0) {
			return false
		}
	}
	return s.drawn(600, 5) && s.drawn(600, 700)
}

// A terminal that is a tab among others becomes the bandeau all the same.
func TestTheBandeauComesOutOfTheTabs(t *testing.T) {
	s := newSeat(t, 1280, 720)
	page := s.opens("page")
	d := s.desk()
	s.arranges(d, threeRows)
	s.eventually("the bandeau is there", func() bool { return s.isBanner(page) })
	s.arranges(d, wholeScreen)
	s.eventually("the kiosk is whole", s.isWhole)
}

func TestTheBandeauHasItsRowsAndTheBrowserTheRest(t *testing.T) {
	s := newSeat(t, 1280, 720)
	d := s.desk()
	s.arranges(d, wholeScreen)
	s.eventually("the kiosk is whole", s.isWhole)
	page := s.opens("page")
	if !s.isWhole() {
		t.Fatalf("a window that opens shows over the kiosk: %+v", s.windows())
	}
	for _, l := range []kiosk.Layout{threeRows, fiveRows, threeRows} {
		s.arranges(d, l)
		s.eventually("the bandeau is there", func() bool { return s.isBanner(page) && s.rows(d) == l.Banner })
	}
	s.arranges(d, wholeScreen)
	s.eventually("the kiosk is whole again", s.isWhole)
	s.eventually("its terminal too", func() bool { return s.rows(d) == 30 })
}

// VULNERABILITY  A page in full screen can hide the bandeau, or draw one of its own.
// ATTACK         A window asks for full screen, when it opens and later, while the bandeau shows and while it does not.
// THIS TEST      sees that the bandeau is back at once, and that a hidden window never shows.
func TestFullScreenIsTakenAway(t *testing.T) {
	s := newSeat(t, 1280, 720)
	d := s.desk()
	s.arranges(d, threeRows)
	page := s.opens("page", "--fullscreen")
	s.eventually("the window is below the bandeau", func() bool { return s.isBanner(page) && s.window(page).Fullscreen == 0 })
	// The same as what the window itself asks for (sway, container_set_fullscreen).
	start := time.Now()
	s.swaymsg(t, "[app_id=page] fullscreen enable")
	s.eventually("full screen is taken away", func() bool { return s.isBanner(page) && s.window(page).Fullscreen == 0 })
	t.Logf("after %v", time.Since(start))

	s.arranges(d, wholeScreen)
	s.eventually("the kiosk is whole", s.isWhole)
	s.swaymsg(t, "[app_id=page] fullscreen enable")
	for range 20 {
		if !s.isWhole() {
			t.Fatalf("a hidden window shows: %+v", s.windows())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestWhenTheTerminalEndsSwayEnds(t *testing.T) {
	s := newSeat(t, 1280, 720)
	s.arranges(s.desk(), threeRows)
	s.opens("page")
	if err := syscall.Kill(s.foot, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("sway goes on without the kiosk's terminal")
	}
}

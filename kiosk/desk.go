package kiosk

import "context"

// Desk arranges the screen that the kiosk's terminal shares with the browser: a compositor. The kiosk makes one call at
// a time, and none from its loop.
type Desk interface {
	// Arrange lays the screen out and returns when it is. It does nothing where it already is. scale says how much
	// larger than usual all is drawn, at least 1. An error leaves the screen as it was, or half-way: the kiosk asks
	// again.
	Arrange(ctx context.Context, l Layout) (scale float64, err error)
}

// Layout is how the kiosk and the browser share the screen.
type Layout struct {
	// Banner is how many rows the kiosk has above the browser, which has the keyboard. 0 gives the kiosk the whole
	// screen and the keyboard, and hides the browser.
	Banner int
	// Large enlarges both.
	Large bool
}

// Whole says that the browser is hidden.
func (l Layout) Whole() bool { return l.Banner == 0 }

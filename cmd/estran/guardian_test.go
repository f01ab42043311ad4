package main

import (
	"context"
	"errors"
	"testing"

	"estran/kiosk"
)

// A kiosk of the service that ends by itself has crashed: one that does so again and again is given up, and the seat is
// started anew, after a pause that grows.
func TestAKioskThatKeepsBreakingIsGivenUp(t *testing.T) {
	for name, c := range map[string]struct {
		cause, err error
		exit, runs int
	}{
		"it breaks":              {nil, kiosk.ErrPanic, exitError, mostCrashes},
		"it fails":               {nil, errors.New("whatever"), exitError, mostCrashes},
		"it leaves, and may not": {nil, nil, exitError, mostCrashes},
		"it is told to end":      {errTold, context.Canceled, exitFine, 1},
		"the terminal goes":      {nil, kiosk.ErrTerminal, exitFine, 1},
	} {
		t.Run(name, func(t *testing.T) {
			runs := 0
			exit := keepRunning(stage{bus: true}, &terminal{}, func(stage) (int, bool) {
				if runs++; runs > 100 {
					return childTold, true // and it would never end
				}
				return ending(c.cause, c.err), false
			})
			if exit != c.exit || runs != c.runs {
				t.Errorf("exit %d after %d kiosks; want %d after %d", exit, runs, c.exit, c.runs)
			}
		})
	}
}

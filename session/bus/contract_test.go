package bus_test

import (
	"testing"
	"time"

	"estran/session/sessiontest"
)

// The contract holds for a client, the bus, the service and the real station, all of them.
func TestContract(t *testing.T) {
	sessiontest.Need(t, "clamd")
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		w := newWorld(t).start(t)
		plug, pull := w.key(t)
		return sessiontest.Fixture{
			Station: w.client, Plug: plug, Pull: pull, Rules: w.options.Config.Session,
			Pass:   func(d time.Duration) { w.passed.Add(int64(d)) },
			Arrive: func(name, content string) { w.arrive(t, name, content) },
			Close:  w.station.Close,
		}
	})
}

package main

import (
	"context"
	"log/slog"

	"estran/cleanup"
	"estran/session"
	"estran/session/kernel"
	"estran/session/station"
)

// forgetting gives the step by which the kernel and the services of the computer forget a visitor. It looks at the
// kernel's log now, when no visitor has come yet. What services give back they write over by themselves (dbus.service.d);
// here is what that does not reach.
func forgetting(u *units, journal *slog.Logger) func(station.Visited) cleanup.Step {
	log, err := kernel.OpenLog(kernel.LogDevice)
	if err != nil {
		journal.Error("the kernel's log cannot be wiped", "error", err)
	}
	return func(v station.Visited) cleanup.Step {
		if v.Cut {
			log.Distrust()
		}
		parts := []cleanup.Step{{ID: "log", Wipe: log.Wipe, Check: log.Check}}
		if v.Printed {
			var cups renewed
			parts = append(parts, cleanup.Step{
				ID:    "printing",
				Wipe:  func(ctx context.Context) error { return cups.renew(ctx, u, cupsUnit) },
				Check: cups.gone,
			})
		}
		var names kernel.Names
		// The names last: programs look some up as they end.
		return cleanup.Join(session.StepSystem, append(parts, cleanup.Step{ID: "names", Wipe: names.Wipe, Check: names.Check})...)
	}
}

// cupsUnit is the print queue. Pages pass through the stack of its process, which nothing else writes over.
const cupsUnit = "cups.service"

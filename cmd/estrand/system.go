package main

import (
	"context"
	"errors"
	"log/slog"

	"estran/cleanup"
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
		names := kernel.Names{Proc: "/proc"}
		var cups renewed
		return cleanup.Step{
			Wipe: func(ctx context.Context) error {
				var renewing error
				if v.Printed {
					renewing = cups.renew(ctx, u, cupsUnit)
				}
				return errors.Join(err, renewing, log.Wipe(ctx), names.Wipe()) // the names last: programs look some up as they end
			},
			Check: func(ctx context.Context) error { return errors.Join(err, log.Check(ctx), names.Check(), cups.gone()) },
		}
	}
}

// cupsUnit is the print queue. Pages pass through the stack of its process, which nothing else writes over.
const cupsUnit = "cups.service"

package main

import (
	"context"
	"errors"
	"log/slog"

	"estran/cleanup"
	"estran/session/kernellog"
	"estran/session/station"
)

// forgetting gives the step by which the kernel and the services of the computer forget a visitor. It looks at the
// kernel's log now, when no visitor has come yet. What services give back they write over by themselves (dbus.service.d);
// here is what that does not reach.
func forgetting(u *units, log *slog.Logger) func(station.Visited) cleanup.Step {
	kernel, err := kernellog.New(kernellog.Device)
	if err != nil {
		log.Error("the kernel's log cannot be wiped", "error", err)
	}
	return func(v station.Visited) cleanup.Step {
		if v.Cut {
			kernel.Distrust()
		}
		var cups renewed
		return cleanup.Step{
			Wipe: func(ctx context.Context) error {
				wiped := errors.Join(err, kernel.Wipe(ctx))
				if v.Printed {
					wiped = errors.Join(wiped, cups.renew(ctx, u, cupsUnit))
				}
				return wiped
			},
			Check: func(ctx context.Context) error { return errors.Join(err, kernel.Check(ctx), cups.gone()) },
		}
	}
}

// cupsUnit is the print queue. Pages pass through the stack of its process, which nothing else writes over.
const cupsUnit = "cups.service"

package main

import (
	"context"

	"estran/cleanup"
	"estran/session"
	"estran/session/kernel"
	"estran/session/station"
)

// forgetting gives the step by which the kernel and the services of the computer forget a visitor. What services give back
// they write over by themselves (dbus.service.d); here is what that does not reach.
func forgetting(u *units) func(station.Visited) cleanup.Step {
	return func(v station.Visited) cleanup.Step {
		var parts []cleanup.Step
		if v.Printed {
			parts = append(parts, renewing("printing", cupsUnit, u))
		}
		if v.Scanned {
			parts = append(parts, renewing("antivirus", clamdUnit, u))
		}
		var log kernel.Log
		var names kernel.Names
		// The log after the services, which take their time: the kernel notes the key again that is plugged meanwhile. The
		// names last: programs look some up as they end.
		return cleanup.Join(session.StepSystem, append(parts,
			cleanup.Step{ID: "log", Wipe: log.Wipe, Check: log.Check},
			cleanup.Step{ID: "names", Wipe: names.Wipe, Check: names.Check})...)
	}
}

// The services whose processes are ended: what they read passes through their stacks, which nothing else writes over. That
// of the antivirus takes its time to read the list of viruses anew; who asks it meanwhile waits.
const (
	cupsUnit  = "cups.service"
	clamdUnit = "clamav-daemon.service"
)

// renewing is the part of the step that starts a service anew.
func renewing(id, unit string, u *units) cleanup.Step {
	var service renewed
	return cleanup.Step{
		ID:    id,
		Wipe:  func(ctx context.Context) error { return service.renew(ctx, u, unit) },
		Check: service.gone,
	}
}

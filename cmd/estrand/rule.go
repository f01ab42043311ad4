package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"estran/session"
	"estran/session/launch"
)

const (
	// ruleBound is how long systemd may take to start or stop a unit.
	ruleBound = 30 * time.Second
	// giveAgain is the wait before the seat is given again, when that has failed.
	giveAgain = 5 * time.Second
)

// watched is a station whose status is followed.
type watched interface {
	Watch(ctx context.Context) (<-chan session.Status, error)
}

// rule gives the seat to the kiosk, or to IT while there is maintenance.
func rule(ctx context.Context, st watched, u launch.Units, log *slog.Logger) {
	changes, err := st.Watch(ctx)
	if err != nil {
		return
	}
	var before session.Status
	stop := func() {}
	defer func() { stop() }()
	for s := range changes {
		if due(before, s) {
			stop()
			stop = keepGiving(ctx, u, holder(s), log)
		}
		before = s
	}
}

// due says that the seat must be given: to another, or again to the same once a session could not be wiped, since the
// wipe has ended all that ran there. That the station stops tells it: the wipe itself need not have been seen, for a
// reader who is late gets the newest status only.
func due(before, s session.Status) bool {
	stops := s.State == session.Stopped && (before.State != session.Stopped || before.Fault != s.Fault)
	return stops || holder(before) != holder(s)
}

// holder is the unit that the seat belongs to, "" when nothing changes: while a session is being wiped, the wipe alone
// says what becomes of the seat.
func holder(s session.Status) string {
	switch {
	case s.State == session.Starting || s.State == session.Wiping:
		return ""
	case s.State == session.Stopped && s.Fault == session.FaultMaintenance:
		return promptUnit
	default:
		return seatUnit
	}
}

// keepGiving gives the seat beside, and again while that fails. stop ends that, and waits for its end: one that comes
// late would give a seat that is being wiped.
func keepGiving(ctx context.Context, u launch.Units, wanted string, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for wanted != "" {
			err := give(ctx, u, wanted)
			if err == nil || ctx.Err() != nil {
				return
			}
			log.Error("cannot give the seat", "error", err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(giveAgain):
			}
		}
	}()
	return func() { cancel(); <-over }
}

// give stops the one and starts the other. A unit that was never started is no error to stop.
func give(ctx context.Context, u launch.Units, wanted string) error {
	ctx, cancel := context.WithTimeout(ctx, ruleBound)
	defer cancel()
	other := promptUnit
	if wanted == promptUnit {
		other = seatUnit
	}
	if err := u.Stop(ctx, other); err != nil {
		return fmt.Errorf("two of them on one seat would be worse than none: %w", err)
	}
	return u.Start(ctx, wanted)
}

package main

import (
	"context"
	"log/slog"
	"time"

	"estran/session"
	"estran/session/station"
)

// ruleBound is how long systemd may take to start or stop a unit.
const ruleBound = 30 * time.Second

// rule gives the seat to the kiosk, or to IT while there is maintenance.
func rule(ctx context.Context, st *station.Station, u *units, log *slog.Logger) {
	changes, err := st.Watch(ctx)
	if err != nil {
		return
	}
	before := ""
	for s := range changes {
		wanted := holder(s)
		if wanted == before || wanted == "" {
			continue
		}
		before = wanted
		give(ctx, u, wanted, log)
	}
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

// give stops the one and starts the other. A unit that was never started is no error to stop.
func give(ctx context.Context, u *units, wanted string, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, ruleBound)
	defer cancel()
	other := promptUnit
	if wanted == promptUnit {
		other = seatUnit
	}
	if err := u.Stop(ctx, other); err != nil {
		log.Error("cannot take the seat", "error", err)
		return // two of them on one seat would be worse than none
	}
	if err := u.Start(ctx, wanted); err != nil {
		log.Error("cannot give the seat", "error", err)
	}
}

package main

import (
	"context"
	"log/slog"

	"estran/session"
	"estran/session/station"
)

// left is what the process before this one left. One that crashed, or that was restarted, handed nothing over: then the
// login on the screen tells that IT is at work, and it must not be ended under their hands. One that handed over knew:
// the end of a maintenance hands over none.
func left(handed *station.Handover, u *units) (*station.Handover, error) {
	if handed != nil {
		return handed, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), ruleBound)
	defer cancel()
	if atWork, err := u.Active(ctx, promptUnit); err != nil || !atWork {
		return nil, err
	}
	return &station.Handover{Fault: session.FaultMaintenance}, nil
}

// goOn has a maintenance go on that was handed over, also where the station stops for another reason, such as a
// configuration that IT is writing: the end of the maintenance looks again. Nobody gives the seat before that.
func goOn(ctx context.Context, st *station.Station, h *station.Handover, log *slog.Logger) {
	if h == nil || h.Fault != session.FaultMaintenance {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes, err := st.Watch(ctx)
	if err != nil {
		return
	}
	for s := range changes {
		if s.State == session.Starting {
			continue
		}
		if err := st.BeginMaintenance(ctx, false); err != nil {
			log.Error("cannot go on with the maintenance", "error", err)
		}
		return
	}
}

package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/coreos/go-systemd/v22/daemon"

	"estran/session/bus"
	"estran/session/station"
)

// publish puts the station on the system bus, says so to systemd, and returns when it is no longer there. A bus that
// restarts is waited for; the session goes on.
func publish(ctx context.Context, st *station.Station, log *slog.Logger) error {
	callers, err := bus.FindCallers()
	if err != nil {
		return err
	}
	server, err := bus.Serve(ctx, bus.Service{
		Station: st, Maintainer: st, Callers: callers, Version: version, Log: log,
	})
	if err != nil {
		return fmt.Errorf("cannot serve the station: %w", err)
	}
	tell(daemon.SdNotifyReady, log)
	return server.Wait()
}

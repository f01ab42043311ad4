package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"estran/session/station"
)

// watchdog tells systemd that the station answers, at half the time that systemd allows (sd_watchdog_enabled(3)). A
// station that does not answer is killed and started anew, which wipes.
func watchdog(ctx context.Context, st *station.Station, log *slog.Logger) {
	within, err := daemon.SdWatchdogEnabled(false)
	if err != nil || within == 0 {
		return
	}
	tick := time.NewTicker(within / 2)
	defer tick.Stop()
	for {
		if answers(ctx, st, within/4) {
			tell(daemon.SdNotifyWatchdog, log)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// answers says that the station is not stuck: Status takes its lock.
func answers(ctx context.Context, st *station.Station, within time.Duration) bool {
	done := make(chan error, 1)
	go func() {
		_, err := st.Status(ctx)
		done <- err
	}()
	select {
	case err := <-done:
		return err == nil
	case <-time.After(within):
		return false
	}
}

func tell(state string, log *slog.Logger) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		log.Error("cannot tell systemd", "error", err)
	}
}

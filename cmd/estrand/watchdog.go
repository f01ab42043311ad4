package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"estran/session"
	"estran/session/station"
)

// watchdog tells systemd that the station answers, for as long as it does. A station that does not is killed and
// started anew, which wipes.
func watchdog(ctx context.Context, st *station.Station, log *slog.Logger) {
	within, err := daemon.SdWatchdogEnabled(false)
	if err != nil || within == 0 {
		return
	}
	keepTelling(ctx, st, within, func() { tell(daemon.SdNotifyWatchdog, log) })
}

// keepTelling asks four times within the time that systemd allows: more than half of it, which sd_watchdog_enabled(3)
// advises, so that one answer may be missed on a slow computer.
func keepTelling(ctx context.Context, st asked, within time.Duration, alive func()) {
	tick := time.NewTicker(within / 4)
	defer tick.Stop()
	for {
		if answers(ctx, st, within/4) {
			alive()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// asked is a station that can be asked how it is.
type asked interface {
	Status(ctx context.Context) (session.Status, error)
}

// answers says that the station is not stuck: Status takes its lock.
func answers(ctx context.Context, st asked, within time.Duration) bool {
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

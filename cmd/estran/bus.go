package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"estran/cmd/estran/compositor"
	"estran/kiosk"
	"estran/session"
	"estran/session/bus"
	"estran/session/wayland"
)

// deskBound is how long the compositor may take to say where the kiosk's window is: the terminal starts us before its
// window is there.
const deskBound = 10 * time.Second

// idleAfter is how long nobody may touch anything before the compositor says so.
const idleAfter = 5 * time.Second

// visitBus shows the kiosk of the station service until it is told to end. It holds no session: whoever starts it again
// finds the session where it was.
func visitBus(cfg session.Config) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	endOnSignal(cancel)
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	station, err := bus.Dial(ctx, "")
	if err != nil {
		return fail(childFailed, err)
	}
	defer station.Close()
	options := kiosk.Options{Config: cfg}
	if socket := os.Getenv("SWAYSOCK"); socket != "" {
		desk, err := openDesk(ctx, socket)
		if err != nil {
			// Without it a browser could not be hidden: the seat is started anew.
			return fail(childFailed, err)
		}
		defer desk.Close()
		options.Desk = desk
		if options.Idle, err = wayland.WatchIdle(ctx, compositorSocket(), idleAfter); err != nil {
			// Without it whoever reads and types in the browser would seem to have left: the seat is started anew.
			return fail(childFailed, err)
		}
	}
	quiet := silence()
	err = kiosk.Run(ctx, station, options)
	quiet.undo()
	code := ending(context.Cause(ctx), err)
	if code == childBroke {
		log.Error("the kiosk broke", "error", err)
	}
	return code
}

// ending tells the guardian why a kiosk of the service ended. None ends because a session is over: the service stops
// the whole seat then.
func ending(cause, err error) int {
	switch {
	case errors.Is(cause, errTold):
		return childTold
	case errors.Is(err, kiosk.ErrTerminal):
		return childTerminal
	default:
		return childBroke
	}
}

// openDesk waits for the kiosk's window.
func openDesk(ctx context.Context, socket string) (*compositor.Desk, error) {
	ctx, cancel := context.WithTimeout(ctx, deskBound)
	defer cancel()
	for {
		desk, err := compositor.Open(ctx, compositor.Options{Socket: socket})
		if err == nil {
			return desk, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// compositorSocket is where the compositor of this seat listens (wl_display_connect(3)).
func compositorSocket() string {
	name := os.Getenv("WAYLAND_DISPLAY")
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
}

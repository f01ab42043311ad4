package main

import (
	"context"
	"fmt"

	"github.com/coreos/go-systemd/v22/dbus"

	"estran/session/launch"
)

// The units that estrand starts and stops.
const (
	seatUnit   = "estran-seat.service"
	promptUnit = "estran-maintenance-getty.service"
)

// units speaks with systemd, on its own socket: a bus that is restarted takes nothing from us.
type units struct{ conn *dbus.Conn }

func dialUnits() (*units, error) {
	conn, err := dbus.NewSystemdConnectionContext(context.Background())
	if err != nil {
		return nil, fmt.Errorf("cannot speak with systemd: %w", err)
	}
	return &units{conn}, nil
}

func (u *units) Close() { u.conn.Close() }

// Start starts a unit; one that runs is left alone. It answers when systemd has carried it out.
func (u *units) Start(ctx context.Context, name string) error {
	return wait(ctx, "start", name, func(done chan<- string) (int, error) {
		return u.conn.StartUnitContext(ctx, name, mode(name), done)
	})
}

// Stop stops a unit and all that runs in it.
func (u *units) Stop(ctx context.Context, name string) error {
	return wait(ctx, "stop", name, func(done chan<- string) (int, error) {
		return u.conn.StopUnitContext(ctx, name, "replace", done)
	})
}

// mode is what becomes of jobs that are in the way of a start (systemctl(1), --job-mode=): a browser that is asked for
// while this service, which it is bound to, is told to stop must not keep it.
func mode(name string) string {
	if name == launch.Unit {
		return "fail"
	}
	return "replace"
}

func wait(ctx context.Context, what, name string, ask func(chan<- string) (int, error)) error {
	done := make(chan string, 1)
	if _, err := ask(done); err != nil {
		return fmt.Errorf("cannot %s %s: %w", what, name, err)
	}
	select {
	case result := <-done:
		if result != "done" {
			return fmt.Errorf("cannot %s %s: systemd says %s", what, name, result)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("cannot %s %s: %w", what, name, ctx.Err())
	}
}

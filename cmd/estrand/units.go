package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	systemd "github.com/coreos/go-systemd/v22/dbus"
	"github.com/godbus/dbus/v5"

	"estran/session/launch"
)

// The units that estrand starts and stops.
const (
	seatUnit   = "estran-seat.service"
	promptUnit = "estran-maintenance-getty.service"
)

// systemdSocket is systemd's own: a bus that is restarted takes nothing from us.
const systemdSocket = "unix:path=/run/systemd/private"

// units speaks with systemd at an address. It keeps no connection: systemd hangs up when it executes itself anew
// (systemctl daemon-reexec), as upgrades of it and of the C library have it do.
type units struct{ address string }

// Start starts a unit; one that runs is left alone. It answers when systemd has carried it out.
func (u *units) Start(ctx context.Context, name string) error {
	return u.job(ctx, "start", name, func(ctx context.Context, c *systemd.Conn, done chan<- string) (int, error) {
		return c.StartUnitContext(ctx, name, mode(name), done)
	})
}

// Stop stops a unit and all that runs in it.
func (u *units) Stop(ctx context.Context, name string) error {
	return u.job(ctx, "stop", name, func(ctx context.Context, c *systemd.Conn, done chan<- string) (int, error) {
		return c.StopUnitContext(ctx, name, "replace", done)
	})
}

// Active says that a unit runs, or is about to.
func (u *units) Active(ctx context.Context, name string) (bool, error) {
	var state string
	err := u.ask(ctx, func(ctx context.Context, c *systemd.Conn) error {
		property, err := c.GetUnitPropertyContext(ctx, name, "ActiveState")
		if err == nil {
			state, _ = property.Value.Value().(string)
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("cannot look at %s: %w", name, err)
	}
	return state == "active" || state == "activating", nil
}

// mode is what becomes of jobs that are in the way of a start (systemctl(1), --job-mode=): a browser that is asked for
// while this service, which it is bound to, is told to stop must not keep it.
func mode(name string) string {
	if name == launch.Unit {
		return "fail"
	}
	return "replace"
}

// job has systemd carry a job out. One whose end was not heard is asked for again: systemd goes on with it meanwhile,
// and what is done already costs nothing.
func (u *units) job(
	ctx context.Context, what, name string, order func(context.Context, *systemd.Conn, chan<- string) (int, error),
) error {
	var result string
	err := u.ask(ctx, func(ctx context.Context, c *systemd.Conn) error {
		done := make(chan string, 1)
		if _, err := order(ctx, c, done); err != nil {
			return err
		}
		select {
		case result = <-done:
			return nil
		case <-ctx.Done():
			return errHungUp
		}
	})
	if err == nil && result != "done" {
		err = errors.New("systemd says " + result)
	}
	if err != nil {
		return fmt.Errorf("cannot %s %s: %w", what, name, err)
	}
	return nil
}

// errHungUp: the connection ended, or the time was up, before systemd had answered.
var errHungUp = errors.New("systemd does not answer")

// askPause is the wait before systemd is asked again.
const askPause = 100 * time.Millisecond

// ask asks systemd, and asks again until it has answered or ctx ends: while it executes itself anew it is away for a
// moment, which is longer on a slow computer.
func (u *units) ask(ctx context.Context, question func(context.Context, *systemd.Conn) error) error {
	for {
		err := u.askOnce(ctx, question)
		if _, answered := errors.AsType[dbus.Error](err); err == nil || answered {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(askPause):
		}
	}
}

// askOnce asks systemd over a connection whose end is that of the question's context.
func (u *units) askOnce(ctx context.Context, question func(context.Context, *systemd.Conn) error) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	// It is two: one for the questions, one to hear that jobs are over. Neither is of use without the other.
	c, err := systemd.NewConnection(func() (*dbus.Conn, error) {
		conn, err := dbus.Dial(u.address, dbus.WithContext(ctx))
		if err != nil {
			return nil, err
		}
		context.AfterFunc(conn.Context(), end)
		if err := conn.Auth([]dbus.Auth{dbus.AuthExternal(strconv.Itoa(os.Getuid()))}); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		return conn, nil
	})
	if err != nil {
		return err
	}
	defer c.Close()
	return question(ctx, c)
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	systemd "github.com/coreos/go-systemd/v22/dbus"
)

// renewed is a service that was started anew, for what it knew to go with its process.
type renewed struct {
	name string // "" until it was asked for
	pid  uint32
	born string
}

// renew has systemd start it anew, if it runs at all.
func (r *renewed) renew(ctx context.Context, u *units, name string) error {
	err := u.ask(ctx, func(ctx context.Context, c *systemd.Conn) error {
		property, err := c.GetServicePropertyContext(ctx, name, "MainPID")
		if err == nil {
			r.pid, _ = property.Value.Value().(uint32)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("cannot look at %s: %w", name, err)
	}
	r.name = name
	if r.pid == 0 {
		return nil // it does not run
	}
	if r.born, err = bornAt(r.pid); err != nil {
		return err
	}
	return u.job(ctx, "restart", name, func(ctx context.Context, c *systemd.Conn, done chan<- string) (int, error) {
		return c.TryRestartUnitContext(ctx, name, mode(name), done)
	})
}

// gone asks the kernel whether the process that knew something is still there.
func (r *renewed) gone(context.Context) error {
	switch {
	case r.name == "":
		return errors.New("the service was not started anew")
	case r.pid == 0:
		return nil
	}
	born, err := bornAt(r.pid)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case born == r.born:
		return fmt.Errorf("the process of %s that knew the visitor still runs", r.name)
	}
	return nil // another process has its number
}

// bornAt is when a process started, in ticks of the kernel (proc_pid_stat(5), field 22). Two processes of one number
// differ in it.
func bornAt(pid uint32) (string, error) {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.FormatUint(uint64(pid), 10), "stat"))
	if err != nil {
		return "", fmt.Errorf("cannot look at a process: %w", err)
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]) // the name of a program may hold any sign
	const started = 22 - 3                                          // the first of these fields is the third
	if len(fields) <= started {
		return "", errors.New("the kernel tells of a process what cannot be read")
	}
	return string(fields[started]), nil
}

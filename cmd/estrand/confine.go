package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"estran/session/browser"
	"estran/session/cgroup"
	"estran/session/launch"
	"estran/session/station"
)

// share is how much of this computer a browser gets, whose session has so many bytes of memory.
func share(memory int64) func() (cgroup.Limits, error) {
	return func() (cgroup.Limits, error) {
		total, cores, err := cgroup.ThisComputer()
		return cgroup.LimitsFor(total, memory, cores), err
	}
}

// launching has the station start its browsers in their own unit.
func launching(l *launch.Launcher) func(context.Context, browser.Config) (station.BrowserProcess, error) {
	return func(ctx context.Context, c browser.Config) (station.BrowserProcess, error) {
		process, err := l.Launch(ctx, c)
		if err != nil {
			return nil, err // and no interface around a browser that is none
		}
		return process, nil
	}
}

// held is the unit that holds the browser to its share, and everything that systemd knows of it.
type held struct {
	units   *units
	visitor uint32
}

// heldBound is how long systemd may take to kill the unit: it asks nobody first (KillSignal= of the unit).
const heldBound = 10 * time.Second

// Directory is none: the unit makes the browser's cgroup, in its own part of the tree.
func (held) Directory() *os.File { return nil }

// Kill has systemd kill all that is in the unit.
func (h held) Kill() error {
	ctx, cancel := context.WithTimeout(context.Background(), heldBound)
	defer cancel()
	return h.units.Stop(ctx, launch.Unit)
}

// Empty asks the kernel, not systemd: no process is in a cgroup of the unit's name, and none is the visitor's, wherever
// it may be.
func (h held) Empty(ctx context.Context) error {
	for {
		err := errors.Join(nobodyIn(cgroups, launch.Unit), nobodyIs(h.visitor))
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Remove has nothing to do: systemd takes the cgroup away.
func (held) Remove() error { return nil }

// cgroups is where systemd mounts the cgroup2.
const cgroups = "/sys/fs/cgroup"

// nobodyIn gives an error when a process is in a cgroup of this name, wherever it is in the tree, or when that cannot be
// told (cgroups(7), cgroup.events).
func nobodyIn(tree, name string) error {
	return filepath.WalkDir(tree, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != tree:
			return nil // it went away meanwhile
		case err != nil:
			return fmt.Errorf("cannot look for the browser's group: %w", err)
		case !d.IsDir():
			return nil
		case d.Name() != name:
			return nil
		}
		events, err := os.ReadFile(filepath.Join(path, "cgroup.events"))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fs.SkipDir
		case err != nil:
			return fmt.Errorf("cannot look at the browser's group: %w", err)
		case !strings.Contains(string(events), "populated 0\n"):
			return errors.New("a process is still in the browser's unit")
		}
		return fs.SkipDir
	})
}

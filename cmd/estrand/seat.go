package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/browser"
	"estran/session/wayland"
)

// compositorSocket is where sway listens: its runtime directory is made anew at each start, so the name is always the
// same.
const compositorSocket = "/run/estran-seat/wayland-1"

// seat is the screen: sway, foot and the kiosk, all of them user estran, in one unit.
type seat struct{ units *units }

// Display has the compositor listen on a socket of the browser's own, on which none of its privileged protocols is to
// be had (wp_security_context_v1).
func (s seat) Display(ctx context.Context, dir string, owner *syscall.Credential) (browser.Display, io.Closer, error) {
	path := filepath.Join(dir, "wayland-0")
	_ = os.Remove(path) // of the browser before this one
	closer, err := wayland.Offer(ctx, compositorSocket, path, owner)
	if errors.Is(err, wayland.ErrUnsupported) {
		// Debian 12: « estranctl check » says what is lost.
		closer, err = wayland.Plain(compositorSocket, path)
	}
	if err != nil {
		return browser.Display{}, nil, fmt.Errorf("cannot make a place for the browser: %w", err)
	}
	return browser.Display{Wayland: path}, closer, nil
}

// Stop ends all that runs on the seat.
func (s seat) Stop(ctx context.Context) error { return s.units.Stop(ctx, seatUnit) }

// goneBound is how long a process that has ended may still be listed: its parent has yet to hear of it.
const goneBound = 3 * time.Second

// Gone looks for processes of the kiosk's user, whoever started them.
func (s seat) Gone(ctx context.Context) error {
	kiosk, err := credentialOf("estran")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, goneBound)
	defer cancel()
	for {
		err := nobodyIs(kiosk.Uid)
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

// nobodyIs gives an error when a process belongs to a user, or when that cannot be told.
func nobodyIs(uid uint32) error {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return fmt.Errorf("cannot list processes: %w", err)
	}
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		// The directory of a process belongs to its user (proc(5)).
		var st unix.Stat_t
		switch err := unix.Stat(filepath.Join("/proc", e.Name()), &st); {
		case errors.Is(err, unix.ENOENT), errors.Is(err, unix.ESRCH):
		case err != nil:
			return fmt.Errorf("cannot look at a process: %w", err)
		case st.Uid == uid:
			return fmt.Errorf("a process of that user still runs: %s", nameOf(e.Name()))
		}
	}
	return nil
}

// nameOf is the name of the program that a process runs, never what it was given (proc(5), comm).
func nameOf(pid string) string {
	name, err := os.ReadFile(filepath.Join("/proc", pid, "comm"))
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(name))
}

package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"

	"estran/kiosk"
	"estran/session"
	"estran/session/browser"
	"estran/session/station"
)

var (
	errAnew = errors.New("the session is over")
	errTold = errors.New("told to end")
)

// child is one kiosk: one visitor at the most.
func child(s stage, args []string) int {
	_ = unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
	// A core dump would hold the session. Zero stops dumps to a file, one stops those to a program as well (core(5)).
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 1, Max: 1})
	o, _, err := parse(args, nil)
	if err != nil {
		return fail(childFailed, err)
	}
	cfg, err := session.Load(o.config)
	if err != nil {
		cfg, s.fault = session.Defaults(), session.FaultConfig
	}
	switch {
	case o.tour:
		return tour(s, cfg)
	case s.bus:
		return visitBus(cfg)
	}
	return visit(s, cfg, o)
}

// visit shows the kiosk until it is left, the session is over, or we are told to end.
func visit(s stage, cfg session.Config, o options) int {
	options := stationOptions(s, cfg, o)
	options.Handover = takeReceipt(s.receipt)
	st, err := station.New(options)
	if err != nil {
		return fail(childFailed, err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	endOnSignal(cancel)
	go endAfterSession(ctx, st, cancel)
	quiet := silence()
	err = kiosk.Run(ctx, st, kiosk.Options{Config: cfg, CanLeave: true})
	closeErr := st.Close()
	quiet.undo()
	if closeErr != nil {
		return fail(childFailed, closeErr)
	}
	switch {
	case errors.Is(context.Cause(ctx), errAnew):
		if r, err := st.Receipt(context.Background()); err == nil {
			if err := leaveReceipt(s.receipt, r); err != nil {
				return fail(childAnew, err) // the visitor has read it
			}
		}
		return childAnew
	case errors.Is(context.Cause(ctx), errTold):
		return childTold
	case errors.Is(err, kiosk.ErrTerminal):
		return childTerminal
	case err != nil:
		return childAnew // the kiosk broke and said so; the session is wiped, a new kiosk comes
	}
	return childLeft
}

// endAfterSession ends this kiosk once the receipt was read: the next visitor gets a process that knew nobody.
func endAfterSession(ctx context.Context, st session.Station, cancel context.CancelCauseFunc) {
	changes, err := st.Watch(ctx)
	if err != nil {
		return
	}
	met := false // a slow reader may miss a state, but not all of a session's
	for s := range changes {
		switch s.State {
		case session.Open, session.Paused, session.Wiping, session.Wiped:
			met = true
		case session.Ready:
			if met {
				cancel(errAnew)
			}
		}
	}
}

// endOnSignal makes a request to end, or a terminal that hangs up, wipe first. A stop from the keyboard is none.
func endOnSignal(cancel context.CancelCauseFunc) {
	told := make(chan os.Signal, 8)
	signal.Notify(told, unix.SIGTERM, unix.SIGHUP, unix.SIGINT, unix.SIGQUIT)
	signal.Ignore(unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU, unix.SIGPIPE)
	go func() {
		for range told {
			cancel(errTold)
		}
	}()
}

func stationOptions(s stage, cfg session.Config, o options) station.Options {
	display := browser.FindDisplay(os.Getenv)
	options := station.Options{
		Config: cfg, RunDir: s.runDir, StateDir: s.stateDir, Fault: s.fault, Key: o.key,
		Display: display, Credential: visitorCredential(display), Desktop: true,
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
	if s.stateDir != "" {
		desk := deskOf(s.stateDir, cfg.Activity.Months)
		options.Agents, options.Counts, options.Others = desk.Agents, desk.Counts, trialFiles()
	}
	return options
}

// nobody owns no file (base-passwd).
const nobody = 65534

// visitorCredential is whom the browser runs as. Root of the computer gives it to whose display it is, for nobody else
// may talk to that, or to nobody; in a user namespace the browser is already whoever started us.
func visitorCredential(d browser.Display) *syscall.Credential {
	if !station.RootOfComputer() {
		return nil
	}
	for _, path := range []string{d.Wayland, d.XAuthority} {
		var st unix.Stat_t
		if path != "" && unix.Stat(path, &st) == nil && st.Uid != 0 {
			return &syscall.Credential{Uid: st.Uid, Gid: st.Gid}
		}
	}
	return &syscall.Credential{Uid: nobody, Gid: nobody}
}

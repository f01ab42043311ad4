package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/conditions"
	"estran/session/launch"
	"estran/session/station"
	"estran/session/usb"
)

// run is one life of the service: from the start, or from execve(2) after a session, to a signal or a fault.
func run(configPath string, log *slog.Logger) error {
	handover, err := inherited()
	if err != nil {
		// What the receipt said is lost; the session was wiped before it was handed over.
		log.Error("the receipt of the last session is lost", "error", err)
	}
	if err := bare(); err != nil {
		return err
	}
	if os.Getuid() != 0 {
		return errors.New("estrand rules the computer: only root may start it")
	}
	options, lock, err := prepare(configPath, log)
	if lock != nil {
		defer lock.Close()
	}
	if err != nil {
		// The station starts all the same, to show « Ordinateur arrêté » and its code.
		log.Error("the station cannot open", "code", string(options.Fault), "error", err)
	}
	assisting(&options, log)
	units := &units{systemdSocket}
	if options.Handover, err = left(handover, units); err != nil {
		return err
	}
	options.Seat = seat{units}
	options.System = forgetting(units)
	options.Renew = func(h station.Handover) error { return renewOnSeat(h, units, log) }
	host := conditions.ThisHost()
	host.Config = func() (session.Config, error) { return session.Load(configPath) }
	if options.Credential == nil {
		// No sandbox without the browser's user, and none made by this service: it heals once there is one.
		host.Sandbox = func(context.Context) error { _, err := credentialOf(visitorName); return err }
	} else {
		l := launch.New(units, launch.Socket, *options.Credential, share(int64(options.Config.Session.Memory)), log)
		options.Launch, options.Probe, host.Sandbox = launching(l), l.Probe, l.Probe
		options.Confine = func() (station.Confinement, error) { return held{units, options.Credential.Uid}, nil }
	}
	options.Vital = func(ctx context.Context) (session.Fault, error) { return conditions.Vital(ctx, host) }
	options.Refused = func(ctx context.Context) <-chan session.Refusal { return usb.Watch(ctx, log) }
	return serve(options, units, log)
}

// renewOnSeat takes the prompt of IT away before the next process looks whether one is there.
func renewOnSeat(h station.Handover, u *units, log *slog.Logger) error {
	if h.Fault != session.FaultMaintenance {
		ctx, cancel := context.WithTimeout(context.Background(), ruleBound)
		defer cancel()
		if err := u.Stop(ctx, promptUnit); err != nil {
			log.Error("cannot take the prompt of IT away", "error", err)
		}
	}
	return renew(h)
}

// prepare finds what a station is made of. Its error comes with a Fault in the options.
func prepare(configPath string, log *slog.Logger) (station.Options, *os.File, error) {
	cfg, unread := session.Load(configPath)
	if unread != nil {
		cfg = session.Defaults() // what an earlier run left is wiped where it most likely is
	}
	o := station.Options{Config: cfg, Log: log}
	var err error
	if o.RunDir, o.StateDir, err = station.Directories(cfg.Station, 0, os.Getenv); err != nil {
		o.Fault = session.FaultStateDir
		return o, nil, errors.Join(unread, err)
	}
	lock, err := station.Lock(o.RunDir)
	if err != nil {
		o.Fault = session.FaultStateDir
		if errors.Is(err, session.ErrSecondStation) {
			o.Fault = session.FaultSecond
		}
		return o, nil, errors.Join(unread, err)
	}
	left := station.Leftovers(context.Background(), o.RunDir)
	o.Credential, err = credentialOf(visitorName)
	switch {
	case unread != nil:
		o.Fault = session.FaultConfig
	case left != nil:
		o.Fault = session.FaultRecovery
	case err != nil:
		o.Fault = session.FaultSeat
	}
	return o, lock, errors.Join(unread, left, err)
}

// untilTold ends ctx when systemd says stop.
func untilTold() (context.Context, context.CancelFunc) {
	signal.Ignore(unix.SIGPIPE, unix.SIGHUP)
	return signal.NotifyContext(context.Background(), unix.SIGTERM, unix.SIGINT)
}

// serve runs the station until systemd says stop, then wipes an open session.
func serve(o station.Options, u *units, log *slog.Logger) error {
	ctx, stop := untilTold()
	defer stop()
	st, err := station.New(o)
	if err != nil {
		return fmt.Errorf("cannot make the station: %w", err)
	}
	served := make(chan error, 1)
	go func() { served <- publish(ctx, st, log) }()
	go func() {
		goOn(ctx, st, o.Handover, log)
		rule(ctx, st, u, log)
	}()
	go note(ctx, st, o.StateDir, log)
	go watchdog(ctx, st, log)
	go restartWhenDue(ctx, st, o.RunDir, stop)
	select {
	case <-ctx.Done():
		err = nil
	case err = <-served:
	}
	stop()
	return errors.Join(err, st.Close())
}

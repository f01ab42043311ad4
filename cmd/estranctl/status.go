package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"estran/session"
	"estran/session/bus"
	"estran/session/conditions"
)

// busBound is how long the station may take to answer.
const busBound = 10 * time.Second

// status tells how the station is.
func status(ctx context.Context, args []string, s streams) error {
	var asJSON, metrics, state bool
	err := parse("status", args, func(f *flag.FlagSet) {
		f.BoolVar(&asJSON, "json", false, "")
		f.BoolVar(&metrics, "metrics", false, "")
		f.BoolVar(&state, "state", false, "")
	})
	if err != nil {
		return err
	}
	if oneIf(asJSON)+oneIf(metrics)+oneIf(state) > 1 {
		return fmt.Errorf("%w : une seule forme à la fois", errUsage)
	}
	found, err := askStatus(ctx)
	if metrics {
		return statusMetrics(ctx, s, found, err)
	}
	if err != nil {
		return err
	}
	switch {
	case state:
		_, err = fmt.Fprintln(s.out, found.State)
	case asJSON:
		err = writeJSON(s.out, statusReport(found))
	default:
		err = writeStatus(s.out, found)
	}
	return err
}

// statusMetrics tells all that can be told: that the station does not answer is a metric, too.
func statusMetrics(ctx context.Context, s streams, found session.Status, err error) error {
	var answered *session.Status
	if err == nil {
		answered = &found
	}
	var results []conditions.Result
	// What is seen from inside a sandbox is not the computer: better to tell nothing.
	if here.isRoot() && here.confined() == nil {
		results = here.look(ctx)
	}
	return writeMetrics(s.out, answered, results, time.Now())
}

// dialStation connects to the station's service.
func dialStation(ctx context.Context) (*bus.Client, error) {
	c, err := bus.Dial(ctx, here.bus)
	if err != nil {
		return nil, fmt.Errorf("%w de joindre le bus système : %w", errAsk, err)
	}
	return c, nil
}

func askStatus(ctx context.Context) (session.Status, error) {
	ctx, cancel := context.WithTimeout(ctx, busBound)
	defer cancel()
	c, err := dialStation(ctx)
	if err != nil {
		return session.Status{}, err
	}
	defer c.Close()
	st, err := c.Status(ctx)
	return st, inWords(err)
}

// inWords says what an answer of the station means to IT.
func inWords(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, session.ErrGone):
		return fmt.Errorf("%w de joindre la station : systemctl status estrand", errAsk)
	default:
		return fmt.Errorf("%w d'interroger la station (root ou groupe estran-agents) : %w", errAsk, err)
	}
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"estran/assets"
	"estran/session"
	"estran/session/scan"
)

// scanFiles tells what the kiosk would say of files, of folders taken as keys, or of images of keys.
func scanFiles(ctx context.Context, args []string, s streams) error {
	var o scanOptions
	paths, err := parseWith("scan", args, func(f *flag.FlagSet) {
		f.BoolVar(&o.json, "json", false, "")
		f.BoolVar(&o.image, "image", false, "")
		f.StringVar(&o.config, "config", "", "")
	})
	switch {
	case err != nil:
		return err
	case len(paths) == 0:
		return fmt.Errorf("%w : scan veut au moins un chemin", errUsage)
	}
	config, err := session.Load(o.config)
	if err != nil {
		return fmt.Errorf("%w de lire les réglages : %w", errAsk, err)
	}
	out := newScanWriter(s.out, o.json)
	job := scanJob{
		scanner: scan.New(string(config.Media.Antivirus), time.Duration(config.Media.Timeout)),
		most:    int64(config.Media.MaxFile), files: config.Media.MaxFiles, image: o.image, write: out.entry,
	}
	failed := job.run(ctx, paths)
	var health session.AntivirusStatus
	if !o.json && ctx.Err() == nil {
		health = job.scanner.Health(ctx)
	}
	// The array is closed whatever happened: what reads it must be able to.
	if err := out.end(health); err != nil {
		failed = errors.Join(failed, fmt.Errorf("d'écrire le résultat : %w", err))
	}
	for _, err := range flat(failed) {
		fmt.Fprintln(s.err, "estranctl : impossible", shown(err.Error()))
	}
	switch {
	case out.counts[session.Suspect] > 0:
		return errFails
	case failed != nil, out.counts[session.Unchecked] > 0:
		return errUnsure
	default:
		return nil
	}
}

type scanOptions struct {
	json, image bool
	config      string
}

// flat is every error that was joined.
func flat(err error) []error {
	if joined, is := err.(interface{ Unwrap() []error }); is {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, flat(e)...)
		}
		return all
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// reasonForIT is the line for IT of a reason, none when there is none.
func reasonForIT(r session.Reason) string {
	texts := assets.In(assets.French)
	if key := "reason_it." + string(r); texts.Has(key) {
		return texts.T(key)
	}
	return ""
}

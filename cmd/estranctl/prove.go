package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"estran/cmd/estranctl/proof"
	"estran/session"
	"estran/session/bus"
	"estran/session/conditions"
	"estran/session/daybook"
)

// prove leaves canaries in a session of its own, ends it, and looks for them everywhere.
func prove(ctx context.Context, args []string, s streams) error {
	var asJSON, deep, prints bool
	var pdf, stage string
	err := parse("prove", args, func(f *flag.FlagSet) {
		f.BoolVar(&asJSON, "json", false, "")
		f.BoolVar(&deep, "deep", false, "")
		f.StringVar(&pdf, "pdf", "", "")
		f.StringVar(&stage, "stage", "", "")
		f.BoolVar(&prints, "prints", false, "")
	})
	switch {
	case err != nil:
		return err
	case stage != "":
		return proofStage(ctx, stage, prints)
	}
	if err := rootOnly("prove"); err != nil {
		return err
	}
	if err := mayProve(ctx); err != nil {
		return err
	}
	options, err := proofOptions(s)
	if err != nil {
		return err
	}
	station, err := dialStation(ctx)
	if err != nil {
		return err
	}
	defer station.Close()
	options.Station = station
	options.Deep = deep
	signal.Ignore(unix.SIGPIPE) // who stops reading what goes on does not leave a session open
	if err := here.book().Write(daybook.Entry{What: daybook.ProofBegun, Who: here.who()}); err != nil {
		return fmt.Errorf("%w de prouver : la main courante ne peut pas le noter : %w", errAsk, err)
	}
	report, err := proof.Run(ctx, options)
	if report == nil {
		return fmt.Errorf("%w de prouver quoi que ce soit : %w", errAsk, err)
	}
	if err := errors.Join(err, writeProof(s, report, asJSON), fileProof(report, pdf)); err != nil {
		return err
	}
	switch report.Verdict {
	case proof.Clean:
		return nil
	case proof.Residue:
		return errFails
	default:
		return errUnsure
	}
}

// fileProof writes the report as PDF, where one is wanted.
func fileProof(r *proof.Report, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("le rapport %s ne peut pas être écrit : %w", path, err)
	}
	if err := errors.Join(r.PDF(f), f.Close()); err != nil {
		return fmt.Errorf("le rapport %s ne peut pas être écrit : %w", path, err)
	}
	return nil
}

// mayProve refuses where somebody is, and where no session can be opened.
func mayProve(ctx context.Context) error {
	if err := here.confined(); err != nil {
		return fmt.Errorf("%w dans un bac à sable : %w", errAsk, err)
	}
	st, err := askStatus(ctx)
	if err != nil {
		return err
	}
	switch st.State {
	case session.Ready:
		return nil
	case session.Stopped, session.Starting:
		return fmt.Errorf("%w : la station n'est pas ouverte (%s) ; voir estranctl check", errAsk, st.Fault)
	default:
		return fmt.Errorf("%w : une personne est là, ou son effacement finit ; réessayez plus tard", errAsk)
	}
}

func proofOptions(s streams) (proof.Options, error) {
	cfg, err := session.Load("")
	if err != nil {
		return proof.Options{}, fmt.Errorf("%w : les réglages sont refusés : %w", errAsk, err)
	}
	kiosk, err := kioskCredential()
	if err != nil {
		return proof.Options{}, err
	}
	program, err := os.Executable()
	if err != nil {
		return proof.Options{}, err
	}
	o := proof.Options{
		Program: program, Kiosk: kiosk, Version: version, Dir: "/var/lib", Tell: progress(s),
	}
	if cfg.Printing.Queue != "" {
		o.Hold = func(ctx context.Context) (func(context.Context) error, error) { return holdQueue(ctx, cfg.Printing) }
	}
	return o, nil
}

// holdQueue keeps the print queue from printing, until the function it gives lets it go. One that IT has stopped stays so.
func holdQueue(ctx context.Context, c session.PrintingConfig) (letGo func(context.Context) error, err error) {
	queue, disabled := conditions.ThisHost().Queue(ctx, c)
	switch {
	case queue == "":
		return nil, errors.New("la file d'impression des réglages n'existe pas ; voir estranctl check")
	case disabled:
		return func(context.Context) error { return nil }, nil
	}
	letGo = func(ctx context.Context) error {
		if err := here.run(ctx, "cupsenable", queue); err != nil {
			return fmt.Errorf("l'imprimante reste arrêtée : cupsenable %s : %w", queue, err)
		}
		return nil
	}
	return letGo, here.run(ctx, "cupsdisable", queue)
}

// kioskCredential is whom the kiosk runs as.
func kioskCredential() (*syscall.Credential, error) {
	u, err := user.Lookup("estran")
	if err != nil {
		return nil, fmt.Errorf("%w : le compte estran n'existe pas ; ce poste n'est pas une station", errAsk)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// proofStage is a process of the proof: it drives the station as the kiosk does.
func proofStage(ctx context.Context, stage string, prints bool) error {
	st, err := bus.Dial(ctx, here.bus)
	if err != nil {
		return err
	}
	defer st.Close()
	switch stage {
	case proof.StagePlant:
		return proof.Plant(ctx, st, prints, os.Stdout)
	case proof.StageEnd:
		return proof.End(ctx, st)
	default:
		return fmt.Errorf("%w : --stage est à estranctl lui-même", errUsage)
	}
}

// tellEvery is how often progress is told.
const tellEvery = time.Second

// progress tells on standard error what goes on, how far it is and how long it may still take.
func progress(s streams) func(doing string, part, whole int64) {
	var last string
	var began, told time.Time
	return func(doing string, part, whole int64) {
		now := time.Now()
		if doing != last {
			last, began = doing, now
		} else if now.Sub(told) < tellEvery && part < whole {
			return
		}
		told = now
		if whole == 0 {
			fmt.Fprintf(s.err, "%s\n", doing)
			return
		}
		left := ""
		if part > 0 && part < whole {
			left = fmt.Sprintf(", encore %s", inMinutes(time.Duration(float64(now.Sub(began))*float64(whole-part)/float64(part))))
		}
		fmt.Fprintf(s.err, "%s : %d %%%s\n", doing, 100*part/whole, left)
	}
}

func inMinutes(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds())+1)
	}
	return fmt.Sprintf("%d min", int(d.Minutes())+1)
}

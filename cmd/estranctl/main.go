// Command estranctl is for IT and agents: what is not safe on a station, how it is, how to work on it.
//
// What it says is French, for the people who keep stations; its options are English. Exit codes: 0 when all is well, 1
// when something fails or is refused, 2 when the question could not be asked at all.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"golang.org/x/sys/unix"
)

// What the exit codes mean to scripts and monitoring.
const (
	exitFine  = 0
	exitFails = 1 // something fails, or was refused
	exitWrong = 2 // a wrong command line, or nothing could be asked
)

// version is set by the build.
var version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), unix.SIGINT, unix.SIGTERM, unix.SIGHUP)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// streams are the three of a program.
type streams struct {
	in       *os.File
	out, err io.Writer
}

// command is one subcommand. Its error is told on standard error; errUsage and errAsk give exitWrong.
type command struct {
	name string
	run  func(ctx context.Context, args []string, s streams) error
}

func commands() []command {
	return []command{
		{"check", check},
		{"status", status},
		{"maintenance", maintenance},
		{"journal", journal},
		{"access-log", accessLog},
		{"mandate", printMandate},
		{"scan", scanFiles},
		{"prove", prove},
	}
}

// Errors that say which exit code there is.
var (
	// errUsage: the command line is wrong.
	errUsage = errors.New("ligne de commande refusée")
	// errAsk: nothing could be asked.
	errAsk = errors.New("impossible")
	// errFails: something fails, and was told on standard output.
	errFails = errors.New("quelque chose échoue")
	// errUnsure: nothing fails, but not everything could be looked at, and it was told.
	errUnsure = errors.New("tout n'a pas pu être regardé")
)

func run(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 {
		fmt.Fprint(s.err, usage)
		return exitWrong
	}
	switch args[0] {
	case "help", "--help", "-h":
		fmt.Fprint(s.out, usage)
		return exitFine
	case "version", "--version":
		fmt.Fprintln(s.out, "estranctl", version)
		return exitFine
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		fmt.Fprintf(s.err, "estranctl : « %s » n'est pas une commande. Voir : estranctl help\n", shown(args[0]))
		return exitWrong
	}
	err := all[i].run(ctx, args[1:], s)
	if err == nil {
		return exitFine
	}
	if errors.Is(err, errFails) {
		return exitFails
	}
	if errors.Is(err, errUnsure) {
		return exitWrong
	}
	fmt.Fprintln(s.err, "estranctl :", err)
	if errors.Is(err, errUsage) || errors.Is(err, errAsk) {
		return exitWrong
	}
	return exitFails
}

// Command estrand is the station service: root, on the system bus as org.estran.Station1.
//
// It owns what a visitor's session is made of: the memory, the browser, the key, the wipe, and the seat (sway, foot and
// the kiosk), which it stops at the end of each session. Then it executes itself anew (execve(2)): no process that knew
// a visitor meets the next one. systemd watches it; all that it starts dies with it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// What the exit codes mean to systemd and to whoever starts estrand by hand.
const (
	exitFine  = 0
	exitError = 1
	exitUsage = 2
)

const usage = `Usage: estrand [--config FILE]

estrand is the service of an Estran station. systemd starts it: see estrand(8).

  --config FILE  the configuration; without it, /etc/estran/estran.toml
  --version      print the version

As estrand --browser, it is what estran-browser.service runs: it starts the browser that estrand asks for.
`

// version is set by the build.
var version = "0.1.0"

func main() {
	if len(os.Args) == 2 && os.Args[1] == browserFlag {
		startBrowser()
		return
	}
	config, done, err := parse(os.Args[1:], os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "estrand:", err)
		os.Exit(exitUsage)
	case done:
		return
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	if err := run(config, log); err != nil {
		log.Error("estrand ends", "error", err)
		os.Exit(exitError)
	}
	os.Exit(exitFine)
}

// withoutTime leaves the time to the journal.
func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// parse reads the command line. done says that there is nothing left to do.
func parse(args []string, out io.Writer) (config string, done bool, err error) {
	flags := flag.NewFlagSet("estrand", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&config, "config", "", "")
	showVersion := flags.Bool("version", false, "")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, err := io.WriteString(out, usage)
		return "", true, err
	case err != nil:
		return "", true, fmt.Errorf("%w: see estrand --help", err)
	case flags.NArg() > 0:
		return "", true, fmt.Errorf("%q is not an option: see estrand --help", flags.Arg(0))
	case *showVersion:
		_, err := fmt.Fprintln(out, "estrand", version)
		return "", true, err
	}
	return config, false, nil
}

// bare takes from this process what it must not pass on: descriptors that whoever started us left open, and core dumps,
// which would hold a session (close_range(2); core(5), where 1 also stops dumps to a program).
func bare() error {
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("cannot keep descriptors to ourselves: %w", err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 1, Max: 1}); err != nil {
		return fmt.Errorf("cannot turn core dumps off: %w", err)
	}
	return nil
}

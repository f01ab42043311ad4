// Command estran is what a visitor sees: the kiosk, on a station that runs in the same process, or on the service of an
// installed station (--bus). The latter never runs a station of its own: where the service is missing, it says so and
// waits.
//
// It is two processes. The guardian (guardian.go) holds the lock of the station, nothing of a visitor, and starts the
// kiosk again whatever happens to it. The kiosk (child.go) runs in a mount namespace of its own, in which the session's
// memory is mounted: when the kiosk dies, however it dies, the kernel takes the memory away. After each session the
// kiosk ends and a new one starts, so that no process that knew a visitor meets the next one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// What the exit codes of estran mean, to whoever started it.
const (
	exitFine  = 0
	exitError = 1
	exitUsage = 2
)

const usage = `Usage: estran [--config FILE] [--key PATH] [--agent]
       estran --bus [--config FILE]
       estran --tour

Estran is the session manager of a public computer. It fills the terminal in which it is started.

  --config FILE  the configuration; without it, /etc/estran/estran.toml, or what is built in
  --key PATH     a folder, a disk image or a block device that stands for a USB key
  --agent        make an agent, and tell the code: to try what agents do
  --bus          show the station service of this computer, estrand(8); the seat of an installed station does
  --tour         a whole visit without a person: prints each screen; exits 0 only if all was wiped and verified
  --version      print the version
`

// version is set by the build.
var version = "0.1.0"

// options is the command line.
type options struct {
	config, key string
	bus, tour   bool
	agent       bool
}

var errUsage = errors.New("see estran --help")

// parse reads the command line. done says that there is nothing left to do.
func parse(args []string, out io.Writer) (o options, done bool, err error) {
	flags := flag.NewFlagSet("estran", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.config, "config", "", "")
	flags.StringVar(&o.key, "key", "", "")
	flags.BoolVar(&o.bus, "bus", false, "")
	flags.BoolVar(&o.tour, "tour", false, "")
	flags.BoolVar(&o.agent, "agent", false, "")
	showVersion := flags.Bool("version", false, "")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, err := io.WriteString(out, usage)
		return o, true, err
	case err != nil:
		return o, true, fmt.Errorf("%w: %w", err, errUsage)
	case flags.NArg() > 0:
		return o, true, fmt.Errorf("%q is not an option: %w", flags.Arg(0), errUsage)
	case o.bus && (o.tour || o.agent || o.key != ""):
		return o, true, fmt.Errorf("--bus goes with --config only: %w", errUsage)
	case o.agent && o.tour:
		return o, true, fmt.Errorf("--agent does not go with --tour: %w", errUsage)
	case *showVersion:
		_, err := fmt.Fprintln(out, "estran", version)
		return o, true, err
	}
	return o, false, nil
}

func main() {
	// What whoever started us left open is nobody's business further down (close_range(2)).
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		os.Exit(fail(exitError, fmt.Errorf("cannot keep descriptors to ourselves: %w", err)))
	}
	if stage, there := stageFromEnv(); there {
		os.Exit(child(stage, os.Args[1:]))
	}
	os.Exit(run(os.Args[1:]))
}

// run is the process that was started by hand or by the session.
func run(args []string) int {
	o, done, err := parse(args, os.Stdout)
	switch {
	case errors.Is(err, errUsage):
		return fail(exitUsage, err)
	case err != nil:
		return fail(exitError, err)
	case done:
		return exitFine
	case o.tour:
		return guard(args, o)
	case !isTerminal(os.Stdin) || !isTerminal(os.Stdout):
		return fail(exitUsage, errors.New("this is not a terminal: start estran in one, or try estran --tour"))
	}
	return guard(args, o)
}

func fail(code int, err error) int {
	fmt.Fprintln(os.Stderr, "estran:", err)
	return code
}

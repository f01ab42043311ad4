package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/station"
)

// How the kiosk tells the guardian why it ended. Anything else is a crash.
const (
	childLeft     = 0  // whoever may leave has left, or the tour is over
	childFailed   = 1  // the tour did not verify all
	childAnew     = 10 // a session is over: start a new kiosk
	childTerminal = 11 // the terminal went away
	childTold     = 12 // a signal said to end
	childBroke    = 13 // it broke, and said so: a crash like any other
)

// A kiosk that crashes this often in this time is not started again: somebody must look.
const (
	mostCrashes = 5
	crashWindow = time.Minute
)

// guard starts the kiosk, and starts it again until it is left.
func guard(args []string, o options) int {
	// The kiosk dies with the thread that started it (prctl(2), PR_SET_PDEATHSIG): this one must not go.
	runtime.LockOSThread()
	s, lock, err := prepareStage(o)
	if lock != nil {
		defer lock.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "estran:", err)
		if o.tour {
			return exitError
		}
	}
	if err := tryAsAgent(s, o); err != nil {
		return fail(exitError, err)
	}
	if !s.bus {
		s.receipt, _ = newReceiptFile() // without it a receipt is read once: that keeps nobody out
		defer s.receipt.Close()
	}
	terminal := saveTerminal()
	defer terminal.restore()
	told := make(chan os.Signal, 8)
	signal.Notify(told, unix.SIGTERM, unix.SIGHUP, unix.SIGINT, unix.SIGQUIT)
	signal.Ignore(unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU)
	code := keepRunning(s, terminal, func(s stage) (int, bool) { return runChild(args, s, told) })
	if err != nil && code == exitFine {
		return exitError // nothing could open, and that was said
	}
	return code
}

// keepRunning runs one kiosk after the other. run runs one, and says whether we were told to end.
func keepRunning(s stage, terminal *terminal, run func(stage) (code int, ending bool)) int {
	var crashes []time.Time
	for {
		code, ending := run(s)
		switch code {
		case childLeft:
			return exitFine
		case childFailed:
			return exitError
		case childTerminal, childTold:
			return exitFine
		case childAnew:
			continue
		}
		terminal.restore()
		if ending {
			return exitError
		}
		// The kiosk crashed. Its namespace is gone, and with it the session's memory; the new one looks for the rest.
		crashes = append(recent(crashes), time.Now())
		if len(crashes) >= mostCrashes {
			return fail(exitError, errors.New("the kiosk keeps crashing: see the log"))
		}
		if s.fault == session.NoFault && !s.bus {
			s.fault = leftovers(s.runDir)
		}
	}
}

func recent(crashes []time.Time) []time.Time {
	var kept []time.Time
	for _, t := range crashes {
		if time.Since(t) < crashWindow {
			kept = append(kept, t)
		}
	}
	return kept
}

// prepareStage takes the lock and ends what an earlier run left. Its error is for whoever started us; the kiosk
// starts all the same and shows the visitor « Ordinateur arrêté ».
func prepareStage(o options) (stage, *os.File, error) {
	s := stage{uid: os.Getuid(), bus: o.bus}
	if o.bus {
		return s, nil, nil // the service has all of it
	}
	cfg, err := session.Load(o.config)
	if err != nil {
		s.fault = session.FaultConfig
		return s, nil, err
	}
	s.runDir, s.stateDir, err = station.Directories(cfg.Station, s.uid, os.Getenv)
	if err != nil {
		s.fault = session.FaultStateDir
		return s, nil, err
	}
	lock, err := station.Lock(s.runDir)
	if err != nil {
		s.fault = session.FaultStateDir
		if errors.Is(err, session.ErrSecondStation) {
			s.fault = session.FaultSecond
		}
		return s, nil, err
	}
	s.fault = leftovers(s.runDir)
	return s, lock, nil
}

func leftovers(runDir string) session.Fault {
	if err := station.Leftovers(context.Background(), runDir); err != nil {
		return session.FaultRecovery
	}
	return session.NoFault
}

// runChild runs one kiosk. ending says that we were told to end.
func runChild(args []string, s stage, told <-chan os.Signal) (code int, ending bool) {
	if s.fault == session.NoFault && !s.bus && !namespaceWorks() {
		s.fault = session.FaultSandbox
	}
	cmd := childCommand(args, s)
	if err := cmd.Start(); err != nil {
		return fail(childFailed, fmt.Errorf("cannot start the kiosk: %w", err)), true
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case <-done:
			return cmd.ProcessState.ExitCode(), ending
		case <-told:
			ending = true
			_ = cmd.Process.Signal(unix.SIGTERM)
		}
	}
}

// childCommand is the kiosk in a namespace of its own (unshare(1)), or outside of one when there is none to be had and
// it only has to say so.
func childCommand(args []string, s stage) *exec.Cmd {
	self := "/proc/self/exe"
	if path, err := os.Executable(); err == nil {
		self = path
	}
	command := []string{self}
	if s.fault != session.FaultSandbox && !s.bus {
		command = append(unshare(), self)
	}
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = s.environ()
	if s.receipt != nil {
		cmd.ExtraFiles = []*os.File{s.receipt}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGKILL}
	return cmd
}

// unshare is the command that enters a mount namespace: mounts made outside still come in, so that a key plugged
// later is seen, and none goes out. Somebody who is not root gets a user namespace for it.
func unshare() []string {
	command := []string{"unshare", "--mount", "--propagation", "slave"}
	if !station.RootOfComputer() {
		command = append(command, "--user", "--map-root-user")
	}
	return command
}

// namespaceWorks tries it: a kernel may refuse user namespaces (sysctl kernel.unprivileged_userns_clone).
func namespaceWorks() bool {
	command := append(unshare(), "true")
	return exec.Command(command[0], command[1:]...).Run() == nil
}

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/activity"
	"estran/session/assist/agents"
	"estran/session/conditions"
	"estran/session/daybook"
)

// system is the computer that estranctl works on; tests have one of their own.
type system struct {
	// bus is the address of the station's bus, "" for the system bus.
	bus string
	// book finds the daybook.
	book func() daybook.Book
	// accessLog finds the access log, and how long it is kept.
	accessLog func() (path string, c session.AccessLogConfig, err error)
	// activity finds the counts of activity; the error is that of the configuration.
	activity func() (*activity.Tally, error)
	// agents finds the accounts of agents.
	agents func() *agents.House
	// password is the file of the boot menu's password.
	password string
	// cmdline, loginUID are files of /proc.
	cmdline, loginUID string
	// look looks at the conditions.
	look func(context.Context) []conditions.Result
	// confined says what keeps this process from looking at the whole computer, nil for nothing.
	confined func() error
	// euid is who asks; getenv the environment.
	euid   func() int
	getenv func(string) string
	// run runs a program of the system, its output going to standard error.
	run func(ctx context.Context, program string, args ...string) error
	// settle is how long a change of the station may take to be seen.
	settle time.Duration
}

var here = system{
	book: findBook, accessLog: findAccessLog, activity: findActivity, agents: findAgents,
	password: "/etc/estran/grub.password",
	cmdline:  "/proc/cmdline", loginUID: "/proc/self/loginuid",
	look:     func(ctx context.Context) []conditions.Result { return conditions.Look(ctx, conditions.ThisHost()) },
	confined: confined,
	euid:     os.Geteuid,
	getenv:   os.Getenv,
	run:      runProgram,
	settle:   90 * time.Second,
}

// findBook is the daybook in the state directory of the configuration; one that cannot be read has the usual one.
func findBook() daybook.Book {
	c, err := session.Load("")
	if err != nil || c.Station.StateDir == "" {
		return daybook.Book{Path: daybook.Path}
	}
	return daybook.Book{Path: filepath.Join(string(c.Station.StateDir), filepath.Base(daybook.Path))}
}

// findAgents is the accounts of the station, whose counts are beside the daybook.
func findAgents() *agents.House {
	book := findBook()
	return agents.Open(agents.Options{StateDir: filepath.Dir(book.Path), Note: book.Write})
}

// findAccessLog is the access log beside the daybook. The error is that of the configuration: a log is read all the same.
func findAccessLog() (path string, c session.AccessLogConfig, err error) {
	all, err := session.Load("")
	return filepath.Join(filepath.Dir(findBook().Path), filepath.Base(accesslog.Path)), all.AccessLog, err
}

// findActivity is the counts beside the daybook.
func findActivity() (*activity.Tally, error) {
	c, err := session.Load("")
	tally := activity.Open(filepath.Join(filepath.Dir(findBook().Path), filepath.Base(activity.Path)), c.Activity.Months)
	tally.Now = time.Now
	return tally, err
}

// isRoot says that everything can be looked at and done.
func (s system) isRoot() bool { return s.euid() == 0 }

// runProgram runs one of the programs of the system, whatever the PATH of the caller.
func runProgram(ctx context.Context, program string, args ...string) error {
	for _, dir := range []string{"/usr/sbin/", "/usr/bin/"} {
		if _, err := os.Stat(dir + program); err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, dir+program, args...)
		cmd.Env = []string{"LC_ALL=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		return cmd.Run()
	}
	return &exec.Error{Name: program, Err: exec.ErrNotFound}
}

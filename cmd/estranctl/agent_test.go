package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// agentsOf is the accounts of a script's computer. Its clock on the wall is $LATER days ahead, and the other one $UPTIME
// minutes.
func agentsOf(getenv func(string) string) *agents.House {
	dir, c := getenv("WORK"), agents.SystemClock()
	days, _ := strconv.Atoi(getenv("LATER"))
	minutes, _ := strconv.Atoi(getenv("UPTIME"))
	sinceBoot := c.SinceBoot
	c.Wall = func() time.Time { return time.Now().AddDate(0, 0, days) }
	c.SinceBoot = func() (time.Duration, error) {
		d, err := sinceBoot()
		return d + time.Duration(minutes)*time.Minute, err
	}
	return agents.Open(agents.Options{
		Path: filepath.Join(dir, "agents.json"), StateDir: filepath.Join(dir, "kept"), Clock: c,
		Note: daybook.Book{Path: filepath.Join(dir, "daybook")}.Write,
	})
}

var drawnCode = regexp.MustCompile(`(?m)^  ([a-z]{5}-[a-z]{5}-[a-z]{5})$`)

// codeCommand keeps the code that was shown last in a file: code FILE.
func codeCommand(ts *testscript.TestScript, _ bool, args []string) {
	m := drawnCode.FindAllStringSubmatch(ts.ReadFile("stdout"), -1)
	if len(m) != 1 {
		ts.Fatalf("%d codes were shown", len(m))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(m[0][1]), 0o600))
}

// answers are those of a sign-in.
var answers = map[string]error{
	"wrong": session.ErrAgentWrong, "wait": session.ErrAgentWait, "blocked": session.ErrAgentBlocked,
	"disabled": session.ErrAgentDisabled, "expired": session.ErrAgentExpired, "nobody": session.ErrNoAgents,
	"untrusted": session.ErrAgentsUntrusted,
}

// signInCommand signs in as the service does, a quarter of an hour after the last time, and wants an answer or a profile:
// signin LOGIN FILE ANSWER.
func signInCommand(ts *testscript.TestScript, _ bool, args []string) {
	minutes, _ := strconv.Atoi(ts.Getenv("UPTIME"))
	ts.Setenv("UPTIME", strconv.Itoa(minutes+17))
	p, err := agentsOf(ts.Getenv).SignIn(context.Background(), session.Private(args[0]), session.Private(ts.ReadFile(args[1])))
	if want, is := answers[args[2]]; is && !errors.Is(err, want) || !is && (err != nil || string(p) != args[2]) {
		ts.Fatalf("%s: profile %q, error %v", args[0], p, err)
	}
}

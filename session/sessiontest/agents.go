package sessiontest

import (
	"context"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"estran/session"
)

// What the one agent of the tests types.
const (
	AgentLogin = session.Private("mdupont")
	AgentCode  = session.Private("sable-mouette-4821")
)

// Agents has one agent, in memory. Its zero value lets a médiateur in.
type Agents struct {
	// Profile of the agent; NoProfile is a médiateur's.
	Profile session.Profile
	// Nobody says that no agent is registered; Fail, when not nil, is what every sign-in answers.
	Nobody bool
	Fail   error
	// Slow, when not nil, is called while a login is looked up: for as long as argon2 would take.
	Slow func()

	mu     sync.Mutex
	failed int
}

// mostTries is how many wrong codes there may be.
const mostTries = 10

// Anybody says that the agent is registered.
func (a *Agents) Anybody() (bool, error) { return !a.Nobody, nil }

// SignIn looks a login and a code up.
func (a *Agents) SignIn(_ context.Context, login, code session.Private) (session.Profile, error) {
	if a.Slow != nil {
		a.Slow()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.Fail != nil:
		return session.NoProfile, a.Fail
	case login == "" || code == "" || !utf8.ValidString(code.Reveal()):
		return session.NoProfile, session.ErrAgentForm
	case login != AgentLogin || code != AgentCode:
		a.failed++
		return session.NoProfile, session.ErrAgentWrong
	}
	a.failed = 0
	if a.Profile == session.NoProfile {
		return session.ProfileMediateur, nil
	}
	return a.Profile, nil
}

// Wait tells of the tries that failed since the last that did not.
func (a *Agents) Wait() (time.Duration, int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed == 0 {
		return 0, 0
	}
	return time.Second, mostTries - a.failed
}

// Counted is one intervention as Counts was given it.
type Counted struct {
	Mode   session.Mode
	Length time.Duration
	session.CountOptions
}

// Counts keeps counts in memory.
type Counts struct {
	// Fail, when not nil, is asked before each Add.
	Fail func() error

	mu   sync.Mutex
	list []Counted
}

// Add counts one intervention.
func (c *Counts) Add(_ time.Time, mode session.Mode, length time.Duration, o session.CountOptions) error {
	if c.Fail != nil {
		if err := c.Fail(); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, Counted{mode, length, o})
	return nil
}

// Today tells how many there were, as the real counts do.
func (c *Counts) Today(time.Time) (session.Activity, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch n := len(c.list); {
	case n == 0:
		return session.Activity{}, nil
	case n < session.FewPeople:
		return session.Activity{Few: true}, nil
	default:
		return session.Activity{Total: n, Cells: []session.ActivityCell{{Code: "individuel", Count: n}}}, nil
	}
}

// Purge has nothing to do.
func (c *Counts) Purge(time.Time) error { return nil }

// All is what was counted.
func (c *Counts) All() []Counted {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list)
}

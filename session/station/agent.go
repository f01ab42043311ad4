package station

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"estran/session"
)

// Agents knows who may help here (session/assist/agents). What it is asked may take a second on a slow computer, by
// design (argon2): the station never asks while it holds its lock.
type Agents interface {
	// Anybody says that an agent is registered; an error that their file cannot be trusted.
	Anybody() (bool, error)
	// SignIn looks a login and a code up. Its errors are those of session.Assist.
	SignIn(ctx context.Context, login, code session.Private) (session.Profile, error)
	// Wait is how long the login that failed last must wait, and how many tries it has left.
	Wait() (time.Duration, int)
}

// agents is what Status tells of them. Station.mu guards it.
type agents struct {
	possible  bool
	waitUntil time.Duration // on the station's clock
	tries     int
}

// longestSecret bounds a login and a code, in bytes: what is longer is none, and is not even looked up.
const longestSecret = 256

// signInErrors are the answers to a refusal that a caller knows what to do with.
var signInErrors = []error{
	session.ErrAgentForm, session.ErrAgentWrong, session.ErrAgentWait, session.ErrAgentBlocked, session.ErrAgentDisabled,
	session.ErrAgentExpired, session.ErrNoAgents, session.ErrAgentsUntrusted,
}

// SignIn lets an agent in. One is looked up at a time, without the lock: the session may end meanwhile, and then nobody
// is let in.
func (s *Station) SignIn(ctx context.Context, login, code session.Private) error {
	before, err := s.maySignIn()
	if err != nil {
		return err
	}
	for _, typed := range []string{login.Reveal(), code.Reveal()} {
		if len(typed) > longestSecret || !utf8.ValidString(typed) {
			return session.ErrAgentForm
		}
	}
	select {
	case s.signing <- struct{}{}:
		defer func() { <-s.signing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if _, err := s.maySignIn(); err != nil { // somebody else was let in meanwhile
		return err
	}
	profile, err := s.opts.Agents.SignIn(ctx, login, code)
	s.lookAtAgents()
	if err != nil {
		return s.refusal(ctx, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if now, err := s.signInTurn(); err != nil {
		return err
	} else if now != before {
		return session.ErrState // that session is over, or another one began
	}
	err = s.send(session.SignedIn{Profile: profile})
	s.changed()
	return err
}

// maySignIn is signInTurn from outside.
func (s *Station) maySignIn() (turn uint64, err error) {
	if s.opts.Agents == nil {
		return 0, session.ErrNoAgents
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signInTurn()
}

// signInTurn says whether an agent may sign in now, and in which turn of the station, as each session and each wait between two
// is one. Where the station has no seat of its own, a browser window may have the keyboard, and what is typed may go to a
// page: it is closed first. On a seat the kiosk and the browser never have it both, and the kiosk is the only one that
// reaches this call: the sandbox of the browser has no way to the system bus, whose policy would refuse it (session/bus).
// The caller holds mu.
func (s *Station) signInTurn() (turn uint64, err error) {
	status := s.machine.Status(s.clock())
	switch {
	case s.closed || s.closing:
		return 0, session.ErrGone
	case status.State != session.Ready && status.State != session.Open, status.Agent.Present:
		return 0, session.ErrState
	case s.browserHasKeyboard():
		return 0, session.ErrBrowserOpen
	default:
		return s.turn, nil
	}
}

// browserHasKeyboard says that a window of the browser, on a screen that is not ours, may have it. The caller holds mu.
func (s *Station) browserHasKeyboard() bool {
	return s.visit != nil && s.visit.browser.running() && !s.textBrowser() && !s.rules()
}

// refusal is what a caller learns: one of the answers of the contract. Anything else is a file that cannot be trusted.
func (s *Station) refusal(ctx context.Context, err error) error {
	for _, known := range signInErrors {
		if errors.Is(err, known) {
			return known
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// The error may quote what was typed: its kind is enough.
	s.log.Error("cannot look an agent up", "error", kindOf(err))
	return session.ErrAgentsUntrusted
}

// SignOut ends what SignIn began. What an agent did for somebody is left as a mode is left: with the browser closed.
func (s *Station) SignOut(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return session.ErrGone
	}
	status := s.machine.Status(s.clock())
	if status.State == session.Open && status.Agent.Present && status.Mode == session.Act && s.visit.browser.running() {
		return session.ErrBrowserOpen
	}
	err := s.send(session.SignedOut{})
	if err == nil && s.visit != nil {
		s.visit.sites = nil
	}
	s.changed()
	return err
}

// agentsEvery is how often it is looked whether somebody can sign in: IT may register the first agent at any time.
var agentsEvery = 15 * time.Second // a variable so that a test need not wait

// watchAgents looks now and then.
func (s *Station) watchAgents() {
	tick := time.NewTicker(agentsEvery)
	defer tick.Stop()
	for s.lookAtAgents(); ; {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.lookAtAgents()
		}
	}
}

// lookAtAgents takes up what Status tells of the agents. They are asked without the lock.
func (s *Station) lookAtAgents() {
	anybody, err := s.opts.Agents.Anybody()
	wait, tries := s.opts.Agents.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	next := agents{possible: anybody && err == nil, tries: tries}
	if wait > 0 {
		next.waitUntil = now + wait
	}
	if err != nil && s.agents.possible {
		s.log.Error("the agents cannot be trusted", "error", kindOf(err))
	}
	last := s.agents
	s.agents = next
	if next.possible != last.possible || next.tries != last.tries || (next.waitUntil > now) != (last.waitUntil > now) {
		s.changed()
	}
}

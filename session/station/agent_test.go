package station_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/browser"
	"estran/session/sessiontest"
	"estran/session/station"
)

const login, code = sessiontest.AgentLogin, sessiontest.AgentCode

// helped is a world with an agent and counts.
func helped(t *testing.T) (*world, *sessiontest.Agents, *sessiontest.Counts) {
	t.Helper()
	sessiontest.Need(t, "bwrap")
	w, agents, counts := newWorld(t), &sessiontest.Agents{}, &sessiontest.Counts{}
	w.options.Agents, w.options.Counts = agents, counts
	return w, agents, counts
}

func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (want == nil && err != nil) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func statusOf(t testing.TB, s session.Station) session.Status {
	t.Helper()
	st, err := s.Status(t.Context())
	must(t, err)
	return st
}

func TestWithoutAgentsNobodySignsIn(t *testing.T) {
	sessiontest.Need(t, "bwrap")
	s := newWorld(t).start(t)
	awaitState(t, s, session.Ready)
	wants(t, "signing in", s.SignIn(t.Context(), login, code), session.ErrNoAgents)
	if a := statusOf(t, s).Agent; a != (session.AgentStatus{}) {
		t.Errorf("the status tells of agents: %+v", a)
	}
}

// IT may register the first agent while the station runs.
func TestAStationSeesThatAgentsCome(t *testing.T) {
	station.LookForAgentsEvery(t, 10*time.Millisecond)
	w, _, _ := helped(t)
	registered := &register{}
	w.options.Agents = registered
	s := w.start(t)
	if st := awaitState(t, s, session.Ready); st.Agent.Possible {
		t.Error("nobody is registered, and the station says so")
	}
	registered.set(true, nil)
	sessiontest.Await(t, s, "open to agents", func(s session.Status) bool { return s.Agent.Possible })
	registered.set(true, errors.New("others could have changed it"))
	sessiontest.Await(t, s, "closed to agents", func(s session.Status) bool { return !s.Agent.Possible })
}

// register is a file of agents that changes.
type register struct {
	sessiontest.Agents
	mu      sync.Mutex
	anybody bool
	err     error
}

func (r *register) set(anybody bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.anybody, r.err = anybody, err
}

func (r *register) Anybody() (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.anybody, r.err
}

// A login is looked up for as long as argon2 takes: meanwhile the station answers, and a session that ends lets nobody in.
func TestLookingAnAgentUpKeepsNobodyWaiting(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(*testing.T, *station.Station)
		want      error
	}{
		"nothing": {func(*testing.T, *station.Station) {}, nil},
		"the session ends": {func(t *testing.T, s *station.Station) {
			must(t, s.End(t.Context()))
		}, session.ErrState},
		"the next session begins": {func(t *testing.T, s *station.Station) {
			must(t, s.End(t.Context()))
			awaitState(t, s, session.Wiped)
			must(t, s.Dismiss(t.Context()))
			openSession(t, s)
		}, session.ErrState},
		"a pause": {func(t *testing.T, s *station.Station) { must(t, s.Pause(t.Context(), "1234")) }, session.ErrState},
	} {
		t.Run(name, func(t *testing.T) {
			w, agents, _ := helped(t)
			asked, goOn := make(chan struct{}), make(chan struct{})
			agents.Slow = func() { close(asked); <-goOn }
			s := w.start(t)
			openSession(t, s)
			done := make(chan error, 1)
			go func() { done <- s.SignIn(context.Background(), login, code) }()
			<-asked
			c.meanwhile(t, s)
			statusOf(t, s)
			close(goOn)
			wants(t, "signing in", <-done, c.want)
			if there := statusOf(t, s).Agent.Present; there != (c.want == nil) {
				t.Errorf("an agent is there: %v", there)
			}
		})
	}
}

func TestTwoAgentsAtOnce(t *testing.T) {
	w, agents, _ := helped(t)
	var once sync.Once
	begun := make(chan struct{})
	agents.Slow = func() { once.Do(func() { close(begun) }); time.Sleep(50 * time.Millisecond) }
	s := w.start(t)
	awaitState(t, s, session.Ready)
	results := make(chan error, 8)
	for range cap(results) {
		go func() { results <- s.SignIn(context.Background(), login, code) }()
	}
	<-begun
	in := 0
	for range cap(results) {
		switch err := <-results; {
		case err == nil:
			in++
		case !errors.Is(err, session.ErrState):
			t.Error(err)
		}
	}
	if in != 1 || !statusOf(t, s).Agent.Present {
		t.Errorf("%d were let in", in)
	}
}

// Whoever gives up is answered, also while another is looked up.
func TestSigningInIsGivenUp(t *testing.T) {
	w, agents, _ := helped(t)
	asked, goOn := make(chan struct{}), make(chan struct{})
	agents.Slow = func() { close(asked); <-goOn }
	s := w.start(t)
	awaitState(t, s, session.Ready)
	done := make(chan error, 1)
	go func() { done <- s.SignIn(context.Background(), login, "wrong") }()
	<-asked
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	wants(t, "the second", s.SignIn(ctx, login, code), context.DeadlineExceeded)
	close(goOn)
	wants(t, "the first", <-done, session.ErrAgentWrong)
}

// Only the answers of the contract come out, whatever the agents say, and nothing that was typed is in the journal.
func TestWhatTheAgentsAnswer(t *testing.T) {
	for _, want := range []error{
		session.ErrAgentForm, session.ErrAgentWrong, session.ErrAgentWait, session.ErrAgentBlocked, session.ErrAgentDisabled,
		session.ErrAgentExpired, session.ErrNoAgents, session.ErrAgentsUntrusted,
	} {
		w, agents, _ := helped(t)
		agents.Fail = fmt.Errorf("%s: %w", login.Reveal(), want)
		s := w.start(t)
		awaitState(t, s, session.Ready)
		if err := s.SignIn(t.Context(), login, code); err != want {
			t.Errorf("%v comes out as %v", want, err)
		}
	}
	w, agents, _ := helped(t)
	said := &lines{}
	w.options.Log = slog.New(slog.NewTextHandler(said, nil))
	agents.Fail = errors.New("cannot look up " + login.Reveal() + " with " + code.Reveal())
	s := w.start(t)
	awaitState(t, s, session.Ready)
	wants(t, "an error of another kind", s.SignIn(t.Context(), login, code), session.ErrAgentsUntrusted)
	wants(t, "a whole book", s.SignIn(t.Context(), login, session.Private(strings.Repeat("x", 1<<16))), session.ErrAgentForm)
	must(t, s.Close())
	if !strings.Contains(said.String(), "cannot look an agent up") || strings.Contains(said.String(), login.Reveal()) || strings.Contains(said.String(), code.Reveal()) {
		t.Errorf("the journal says %q", said)
	}
}

// On a screen that is not ours a browser window may have the keyboard: what is typed could go to a page.
func TestNobodySignsInBesideABrowserWindow(t *testing.T) {
	for name, c := range map[string]struct {
		program session.BrowserProgram
		seat    station.Seat
		want    error
	}{
		"a window on a desktop": {"firefox-esr", nil, session.ErrBrowserOpen},
		"our own seat":          {"firefox-esr", &fakeSeat{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, _, _ := helped(t)
			w.options.Seat = c.seat
			s, starts := w.slowly(t, c.program)
			b := begin(t, s, starts, session.BrowseOptions{})
			wants(t, "while it starts", s.SignIn(t.Context(), login, "wrong"), orWrong(c.want))
			b.started <- nil
			b.process.events <- browser.Event{Kind: browser.Shown}
			awaitBrowser(t, s, session.BrowserOpen)
			wants(t, "while it is open", s.SignIn(t.Context(), login, code), c.want)
			must(t, s.CloseBrowser(t.Context()))
			awaitBrowser(t, s, session.BrowserClosed)
			if c.want != nil {
				must(t, s.SignIn(t.Context(), login, code))
			}
		})
	}
}

func orWrong(err error) error {
	if err == nil {
		return session.ErrAgentWrong
	}
	return err
}

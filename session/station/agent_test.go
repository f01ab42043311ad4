package station_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
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

// Whoever looks after the computer helps nobody, and counts nothing.
func TestMaintenanceIsNoHelp(t *testing.T) {
	w, agents, _ := helped(t)
	agents.Profile = session.ProfileMaintenance
	s := w.start(t)
	awaitState(t, s, session.Ready)
	must(t, s.SignIn(t.Context(), login, code))
	wants(t, "training", s.Open(t.Context(), session.OpenOptions{Mode: session.Train}), session.ErrAgentNeeded)
	must(t, s.Open(t.Context(), session.OpenOptions{}))
	wants(t, "acting", s.SetMode(t.Context(), session.Act, session.ActOptions{Mandate: true, Sites: []session.Private{"caf.fr"}}), session.ErrAgentNeeded)
	_, err := s.Activity(t.Context())
	wants(t, "the counts", err, session.ErrAgentNeeded)
	wants(t, "a count", s.Count(t.Context(), session.CountOptions{}), session.ErrState)
	wants(t, "a sheet", s.PrintPaper(t.Context(), session.PaperLesson, nil), session.ErrAgentNeeded)
	if a := statusOf(t, s).Agent; !a.Present || a.Profile != session.ProfileMaintenance || a.Uncounted {
		t.Errorf("the status tells %+v", a)
	}
}

// The access log has the same line whether or not an agent helped, and the journal none of it.
func TestNoRecordTellsOfTheAgent(t *testing.T) {
	w, _, _ := helped(t)
	path := w.logged(true)
	said := &lines{}
	w.options.Log = slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := w.start(t)
	for _, mode := range []session.Mode{session.Alone, session.Accompany} {
		awaitState(t, s, session.Ready)
		if mode != session.Alone {
			must(t, s.SignIn(t.Context(), login, code))
		}
		must(t, s.Open(t.Context(), session.OpenOptions{Mode: mode, Language: "fr"}))
		if mode != session.Alone {
			must(t, s.SetMode(t.Context(), session.Act, session.ActOptions{Mandate: true, Sites: []session.Private{"caf.example.org"}}))
			wants(t, "a bad site", s.SetMode(t.Context(), session.Act, session.ActOptions{Mandate: true, Sites: []session.Private{"ameli.example.org/"}}), session.ErrForm)
			wants(t, "a bad count", s.Count(t.Context(), session.CountOptions{Age: "Marie"}), session.ErrForm)
			must(t, s.Count(t.Context(), session.CountOptions{Kind: "individuel"}))
		}
		must(t, s.End(t.Context()))
		awaitState(t, s, session.Wiped)
		must(t, s.Dismiss(t.Context()))
	}
	all := readLog(t, path)
	if len(all) != 2 {
		t.Fatalf("the log has %d lines", len(all))
	}
	for i := range all {
		all[i].Start, all[i].End = time.Time{}, time.Time{}
	}
	if alone, helped := fmt.Sprintf("%+v", all[0]), fmt.Sprintf("%+v", all[1]); alone != helped {
		t.Errorf("the line of a session with an agent is another one:\n%s\n%s", alone, helped)
	}
	must(t, s.Close())
	for _, word := range []string{login.Reveal(), code.Reveal(), "example.org", "marie", "accompany", "mediateur"} {
		if strings.Contains(strings.ToLower(said.String()), word) {
			t.Errorf("%q is in the journal:\n%s", word, said)
		}
	}
	if strings.Contains(fmt.Sprintf("%+v", statusOfClosed(s)), login.Reveal()) {
		t.Error("a status tells who it was")
	}
	if left, err := filepath.Glob(filepath.Join(w.options.StateDir, "*")); err != nil || len(left) != 2 {
		t.Errorf("the state directory holds %v, %v", left, err)
	}
}

func statusOfClosed(s *station.Station) session.Status {
	st, _ := s.Status(context.Background())
	return st
}

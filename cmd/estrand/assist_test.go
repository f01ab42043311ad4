package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/activity"
	"estran/session/assist/agents"
	"estran/session/daybook"
	"estran/session/station"
)

// TestStationKnowsItsAgents: the real accounts behind the real station, and their files are no remains of a session.
func TestStationKnowsItsAgents(t *testing.T) {
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	o := station.Options{Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(), Log: log}
	o.Probe = func(context.Context) error { return nil }
	accounts, code := filepath.Join(t.TempDir(), "agents.json"), agents.Draw()
	house := agents.Open(agents.Options{Path: accounts, StateDir: o.StateDir})
	if err := house.Add(t.Context(), "mdupont", session.ProfileMediateur, "", code); err != nil {
		t.Fatal(err)
	}
	assisting(&o, log)
	o.Agents = house // the accounts of this computer are not for a test
	st, err := station.New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	await := func(what string, has func(session.Status) bool) session.Status {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		changes, err := st.Watch(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var last session.Status
		for last = range changes {
			if has(last) {
				return last
			}
		}
		t.Fatalf("never %s: %+v", what, last)
		return last
	}
	await("ready for agents", func(s session.Status) bool { return s.State == session.Ready && s.Agent.Possible })
	if err := st.SignIn(t.Context(), "mdupont", agents.Draw()); !errors.Is(err, session.ErrAgentWrong) {
		t.Fatalf("another code: %v", err)
	}
	if s := await("told", func(session.Status) bool { return true }); s.Agent.WaitLeft <= 0 || s.Agent.TriesLeft != agents.Most-1 {
		t.Errorf("after a wrong code: %+v", s.Agent)
	}
	await("over with waiting", func(s session.Status) bool { return s.Agent.WaitLeft == 0 })
	if err := st.SignIn(t.Context(), "mdupont", code); err != nil {
		t.Fatal(err)
	}
	if err := st.Open(t.Context(), session.OpenOptions{Mode: session.Accompany, Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	if err := st.Count(t.Context(), session.CountOptions{Kind: "individuel"}); err != nil {
		t.Fatal(err)
	}
	if a, err := st.Activity(t.Context()); err != nil || !a.Few {
		t.Errorf("the counts of today are %+v, %v", a, err)
	}
	if err := st.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := await("over", func(s session.Status) bool { return s.State == session.Wiped || s.State == session.Stopped }); s.State != session.Wiped {
		t.Errorf("the station is %v, %s", s.State, s.Fault)
	}
	data, err := os.ReadFile(filepath.Join(o.StateDir, filepath.Base(activity.Path)))
	if err != nil || strings.Contains(string(data), "mdupont") || !strings.Contains(string(data), "accompany") {
		t.Errorf("the counts are %q, %v", data, err)
	}
}

// Settings that cannot be read are what is told, whatever the agents and the counts left in the state directory.
func TestFilesOfAgentsHideNoFault(t *testing.T) {
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	for _, fault := range []session.Fault{session.FaultConfig, session.FaultSeat} {
		o := station.Options{Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(), Log: log, Fault: fault}
		o.Probe = func(context.Context) error { return nil }
		for _, name := range []string{"activity", "agents-tries", "agents-lock"} {
			if err := os.WriteFile(filepath.Join(o.StateDir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		assisting(&o, log)
		st, err := station.New(o)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		changes, err := st.Watch(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for s := range changes {
			if s.State != session.Stopped {
				continue
			}
			if s.Fault != fault || s.Agent.Possible {
				t.Errorf("with %s it stops for %s; agents may come: %v", fault, s.Fault, s.Agent.Possible)
			}
			break
		}
	}
}

// A wrong code that the daybook cannot take is told in the journal, without the login.
func TestADaybookThatCannotBeWrittenIsTold(t *testing.T) {
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	o := station.Options{Config: session.Defaults(), StateDir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(o.StateDir, station.DaybookName), 0o700); err != nil {
		t.Fatal(err)
	}
	note := noting(o.StateDir, log)
	if err := note(daybook.Entry{What: daybook.AgentRefused, Who: daybook.Station, Agent: "mdupont"}); err == nil {
		t.Error("it was written")
	}
	if !strings.Contains(said.String(), "cannot write the daybook") || strings.Contains(said.String(), "mdupont") {
		t.Errorf("the journal says %q", said.String())
	}
}

package station_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/station"
)

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

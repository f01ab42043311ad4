package sessiontest

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/paper/sealed"
)

// signIn lets the agent of the tests in.
func signIn(t *testing.T, f Fixture) {
	t.Helper()
	must(t, f.Station.SignIn(t.Context(), AgentLogin, AgentCode))
}

// openHelped opens a session in which an agent trains somebody.
func openHelped(t *testing.T, f Fixture) {
	t.Helper()
	awaitState(t, f.Station, session.Ready)
	signIn(t, f)
	must(t, f.Station.Open(t.Context(), session.OpenOptions{Mode: session.Train, Language: "fr"}))
	awaitState(t, f.Station, session.Open)
}

func status(t *testing.T, f Fixture) session.Status {
	t.Helper()
	s, err := f.Station.Status(t.Context())
	must(t, err)
	return s
}

func agentSignsIn(t *testing.T, f Fixture) {
	ctx, st := t.Context(), f.Station
	awaitState(t, st, session.Ready)
	Await(t, st, "open to agents", func(s session.Status) bool { return s.Agent.Possible })
	wantError(t, "training without an agent", st.Open(ctx, session.OpenOptions{Mode: session.Train}), session.ErrAgentNeeded)
	wantError(t, "signing out without one", st.SignOut(ctx), session.ErrAgentNeeded)
	wantError(t, "a wrong code", st.SignIn(ctx, AgentLogin, "another"), session.ErrAgentWrong)
	wantError(t, "a wrong login", st.SignIn(ctx, "another", AgentCode), session.ErrAgentWrong)
	wantError(t, "what is none", st.SignIn(ctx, "", ""), session.ErrAgentForm)
	wantError(t, "what the bus cannot carry", st.SignIn(ctx, AgentLogin, "\xff\x00"), session.ErrAgentForm)
	if a := status(t, f).Agent; a.Present || a.TriesLeft != mostTries-2 || a.WaitLeft <= 0 || a.WaitLeft > time.Second {
		t.Errorf("after two wrong codes: %+v", a)
	}
	signIn(t, f)
	want := session.AgentStatus{Possible: true, Present: true, Profile: session.ProfileMediateur}
	if a := status(t, f).Agent; a != want {
		t.Errorf("an agent is there: %+v", a)
	}
	wantError(t, "a second agent", st.SignIn(ctx, AgentLogin, AgentCode), session.ErrState)
	must(t, st.SignOut(ctx))
	if a := status(t, f).Agent; a.Present || a.Profile != session.NoProfile {
		t.Errorf("the agent has left: %+v", a)
	}
}

func idleAgentIsSignedOut(t *testing.T, f Fixture) {
	awaitState(t, f.Station, session.Ready)
	signIn(t, f)
	f.Pass(time.Duration(f.Rules.Idle) - time.Second)
	must(t, f.Station.Touch(t.Context()))
	f.Pass(time.Duration(f.Rules.Idle) - time.Second)
	if !status(t, f).Agent.Present {
		t.Error("somebody touched it, and the agent was signed out")
	}
	f.Pass(2 * time.Second)
	if s := status(t, f); s.Agent.Present || s.State != session.Ready {
		t.Errorf("nobody touched it: %v, %+v", s.State, s.Agent)
	}
	wantError(t, "helping then", f.Station.Open(t.Context(), session.OpenOptions{Mode: session.Accompany}), session.ErrAgentNeeded)
}

func agentGoesWithTheSession(t *testing.T, f Fixture) {
	openHelped(t, f)
	must(t, f.Station.End(t.Context()))
	if s := awaitState(t, f.Station, session.Wiped); s.Agent.Present {
		t.Error("the session is over, and the agent is there")
	}
	must(t, f.Station.Dismiss(t.Context()))
	wantError(t, "the next session", f.Station.Open(t.Context(), session.OpenOptions{Mode: session.Train}), session.ErrAgentNeeded)
}

func modesChange(t *testing.T, f Fixture) {
	ctx, st := t.Context(), f.Station
	awaitState(t, st, session.Ready)
	wantError(t, "a mode before a session", st.SetMode(ctx, session.Train, session.ActOptions{}), session.ErrState)
	signIn(t, f)
	wantError(t, "beginning by acting", st.Open(ctx, session.OpenOptions{Mode: session.Act}), session.ErrState)
	must(t, st.Open(ctx, session.OpenOptions{Mode: session.Train, Language: "fr"}))
	must(t, st.SetMode(ctx, session.Accompany, session.ActOptions{}))
	if s := status(t, f); s.Mode != session.Accompany {
		t.Errorf("the mode is %d", s.Mode)
	}
	act := func(mandate bool, sites ...session.Private) error {
		return st.SetMode(ctx, session.Act, session.ActOptions{Mandate: mandate, Sites: sites})
	}
	wantError(t, "acting without a mandate", act(false, "caf.fr"), session.ErrMandate)
	wantError(t, "a mandate that names nothing", act(true), session.ErrMandate)
	for _, bad := range []session.Private{"", "*", "caf", "localhost", "127.0.0.1", "[::1]", "https://caf.fr", "caf.fr/*", "*.caf.fr", "caf.fr:443", "\xff.fr"} {
		wantError(t, "the site "+bad.Reveal(), act(true, "ameli.fr", bad), session.ErrForm)
	}
	wantError(t, "too many sites", act(true, make([]session.Private, session.MaxActSites+1)...), session.ErrForm)
	wantError(t, "sites of a training", st.SetMode(ctx, session.Train, session.ActOptions{Sites: []session.Private{"caf.fr"}}), session.ErrForm)
	if s := status(t, f); s.Mode != session.Accompany || s.Browser.Limited {
		t.Errorf("a refusal changed it: mode %d, limited %v", s.Mode, s.Browser.Limited)
	}
	must(t, act(true, "caf.fr", "Ameli.fr"))
	if s := status(t, f); s.Mode != session.Act || !s.Browser.Limited {
		t.Errorf("acting: mode %d, limited %v", s.Mode, s.Browser.Limited)
	}
	must(t, st.SetMode(ctx, session.Alone, session.ActOptions{}))
	if s := status(t, f); s.Mode != session.Alone || s.Browser.Limited || !s.Agent.Present {
		t.Errorf("alone again: %+v", s)
	}
	must(t, act(true, "caf.fr"))
	must(t, st.SignOut(ctx))
	if s := status(t, f); s.State != session.Open || s.Mode != session.Alone || s.Browser.Limited || s.Agent.Present {
		t.Errorf("the agent has left: %+v", s)
	}
	wantError(t, "helping then", st.SetMode(ctx, session.Train, session.ActOptions{}), session.ErrAgentNeeded)
	must(t, st.SetMode(ctx, session.Alone, session.ActOptions{}))
}

func agentExtends(t *testing.T, f Fixture) {
	openHelped(t, f)
	for range f.Rules.Extensions + 3 {
		must(t, f.Station.Extend(t.Context()))
	}
	if s := status(t, f); s.Extensions == 0 {
		t.Error("no extension is told to be left")
	}
	must(t, f.Station.SignOut(t.Context()))
	for range f.Rules.Extensions {
		must(t, f.Station.Extend(t.Context()))
	}
	wantError(t, "one more, alone", f.Station.Extend(t.Context()), session.ErrLimit)
}

func interventionIsCountedOnce(t *testing.T, f Fixture) {
	ctx, st := t.Context(), f.Station
	open(t, f)
	wantError(t, "counting a visit without help", st.Count(ctx, session.CountOptions{}), session.ErrState)
	_, err := st.Activity(ctx)
	wantError(t, "the counts, without an agent", err, session.ErrAgentNeeded)
	signIn(t, f)
	wantError(t, "counting before help", st.Count(ctx, session.CountOptions{}), session.ErrState)
	must(t, st.SetMode(ctx, session.Accompany, session.ActOptions{}))
	must(t, st.SetMode(ctx, session.Train, session.ActOptions{}))
	if !status(t, f).Agent.Uncounted {
		t.Error("the intervention is not told to be due")
	}
	for what, bad := range map[string]session.CountOptions{
		"a kind":         {Kind: "individual"},
		"an age":         {Age: "42"},
		"a status":       {Status: "Marie Dupont"},
		"a theme":        {Themes: []string{"email", "caf.fr"}},
		"a long theme":   {Themes: []string{string(make([]byte, 300))}},
		"another list's": {Kind: "retraite"},
	} {
		wantError(t, what+" that there is not", st.Count(ctx, bad), session.ErrForm)
	}
	f.Pass(time.Minute)
	must(t, st.End(ctx))
	if s := awaitState(t, st, session.Wiped); !s.Agent.Uncounted {
		t.Error("after the wipe, it is not told to be due")
	}
	must(t, st.Count(ctx, session.CountOptions{Kind: "individuel", Themes: []string{"email", "sante", "email"}}))
	wantError(t, "counting it again", st.Count(ctx, session.CountOptions{}), session.ErrState)
	if status(t, f).Agent.Uncounted {
		t.Error("it is counted, and told to be due")
	}
	want := []Counted{{session.Train, 0, session.CountOptions{
		Kind: "individuel", Themes: []string{"email", "sante"}, Age: session.NotSaid, Status: session.NotSaid,
	}}}
	if diff := cmp.Diff(want, f.Counts.All()); diff != "" {
		t.Errorf("something else was counted (-want +got):\n%s", diff)
	}
	must(t, st.Dismiss(ctx))
	openHelped(t, f)
	if a, err := st.Activity(ctx); err != nil || !a.Few || a.Total != 0 || len(a.Cells) != 0 {
		t.Errorf("the counts of today are %+v, %v", a, err)
	}
	for range session.FewPeople {
		_ = f.Counts.Add(time.Now(), session.Train, 0, session.CountOptions{})
	}
	if a, err := st.Activity(ctx); err != nil || a.Total != session.FewPeople+1 || len(a.Cells) != 1 || a.Cells[0].Code != "individuel" {
		t.Errorf("the counts of today are %+v, %v", a, err)
	}
	must(t, st.Count(ctx, session.CountOptions{}))
}

// aSheet is a sheet in sealed memory.
func aSheet(t *testing.T) *os.File {
	t.Helper()
	f, err := sealed.Make([]byte("%PDF-1.7\nMandat de Marie Dupont\n%%EOF\n"))
	must(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func sheetsGoToTheKey(t *testing.T, f Fixture) {
	ctx, st, sheet := t.Context(), f.Station, aSheet(t)
	open(t, f)
	wantError(t, "a sheet without an agent", st.SavePaper(ctx, session.PaperMandate, sheet), session.ErrAgentNeeded)
	wantError(t, "printing one", st.PrintPaper(ctx, session.PaperLesson, sheet), session.ErrAgentNeeded)
	signIn(t, f)
	wantError(t, "a sheet without a key", st.SavePaper(ctx, session.PaperMandate, sheet), session.ErrNoMedium)
	wantError(t, "a sheet without a printer", st.PrintPaper(ctx, session.PaperMandate, sheet), session.ErrNoPrinter)
	reader, writer, err := os.Pipe()
	must(t, err)
	defer reader.Close()
	defer writer.Close()
	for what, bad := range map[string]error{
		"a pipe":            st.PrintPaper(ctx, session.PaperMandate, reader),
		"no file":           st.SavePaper(ctx, session.PaperMandate, nil),
		"another kind":      st.SavePaper(ctx, "receipt", sheet),
		"a path for a kind": st.SavePaper(ctx, "../mandate", sheet),
	} {
		wantError(t, what, bad, session.ErrForm)
	}
	f.Plug()
	Await(t, st, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	for _, kind := range []session.PaperKind{session.PaperMandate, session.PaperMandate, session.PaperLesson} {
		must(t, st.SavePaper(ctx, kind, sheet))
		s := Await(t, st, "saved", func(s session.Status) bool { return s.Medium.State == session.MediumReady && s.Medium.Copied == 1 })
		if s.Medium.Problem != session.MediumFine {
			t.Fatalf("the copy met %q", s.Medium.Problem)
		}
	}
	if _, err := sheet.Stat(); err != nil {
		t.Errorf("the caller's file was closed: %v", err)
	}
	pullOutOfUse(t, f)
	f.Plug()
	Await(t, st, "checked again", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	files, err := st.Medium(ctx)
	must(t, err)
	size := map[string]int64{}
	for _, file := range files {
		size[file.Name.Reveal()] = file.Size
	}
	info, err := sheet.Stat()
	must(t, err)
	for _, name := range []string{"Mandat.pdf", "Mandat (2).pdf", "Conseils.pdf"} {
		if size[name] != info.Size() {
			t.Errorf("%s has %d bytes, the sheet %d; the key holds %v", name, size[name], info.Size(), size)
		}
	}
	if len(files) != 5 {
		t.Errorf("the key holds %d files: %v", len(files), size)
	}
}

// pullOutOfUse pulls the key out and waits until that was seen.
func pullOutOfUse(t *testing.T, f Fixture) {
	t.Helper()
	f.Pull()
	Await(t, f.Station, "gone", func(s session.Status) bool { return !s.Medium.Present() })
}

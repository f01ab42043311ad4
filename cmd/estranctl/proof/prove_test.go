package proof

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"estran/cleanup/hunt"
	"estran/session"
)

// openStation is open until a file is there: the stage that ends the session makes it.
type openStation struct {
	session.Station
	ended string
	left  bool // somebody else ended the session, and the next visitor is there
}

func (s *openStation) Status(context.Context) (session.Status, error) {
	if _, err := os.Stat(s.ended); err == nil {
		return session.Status{State: session.Ready}, nil
	}
	if s.left {
		s.left = false
		return session.Status{State: session.Wiping}, nil
	}
	return session.Status{State: session.Open}, nil
}

// TestOnlyItsOwnSessionIsEnded: who sat down just before the visit of the proof keeps their session, and so does who came
// after somebody ended it.
func TestOnlyItsOwnSessionIsEnded(t *testing.T) {
	for name, c := range map[string]struct {
		says       string
		left, ends bool
	}{
		"the session could not be opened": {`{"Failed":"cannot open a session: not now"}`, false, false},
		"the visit failed later":          {`{"Opened":true}{"Failed":"cannot type: it did not happen in time"}`, false, true},
		"the planter was killed":          {`{"Opened":true}`, false, true},
		"somebody else ended it":          {`{"Opened":true}`, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			program := filepath.Join(dir, "stage")
			script := "#!/bin/sh\ncase $2 in --stage=plant) echo '" + c.says + "' | sed 's/}{/}\\n{/'; sleep 0.5; exit 1 ;; --stage=end) touch " + dir + "/ended ;; esac\n"
			if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
			station := &openStation{ended: filepath.Join(dir, "ended"), left: c.left}
			p := &prover{Options: Options{Station: station, Tell: func(string, int64, int64) {}}, stages: stages{program: program}}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := p.stages.run(ctx, StagePlant, false, nil, p.hear); err == nil {
				t.Error("a visit that failed is none")
			}
			if err := p.end(ctx); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(station.ended); (err == nil) != c.ends {
				t.Errorf("the session was ended: %v", err == nil)
			}
		})
	}
}

// TestThePlanterGoesWithTheSession: the wipe stops the station when it finds anybody of the kiosk's user.
func TestThePlanterGoesWithTheSession(t *testing.T) {
	over := errors.New("it waits on")
	for state, want := range map[session.State]bool{
		session.Open: false, session.Paused: false, session.Wiping: true, session.Wiped: true, session.Ready: true, session.Stopped: true,
	} {
		p := &planter{station: fixedStation{state: state}, opened: true}
		looks := 0
		err := p.await(t.Context(), time.Minute, func() (bool, error) {
			if looks++; looks > 1 {
				return false, over
			}
			return false, nil
		})
		if gone := !errors.Is(err, over); gone != want {
			t.Errorf("when the station is %v the planter goes: %v (%v)", state, gone, err)
		}
	}
}

// fixedStation is in one state.
type fixedStation struct {
	session.Station
	state session.State
}

func (s fixedStation) Status(context.Context) (session.Status, error) {
	return session.Status{State: s.state}, nil
}
func (fixedStation) Touch(context.Context) error { return session.ErrState }

// TestWhatWasNotPlantedIsResidueToo: a kind that the planter could not vouch for has its place in the report once it is found.
func TestWhatWasNotPlantedIsResidueToo(t *testing.T) {
	p := &prover{report: Report{Kinds: []Kind{{Name: Cookie, Before: 2}}, Searched: []Place{{What: "memory", Seen: true}}, Wiped: true}}
	p.remains(witnessKind, "memory", "utf-8")
	p.report.judge()
	if p.report.Verdict != Clean {
		t.Errorf("with its witness alone the proof is %s", p.report.Verdict)
	}
	p.remains(Printed, "memory", "utf-8")
	p.remains(Printed, "memory", "utf-8")
	p.report.judge()
	if p.report.Verdict != Residue || len(p.report.Kinds) != 2 || p.report.Kinds[1].After[0].Pieces != 2 {
		t.Errorf("the proof is %s: %+v", p.report.Verdict, p.report.Kinds)
	}
}

// TestThePageHoldsNoWordItPuts: what is found of them was put somewhere.
func TestThePageHoldsNoWordItPuts(t *testing.T) {
	c := newCanaries()
	net, err := c.net()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{canaries: c}
	page := httptest.NewRecorder()
	s.page(page, nil)
	found := map[string]bool{}
	_, err = net.Searcher().Reader(page.Body, func(h hunt.Hit) { found[h.Kind] = true })
	if err != nil || len(found) != 2 || !found[PageTitle] || !found[PageText] {
		t.Errorf("the page holds %v (%v)", found, err)
	}
}

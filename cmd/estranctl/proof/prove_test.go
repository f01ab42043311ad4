package proof

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"estran/session"
)

// readyStation is ready for the next visitor.
type readyStation struct{ session.Station }

func (readyStation) Status(context.Context) (session.Status, error) {
	return session.Status{State: session.Ready}, nil
}

// TestOnlyItsOwnSessionIsEnded: who sat down just before the visit of the proof keeps their session.
func TestOnlyItsOwnSessionIsEnded(t *testing.T) {
	for name, c := range map[string]struct {
		says string
		ends bool
	}{
		"the session could not be opened": {`{"Failed":"cannot open a session: not now"}`, false},
		"the visit failed later":          {`{"Opened":true}{"Failed":"cannot type: it did not happen in time"}`, true},
		"the planter was killed":          {`{"Opened":true}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			program := filepath.Join(dir, "stage")
			script := "#!/bin/sh\ncase $2 in --stage=plant) echo '" + c.says + "' | sed 's/}{/}\\n{/'; exit 1 ;; --stage=end) touch " + dir + "/ended ;; esac\n"
			if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
			p := &prover{Options: Options{Station: readyStation{}, Tell: func(string, int64, int64) {}}, stages: stages{program: program}}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := p.stages.run(ctx, StagePlant, nil, p.hear); err == nil {
				t.Error("a visit that failed is none")
			}
			if err := p.end(ctx); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(filepath.Join(dir, "ended")); (err == nil) != c.ends {
				t.Errorf("the session was ended: %v", err == nil)
			}
		})
	}
}

package agents

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"estran/session"
)

// The count is on the disk when the code is compared, for a login that exists and for one that does not: whatever ends the
// process from then on forgives nothing. A right code takes it back.
func TestATryIsOnTheDiskBeforeTheCodeIsLookedAt(t *testing.T) {
	dir := t.TempDir()
	h := Open(Options{Path: filepath.Join(dir, "agents.json"), StateDir: dir})
	const code = session.Private("bcdfg-hjknp-rstvx")
	if err := h.Add(t.Context(), "marie", session.ProfileMediateur, "", code); err != nil {
		t.Fatal(err)
	}
	counted := func() int {
		data, err := os.ReadFile(h.triesPath)
		if err != nil {
			t.Fatal(err)
		}
		var now tries
		if err := json.Unmarshal(data, &now); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, counts := range []map[string]tried{now.Known, now.Unknown} {
			for _, c := range counts {
				n += c.Count
			}
		}
		return n
	}
	looked := 0
	h.compare = func(of hash, tidy string) bool {
		looked++
		if n := counted(); n != 1 {
			t.Errorf("%d are counted when the code is looked at", n)
		}
		return of.matches(tidy)
	}
	if _, err := h.SignIn(t.Context(), "marie", code); err != nil || counted() != 0 {
		t.Errorf("%d are counted: %v", counted(), err)
	}
	if _, err := h.SignIn(t.Context(), "nobody", code); !errors.Is(err, session.ErrAgentWrong) || counted() != 1 || looked != 2 {
		t.Errorf("%d are counted, %d looked at: %v", counted(), looked, err)
	}
}

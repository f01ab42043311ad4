package triage

import (
	"bytes"
	"testing"
)

// An archive that holds itself has no end, however deep it is looked into.
func TestAFileThatLiesInItselfIsKnown(t *testing.T) {
	of := func(content string, holder *file) *file {
		return &file{content: bytes.NewReader([]byte(content)), size: int64(len(content)), holder: holder}
	}
	k := &look{Looker: &Looker{Limits: DefaultLimits()}}
	outer := of("one", nil)
	for content, want := range map[string]bool{"one": true, "two": false, "other": false} {
		if got := k.holdsItself(*of(content, of("middle", outer))); got != want {
			t.Errorf("%q in %q is itself: %v", content, "one", got)
		}
	}
}

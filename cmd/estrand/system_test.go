package main

import (
	"strings"
	"testing"

	"estran/session/station"
)

// TestTheKernelForgetsAfterTheServices: while they start anew, for half a minute, the kernel may note a key again. Nothing
// was wiped here, so that each part tells of itself.
func TestTheKernelForgetsAfterTheServices(t *testing.T) {
	for _, c := range []struct {
		visited station.Visited
		want    string
	}{
		{station.Visited{Printed: true, Scanned: true}, "printing antivirus log names"},
		{station.Visited{}, "log names"},
	} {
		err := forgetting(&units{})(c.visited).Check(t.Context())
		if err == nil {
			t.Fatal("what was not wiped is verified")
		}
		var parts []string
		for line := range strings.Lines(err.Error()) {
			part, _, _ := strings.Cut(line, ":")
			parts = append(parts, part)
		}
		if got := strings.Join(parts, " "); got != c.want {
			t.Errorf("the parts are %q, want %q", got, c.want)
		}
	}
}

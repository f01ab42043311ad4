package scan_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
	"estran/session/triage/triagetest"
)

// The whole of a Scanner, with the real clamd, says of the catalogue what its rules alone say: clamd knows none of it.
func TestCorpus(t *testing.T) {
	s := scan.New(plain(t).socket, time.Minute)
	for _, e := range triagetest.Catalogue() {
		t.Run(e.Name, func(t *testing.T) {
			got := scanOf(t, s, session.Private(e.Name), e.Build())
			if diff := cmp.Diff(e.Result(), triagetest.Sorted(got.Verdict, e.ByRules(got.Reasons))); diff != "" {
				t.Errorf("%s (-want +got)\n%s", e.Why, diff)
			}
		})
	}
}

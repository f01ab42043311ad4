package cleanup_test

import (
	"context"
	"strings"
	"testing"

	"estran/cleanup"
)

func TestAJoinedStepIsAsGoodAsItsWorstPart(t *testing.T) {
	good := cleanup.Step{ID: "good", Wipe: nothing, Check: nothing}
	for name, c := range map[string]struct {
		part cleanup.Step
		says string
	}{
		"all is well":          {cleanup.Step{ID: "b", Wipe: nothing, Check: nothing}, ""},
		"a wipe that fails":    {cleanup.Step{ID: "b", Wipe: finds, Check: nothing}, "b: found"},
		"a check that finds":   {cleanup.Step{ID: "b", Wipe: nothing, Check: finds}, "b: found"},
		"a part without wipe":  {cleanup.Step{ID: "b", Check: nothing}, "b: the step wipes nothing"},
		"a part without check": {cleanup.Step{ID: "b", Wipe: nothing}, "b: the step is never checked"},
	} {
		var after bool
		last := cleanup.Step{ID: "last", Wipe: func(context.Context) error { after = true; return nil }, Check: nothing}
		r := cleanup.Plan{
			Steps: []cleanup.Step{cleanup.Join("joined", good, c.part, last)},
			Seal:  cleanup.Step{ID: "seal", Wipe: nothing, Check: nothing},
		}.Run(t.Context(), nil, nil)
		if r.Verified() != (c.says == "") {
			t.Errorf("%s: verified %v", name, r.Verified())
		}
		if err := r.Err(); err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if !after {
			t.Errorf("%s: the parts after it are not wiped", name)
		}
	}
}

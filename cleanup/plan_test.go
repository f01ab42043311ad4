package cleanup_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"estran/cleanup"
)

var errFound = errors.New("found")

func nothing(context.Context) error { return nil }

func finds(context.Context) error { return errFound }

func TestStepFailsClosed(t *testing.T) {
	cases := map[string]struct {
		step cleanup.Step
		want cleanup.Outcome
	}{
		"wiped and checked":                 {cleanup.Step{Wipe: nothing, Check: nothing}, cleanup.Verified},
		"a check that finds something":      {cleanup.Step{Wipe: nothing, Check: finds}, cleanup.Unverified},
		"a wipe that fails":                 {cleanup.Step{Wipe: finds, Check: nothing}, cleanup.Unverified},
		"no check":                          {cleanup.Step{Wipe: nothing}, cleanup.Unverified},
		"no wipe":                           {cleanup.Step{Check: nothing}, cleanup.Unverified},
		"nothing at all":                    {cleanup.Step{}, cleanup.Unverified},
		"a wipe that panics":                {cleanup.Step{Wipe: func(context.Context) error { panic("x") }, Check: nothing}, cleanup.Unverified},
		"a check that panics":               {cleanup.Step{Wipe: nothing, Check: func(context.Context) error { panic("x") }}, cleanup.Unverified},
		"a wipe that never comes back":      {cleanup.Step{Timeout: time.Millisecond, Wipe: func(context.Context) error { select {} }, Check: nothing}, cleanup.Unverified},
		"a check that heeds its time limit": {cleanup.Step{Timeout: time.Millisecond, Wipe: nothing, Check: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}, cleanup.Unverified},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.step.ID = "step"
			seal := cleanup.Step{ID: "seal", Wipe: nothing, Check: nothing}
			r := cleanup.Plan{Steps: []cleanup.Step{c.step}, Seal: seal}.Run(t.Context(), nil, nil)
			if r[0].Outcome != c.want {
				t.Errorf("got %v (%v), want %v", r[0].Outcome, r[0].Err, c.want)
			}
			if r.Verified() != (c.want == cleanup.Verified) {
				t.Errorf("the receipt says verified %v", r.Verified())
			}
			if (r.Err() == nil) != r.Verified() {
				t.Errorf("the receipt's error is %v", r.Err())
			}
		})
	}
}

func TestEveryStepRunsAndTheSealOnlyAfterThemAll(t *testing.T) {
	for _, good := range []bool{true, false} {
		var ran []string
		step := func(id string, err error) cleanup.Step {
			return cleanup.Step{ID: id, Wipe: func(context.Context) error { ran = append(ran, id); return err }, Check: nothing}
		}
		var second error
		if !good {
			second = errFound
		}
		plan := cleanup.Plan{Steps: []cleanup.Step{step("a", nil), step("b", second), step("c", nil)}, Seal: step("seal", nil)}
		var told []string
		r := plan.Run(t.Context(), func(id string) { told = append(told, id) }, nil)
		want := []string{"a", "b", "c"}
		if good {
			want = append(want, "seal")
		}
		if !slices.Equal(ran, want) || !slices.Equal(told, want) {
			t.Errorf("good %v: ran %v, told %v, want %v", good, ran, told, want)
		}
		if r.Verified() != good || len(r) != 4 {
			t.Errorf("good %v: receipt %v", good, r)
		}
		if got := plan.IDs(); !slices.Equal(got, []string{"a", "b", "c", "seal"}) {
			t.Errorf("IDs: %v", got)
		}
	}
}

func TestAnEmptyReceiptIsNotVerified(t *testing.T) {
	if (cleanup.Receipt{}).Verified() {
		t.Error("nothing was wiped, and the receipt says it was")
	}
}

package cleanup

import (
	"context"
	"errors"
	"fmt"
)

// Join makes one step of several: all parts are wiped in their order, then all are checked. An error names its part.
func Join(id string, parts ...Step) Step {
	each := func(ctx context.Context, do func(Step) func(context.Context) error, missing error) error {
		var errs []error
		for _, p := range parts {
			err := missing
			if act := do(mutated(id+"."+p.ID, p)); act != nil {
				err = act(ctx)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", p.ID, err))
			}
		}
		return errors.Join(errs...)
	}
	return Step{
		ID: id,
		Wipe: func(ctx context.Context) error {
			return each(ctx, func(s Step) func(context.Context) error { return s.Wipe }, errNoWipe)
		},
		Check: func(ctx context.Context) error {
			return each(ctx, func(s Step) func(context.Context) error { return s.Check }, errNoCheck)
		},
	}
}

package cleanup

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Step wipes one thing, then checks it.
type Step struct {
	// ID is stable: texts and tests name the step by it.
	ID string
	// Wipe removes the thing. It must be safe to run when there is nothing to remove.
	Wipe func(context.Context) error
	// Check looks for the thing by another way than Wipe, and gives an error when it is found or when looking was
	// not possible.
	Check func(context.Context) error
	// Timeout bounds Wipe and Check together; 0 is DefaultTimeout.
	Timeout time.Duration
}

// DefaultTimeout bounds a step that names no time of its own.
const DefaultTimeout = 10 * time.Second

// Plan is the steps in their order, and a seal.
type Plan struct {
	Steps []Step
	// Seal runs last, and only when every step was verified: it records that nothing is left to wipe. So a station
	// that is cut, or whose step failed, wipes again at its next start.
	Seal Step
}

// Outcome is what became of a step. The zero value is not verified.
type Outcome int

// The outcomes.
const (
	Unverified Outcome = iota
	Verified           // wiped, looked for by another way, not found
)

// Line is what became of one step.
type Line struct {
	Step    string
	Outcome Outcome
	// Err is why the step is not verified: for the journal, never for the visitor.
	Err  error
	Took time.Duration
}

// Receipt is what a plan did, a line a step, the seal last.
type Receipt []Line

// Verified says that every step and the seal were verified. An empty receipt is not.
func (r Receipt) Verified() bool {
	for _, l := range r {
		if l.Outcome != Verified {
			return false
		}
	}
	return len(r) > 0
}

// Err joins the errors of the steps that were not verified.
func (r Receipt) Err() error {
	var errs []error
	for _, l := range r {
		if l.Outcome != Verified {
			errs = append(errs, fmt.Errorf("%s: %w", l.Step, l.Err))
		}
	}
	return errors.Join(errs...)
}

var errNotSealed = errors.New("not sealed: a step before it was not verified")

// Run carries the plan out. started, when given, is told the ID of each step before it runs, and done its line after.
func (p Plan) Run(ctx context.Context, started func(id string), done func(Line)) Receipt {
	var receipt Receipt
	add := func(l Line) {
		receipt = append(receipt, l)
		if done != nil {
			done(l)
		}
	}
	for _, s := range p.Steps {
		if started != nil {
			started(s.ID)
		}
		add(s.run(ctx))
	}
	if len(receipt) > 0 && !receipt.Verified() {
		add(Line{Step: p.Seal.ID, Err: errNotSealed})
		return receipt
	}
	if started != nil {
		started(p.Seal.ID)
	}
	add(p.Seal.run(ctx))
	return receipt
}

// IDs lists the steps in the order in which they run.
func (p Plan) IDs() []string {
	var ids []string
	for _, s := range append(p.Steps[:len(p.Steps):len(p.Steps)], p.Seal) {
		ids = append(ids, s.ID)
	}
	return ids
}

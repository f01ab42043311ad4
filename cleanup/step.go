package cleanup

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	errNoWipe  = errors.New("the step wipes nothing")
	errNoCheck = errors.New("the step is never checked")
	errTooLong = errors.New("the step took too long")
)

// run wipes and checks in a goroutine of its own, so that neither a panic nor a wipe that never comes back takes the
// rest of the plan with it.
func (s Step) run(ctx context.Context) Line {
	s = mutated(s.ID, s)
	timeout := s.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	start := time.Now()
	result := make(chan error, 1)
	go func() { result <- s.wipeThenCheck(ctx) }()
	line := Line{Step: s.ID}
	select {
	case line.Err = <-result:
	case <-ctx.Done():
		line.Err = errTooLong
	}
	if line.Err == nil {
		line.Outcome = Verified
	}
	line.Took = time.Since(start)
	return line
}

func (s Step) wipeThenCheck(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: the step panicked: %T", r)
		}
	}()
	if s.Wipe == nil {
		return errNoWipe
	}
	if s.Check == nil {
		return errNoCheck
	}
	// A wipe that says it failed is checked all the same: the error tells more with what the check saw.
	wipeErr := s.Wipe(ctx)
	checkErr := s.Check(ctx)
	if wipeErr != nil {
		wipeErr = fmt.Errorf("cannot wipe: %w", wipeErr)
	}
	if checkErr != nil {
		checkErr = fmt.Errorf("not verified: %w", checkErr)
	}
	return errors.Join(wipeErr, checkErr)
}

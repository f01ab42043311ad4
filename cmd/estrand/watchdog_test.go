package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"estran/session"
)

// stuck is a station that does not answer for a while.
type stuck struct{ from, until time.Time }

func (s stuck) Status(context.Context) (session.Status, error) {
	if now := time.Now(); now.After(s.from) && now.Before(s.until) {
		time.Sleep(s.until.Sub(now))
	}
	return ready, nil
}

// systemd hears of a station that missed one answer well before it would kill it, and no more of one that is stuck.
func TestOneMissedAnswerIsNoReasonToKill(t *testing.T) {
	const within = 30 * time.Second
	for name, c := range map[string]struct {
		stuck time.Duration
		lives bool
	}{
		"it always answers":           {0, true},
		"it misses one answer":        {within / 3, true},
		"it does not answer at all":   {time.Hour, false},
		"it is stuck for all of it":   {within, false},
		"it is busy, and is soon not": {time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			// Wherever the moment falls between two answers.
			for offset := time.Duration(0); offset < within; offset += 250 * time.Millisecond {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					begun := time.Now()
					st := stuck{begun.Add(offset), begun.Add(offset + c.stuck)}
					last, longest := begun, time.Duration(0)
					go keepTelling(ctx, st, within, func() {
						longest = max(longest, time.Since(last))
						last = time.Now()
					})
					time.Sleep(4 * within)
					synctest.Wait()
					longest = max(longest, time.Since(last))
					if lives := longest < within; lives != c.lives {
						t.Errorf("stuck after %v: systemd heard nothing for %v", offset, longest)
					}
					if c.lives && longest > within*3/4 {
						t.Errorf("stuck after %v: systemd heard nothing for %v, which is too near to %v", offset, longest, within)
					}
					cancel()
					time.Sleep(c.stuck)
				})
			}
		})
	}
}

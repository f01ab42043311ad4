package usb

import (
	"context"
	"log/slog"
	"time"

	"estran/session"
)

const (
	// patience is how long a device may stay outside before it is told. Every device comes unauthorized, and USBGuard
	// lets a key in after a moment.
	patience = 2 * time.Second
	// patienceWithOther is for what may be a plain key that a busy computer has not let in yet: that one is told late
	// rather than wrongly.
	patienceWithOther = 8 * time.Second
	// pause is the least time between two looks: one plug makes a dozen signs.
	pause = 200 * time.Millisecond
	// anyway is how long no sign at all keeps from looking: a sign may be lost.
	anyway = 5 * time.Second
)

// Watch tells what is plugged in and not let in, the worst of it when there are several, and again each time that this
// changes, until ctx ends. It begins with nothing, untold.
func Watch(ctx context.Context, log *slog.Logger) <-chan session.Refusal {
	signs, err := listen(ctx)
	if err != nil {
		log.Warn("the kernel does not tell when a USB device comes: looking every few seconds", "error", err)
	}
	told := make(chan session.Refusal)
	go func() {
		defer close(told)
		w := watcher{dir: devices, signs: signs, since: map[string]time.Time{}, log: log}
		w.run(ctx, told)
	}()
	return told
}

// watcher looks at one directory.
type watcher struct {
	dir   string
	signs <-chan struct{} // that it is worth looking; nil for none
	since map[string]time.Time
	log   *slog.Logger
	deaf  bool // the last look failed, and that was said
}

func (w *watcher) run(ctx context.Context, told chan<- session.Refusal) {
	last := session.RefusedNothing
	for {
		now, next := w.look(last)
		if now != last {
			select {
			case told <- now:
				last = now
			case <-ctx.Done():
				return
			}
		}
		if !w.wait(ctx, next) {
			return
		}
	}
}

// wait returns when it is time to look again, false when ctx has ended.
func (w *watcher) wait(ctx context.Context, next time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(next):
		return true
	case <-w.signs:
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}

// look gives the worst of those that have been outside for long enough, and when the next one will have been. When it
// cannot look, what was told stays.
func (w *watcher) look(last session.Refusal) (worst session.Refusal, next time.Duration) {
	found, err := outside(w.dir)
	if err != nil {
		if !w.deaf {
			w.log.Warn("what is refused on USB is not told", "error", err)
		}
		w.deaf = true
		return last, anyway
	}
	w.deaf, next = false, anyway
	for id := range w.since {
		if _, there := found[id]; !there {
			delete(w.since, id)
		}
	}
	now := time.Now()
	for id, refusal := range found {
		if _, known := w.since[id]; !known {
			w.since[id] = now
		}
		if left := patienceWith(refusal) - now.Sub(w.since[id]); left > 0 {
			next = min(next, left)
			continue
		}
		worst = worse(worst, refusal)
	}
	return worst, next
}

func patienceWith(r session.Refusal) time.Duration {
	if r == session.RefusedOther {
		return patienceWithOther
	}
	return patience
}

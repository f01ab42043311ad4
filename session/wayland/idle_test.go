package wayland

import (
	"context"
	"testing"
	"time"

	"estran/session/sessiontest"
)

// TestIdle follows a real seat: nobody, a key, nobody, no compositor any more.
func TestIdle(t *testing.T) {
	sessiontest.Need(t, "wtype")
	s := startSway(t)
	newest, err := WatchIdle(t.Context(), s.socket(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	idle := every(newest)
	expect(t, idle, true)
	if out, err := s.kiosk("wtype", "a"); err != nil {
		t.Fatalf("cannot press a key: %v %s", err, out)
	}
	expect(t, idle, false)
	expect(t, idle, true)
	s.stop()
	if v, open := receive(t, idle); open {
		t.Errorf("the channel says %v after the end of the compositor", v)
	}
}

// every keeps each word until it is read: a channel that holds the newest one only forgets it while wtype ends.
func every(newest <-chan bool) <-chan bool {
	all := make(chan bool, 100)
	go func() {
		defer close(all)
		for v := range newest {
			all <- v
		}
	}()
	return all
}

// TestIdleEndsWithItsContext closes the channel too.
func TestIdleEndsWithItsContext(t *testing.T) {
	s := startSway(t)
	ctx, cancel := context.WithCancel(t.Context())
	idle, err := WatchIdle(ctx, s.socket(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if v, open := receive(t, idle); open {
		t.Errorf("the channel says %v after the end of its context", v)
	}
}

// TestIdleTimesOutOfBounds: a compositor counts in milliseconds, in 32 bits.
func TestIdleTimesOutOfBounds(t *testing.T) {
	for _, after := range []time.Duration{-time.Second, 0, time.Microsecond, 25 * 24 * time.Hour} {
		if _, err := WatchIdle(t.Context(), "/nonexistent", after); err == nil || err.Error() != "the idle time is out of bounds" {
			t.Errorf("%v: %v", after, err)
		}
	}
}

func expect(t *testing.T, idle <-chan bool, want bool) {
	t.Helper()
	if v, open := receive(t, idle); !open || v != want {
		t.Fatalf("idle: %v (open %v), want %v", v, open, want)
	}
}

func receive(t *testing.T, idle <-chan bool) (v, open bool) {
	t.Helper()
	select {
	case v, open = <-idle:
		return v, open
	case <-time.After(patience):
		t.Fatal("the compositor said nothing for a minute")
		return false, false
	}
}

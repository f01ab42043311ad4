package bus_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
)

// comesBack waits until the client that was there all the time reaches the service again.
func (w *world) comesBack(t testing.TB) session.Status {
	t.Helper()
	var err error
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var s session.Status
		if s, err = w.client.Status(t.Context()); err == nil {
			return s
		}
		if !errors.Is(err, session.ErrGone) {
			t.Fatalf("not gone, but %v", err)
		}
	}
	t.Fatalf("never back: %v", err)
	return session.Status{}
}

// ends waits until a channel of Watch is closed.
func ends(t testing.TB, changes <-chan session.Status) {
	t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case _, open := <-changes:
			if !open {
				return
			}
		case <-late:
			t.Fatal("watching never ended")
		}
	}
}

// The bus restarts in mid-session: the session is still there, and the same client reaches it.
func TestARestartOfTheBusIsNoEnd(t *testing.T) {
	sessiontest.Need(t, "clamd")
	w := newWorld(t).start(t)
	sessiontest.Await(t, w.client, "ready", func(s session.Status) bool { return s.State == session.Ready })
	must(t, w.client.Open(t.Context(), session.OpenOptions{Language: "fr"}))
	w.arrive(t, "letter.txt", "mine")
	for range 3 {
		changes, err := w.client.Watch(t.Context())
		must(t, err)
		w.bus.Kill()
		ends(t, changes)
		if _, err := w.client.Status(t.Context()); !errors.Is(err, session.ErrGone) {
			t.Errorf("without a bus: %v", err)
		}
		if _, err := w.client.Watch(t.Context()); !errors.Is(err, session.ErrGone) {
			t.Errorf("watching without a bus: %v", err)
		}
		must(t, w.bus.Start())
		if s := w.comesBack(t); s.State != session.Open {
			t.Fatalf("the station is %v", s.State)
		}
		documents, err := w.client.Documents(t.Context())
		if err != nil || len(documents) != 1 {
			t.Errorf("the documents are %v, %v", documents, err)
		}
	}
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	must(t, w.client.End(t.Context()))
	for s := range changes {
		if s.State == session.Wiped {
			return
		}
	}
	t.Error("the end was not told after the restarts")
}

// The service ends and starts again: the client says so, then finds it.
func TestARestartOfTheServiceIsTold(t *testing.T) {
	w, r := newRecorded(t)
	for round := range 3 {
		changes, err := w.client.Watch(t.Context())
		must(t, err)
		must(t, w.server.Close())
		ends(t, changes)
		for name, err := range map[string]error{
			"Touch":  w.client.Touch(t.Context()),
			"Browse": w.client.Browse(t.Context(), session.BrowseOptions{}),
		} {
			if !errors.Is(err, session.ErrGone) {
				t.Errorf("%s without a service: %v", name, err)
			}
		}
		w.serve(t, w.service)
		w.comesBack(t)
		after, err := w.client.Watch(t.Context())
		must(t, err)
		r.tell(func(s *session.Status) { s.Extensions = round + 1 })
		awaitExtensions(t, after, round+1)
	}
}

func awaitExtensions(t testing.TB, changes <-chan session.Status, want int) {
	t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case s, open := <-changes:
			if !open {
				t.Fatal("watching ended")
			}
			if s.Extensions == want {
				return
			}
		case <-late:
			t.Fatalf("never saw %d", want)
		}
	}
}

// A service that dies during a call, or that never answers, is gone.
func TestAServiceThatDoesNotAnswer(t *testing.T) {
	w, _ := newRecorded(t)
	must(t, w.server.Close())
	silent := w.raw(t)
	over := make(silentObject)
	defer close(over)
	must(t, silent.Export(over, bus.Path, "org.estran.Station1"))
	_, err := silent.RequestName(bus.Name, dbus.NameFlagDoNotQueue)
	must(t, err)

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := w.client.Touch(ctx); !errors.Is(err, session.ErrGone) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after its deadline: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if err := w.client.Touch(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, session.ErrGone) {
		t.Errorf("given up: %v", err)
	}
	time.AfterFunc(50*time.Millisecond, func() { _ = silent.Close() })
	start := time.Now()
	if err := w.client.Touch(t.Context()); !errors.Is(err, session.ErrGone) || time.Since(start) > 20*time.Second { // a call may take 25
		t.Errorf("dead during the call: %v after %v", err, time.Since(start))
	}
}

// silentObject answers nothing until the test is over.
type silentObject chan struct{}

func (s silentObject) Touch(map[string]dbus.Variant) *dbus.Error {
	<-s
	return nil
}

// Two services cannot be there at once, and one whose name was taken while it was away says so and ends.
func TestTheNameIsTaken(t *testing.T) {
	w, _ := newRecorded(t)
	if _, err := bus.Serve(t.Context(), w.service); !errors.Is(err, bus.ErrTaken) {
		t.Errorf("a second service: %v", err)
	}
	first := w.server
	for won := false; !won; {
		w.bus.Kill()
		must(t, w.bus.Start())
		reply, err := w.raw(t).RequestName(bus.Name, dbus.NameFlagDoNotQueue)
		must(t, err)
		won = reply == dbus.RequestNameReplyPrimaryOwner // or the service was faster
	}
	if err := first.Wait(); !errors.Is(err, bus.ErrTaken) {
		t.Errorf("a service whose name is taken: %v", err)
	}
}

// What the client closes is its connection, never the session.
func TestAClosedClientEndsNothing(t *testing.T) {
	w, r := newRecorded(t)
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	must(t, w.client.Close())
	ends(t, changes)
	if _, err := w.client.Status(t.Context()); !errors.Is(err, session.ErrGone) {
		t.Errorf("Status of a closed client: %v", err)
	}
	must(t, w.client.Close())
	if asked := r.calls(); len(asked) > 0 {
		t.Errorf("the station was asked %v", asked)
	}
	if _, err := w.dial(t).Status(t.Context()); err != nil {
		t.Errorf("another client: %v", err)
	}
}

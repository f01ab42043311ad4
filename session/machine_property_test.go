package session_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"estran/session"
)

// ledger follows a machine as the station would, and counts what a visitor was promised.
type ledger struct {
	machine               session.Machine
	now                   time.Duration
	opens, wipes, results int
}

func (l *ledger) send(e session.Event) error {
	m, effect, err := l.machine.Next(l.now, e)
	switch effect {
	case session.Prepare:
		l.opens++
	case session.Wipe:
		l.wipes++
	}
	if l.machine.State == session.Wiping && m.State != session.Wiping {
		l.results++
	}
	l.machine = m
	return err
}

func anyEvent() *rapid.Generator[session.Event] {
	return rapid.Custom(func(t *rapid.T) session.Event {
		yes := rapid.Bool().Draw(t, "yes")
		return rapid.SampledFrom([]session.Event{
			session.Recovered{Verified: yes},
			session.OpenAsked{Mode: session.Mode(rapid.IntRange(-1, 4).Draw(t, "mode"))},
			session.SignedIn{Profile: rapid.SampledFrom(append(session.Profiles(), session.NoProfile)).Draw(t, "profile")},
			session.SignedOut{},
			session.ModeAsked{Mode: session.Mode(rapid.IntRange(-1, 4).Draw(t, "mode"))},
			session.Touched{},
			session.ExtendAsked{},
			session.PauseAsked{},
			session.CodeTried{Right: yes},
			session.EndAsked{Reason: session.EndVisitor},
			session.WipeFinished{Verified: yes},
			session.Dismissed{},
			session.Ticked{},
			session.Failed{Fault: session.FaultMemory},
		}).Draw(t, "event")
	})
}

// Every Open ends in exactly one receipt or in a stopped station, whatever happens and whenever.
func TestEveryOpenEndsInOneReceiptOrAStoppedStation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{machine: session.NewMachine(rules())}
		if rapid.Bool().Draw(t, "recovered") {
			_ = l.send(session.Recovered{Verified: true})
		}
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			l.now += time.Duration(rapid.Int64Range(0, int64(7*time.Minute)).Draw(t, "later"))
			before := l.machine
			_ = l.send(anyEvent().Draw(t, "e"))
			switch l.machine.State {
			case session.Open, session.Paused, session.Wiped:
				if at, wakes := l.machine.Wake(l.now + time.Hour); !wakes || at < l.now+time.Hour {
					t.Fatalf("%v, an hour after everything: wakes %v at %v", l.machine.State, wakes, at)
				}
			}
			if l.wipes > l.opens || l.results > l.wipes {
				t.Fatalf("%d opens, %d wipes, %d results", l.opens, l.wipes, l.results)
			}
			if before.State == session.Stopped && l.machine.State != session.Stopped {
				t.Fatal("a stopped station came back by itself")
			}
			if l.machine.State == session.Ready && l.opens != l.results {
				t.Fatalf("ready for the next visitor with %d opens and %d wiped", l.opens, l.results)
			}
		}
		// Left alone, every session comes to its end.
		for range 4 {
			l.now += 24 * time.Hour
			_ = l.send(session.Ticked{})
			if l.machine.State == session.Wiping {
				_ = l.send(session.WipeFinished{Verified: true})
			}
		}
		if l.opens != l.wipes || l.wipes != l.results {
			t.Fatalf("%d opens, %d wipes, %d results", l.opens, l.wipes, l.results)
		}
		if s := l.machine.State; s != session.Ready && s != session.Stopped && s != session.Starting {
			t.Fatalf("left alone, the station stays %v", s)
		}
	})
}

// Whatever happens: a mode that needs an agent has one who helps, an agent is there only in Ready, Open and Paused, no session
// begins in Act, and no agent passes from one session to the next.
func TestNobodyHelpsWithoutAnAgent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{machine: session.NewMachine(rules())}
		_ = l.send(session.Recovered{Verified: true})
		for range rapid.IntRange(0, 80).Draw(t, "events") {
			l.now += time.Duration(rapid.Int64Range(0, int64(2*time.Minute)).Draw(t, "later"))
			before := l.machine.Status(l.now)
			e := anyEvent().Draw(t, "e")
			_ = l.send(e)
			s := l.machine.Status(l.now)
			here := s.State == session.Ready || s.State == session.Open || s.State == session.Paused
			switch {
			case s.Agent.Present != (s.Agent.Profile != session.NoProfile):
				t.Fatalf("present is %v with the profile %q", s.Agent.Present, s.Agent.Profile)
			case s.Agent.Present && !here:
				t.Fatalf("an agent is there while the station is %v", s.State)
			case (s.State == session.Open || s.State == session.Paused) && s.Mode != session.Alone && !s.Agent.Profile.Helps():
				t.Fatalf("mode %d with the profile %q", s.Mode, s.Agent.Profile)
			case before.State == session.Ready && s.State == session.Open && s.Mode == session.Act:
				t.Fatal("a session began in Act")
			case !before.Agent.Present && s.Agent.Present:
				if _, in := e.(session.SignedIn); !in {
					t.Fatalf("%T let an agent in", e)
				}
			}
		}
	})
}

// Nobody uses a session after its deadline, and an extension never exceeds what the rules give.
func TestNoSessionOutlivesItsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{machine: session.NewMachine(rules())}
		_ = l.send(session.Recovered{Verified: true})
		events := []session.Event{
			session.Touched{}, session.ExtendAsked{}, session.PauseAsked{}, session.CodeTried{Right: true}, session.Ticked{},
		}
		longest := time.Duration(rules().Length) + time.Duration(rules().Extensions)*time.Duration(rules().Extension)
		open := session.OpenAsked{}
		if rapid.Bool().Draw(t, "an agent") {
			_ = l.send(session.SignedIn{Profile: session.ProfileMediateur})
			open.Mode = session.Train
			events = append(events, session.ModeAsked{}, session.ModeAsked{Mode: session.Act}, session.SignedOut{}, session.ExtendAsked{}, session.ExtendAsked{})
			longest = session.AssistedLength + time.Duration(rules().Extensions)*time.Duration(rules().Extension)
		}
		_ = l.send(open)
		for l.machine.State == session.Open || l.machine.State == session.Paused {
			l.now += time.Duration(rapid.Int64Range(1, int64(3*time.Minute)).Draw(t, "later"))
			_ = l.send(rapid.SampledFrom(events).Draw(t, "e"))
			if l.now > longest && l.machine.State != session.Wiping {
				t.Fatalf("still %v after %v", l.machine.State, l.now)
			}
		}
	})
}

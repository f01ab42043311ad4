package kiosk

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// A station that goes away is said, waited for longer and longer, and comes back by itself to where one was.
func TestAStationThatGoesAwayComesBack(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.press("2")
	h.station.fail["watch"] = errors.New("no bus")
	h.send(goneMsg{})
	h.advance(goneGrace - time.Millisecond)
	h.titled("Sites officiels") // a blip does not make the screen flash
	h.advance(time.Millisecond)
	h.sees("L’ordinateur ne répond pas.")

	h.advance(time.Minute)
	tries := h.station.watches()
	if tries < 8 || tries > 20 {
		t.Errorf("%d tries in a minute", tries)
	}
	delete(h.station.fail, "watch")
	h.station.statuses = make(chan session.Status, 1)
	h.station.statuses <- open()
	h.advance(retryLast)
	h.titled("Sites officiels")
}

func TestTheWaitGrows(t *testing.T) {
	h := newHarness(t)
	last := time.Duration(0)
	for tries := range 12 {
		h.timers = nil
		h.send(goneMsg{tries})
		wait := h.timers[0].at.Sub(h.clock)
		if wait < last || wait > retryLast {
			t.Errorf("try %d waits for %v after %v", tries, wait, last)
		}
		last = wait
	}
}

func TestAStatusIsReadAndTheNextOneWaitedFor(t *testing.T) {
	from := make(chan session.Status, 1)
	from <- ready()
	if got, ok := readStatus(t.Context(), from, 0)().(statusMsg); !ok || got.status.State != session.Ready {
		t.Errorf("read %+v", got)
	}
	close(from)
	if _, ok := readStatus(t.Context(), from, 0)().(goneMsg); !ok {
		t.Error("a closed channel is not a station that is gone")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := readStatus(ctx, make(chan session.Status), 0)(); got != nil {
		t.Errorf("after the end: %v", got)
	}
}

// While nothing happens, the kiosk wakes up only when something that shows changes.
func TestNothingTicksThatNobodySees(t *testing.T) {
	for name, c := range map[string]struct {
		status session.Status
		most   int // wake-ups in ten minutes
	}{
		"Bienvenue shows a tip every 12 seconds": {ready(), 51},
		"Ma session shows minutes":               {open(), 11},
		"Ordinateur arrêté shows nothing new":    {session.Status{State: session.Stopped}, 0},
		"Pause shows minutes":                    {session.Status{State: session.Paused, PauseLeft: time.Hour}, 11},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			h.suddenly(c.status)
			fired := 0
			h.m.Update(nil)
			for range 600 {
				before := len(h.timers)
				due := 0
				for _, tm := range h.timers {
					if !tm.at.After(h.clock.Add(time.Second)) {
						due++
					}
				}
				h.advance(time.Second)
				fired += due
				_ = before
			}
			if fired > c.most {
				t.Errorf("%d timers fired in ten minutes, %d are enough", fired, c.most)
			}
			if len(h.timers) > 2 {
				t.Errorf("%d timers run at once", len(h.timers))
			}
		})
	}
}

// A program that breaks shows « Ordinateur arrêté », nothing of the visitor, and ends with ErrPanic.
func TestAPanicIsAScreen(t *testing.T) {
	for name, breakIt := range map[string]func(h *harness){
		"in draw":   func(h *harness) { h.m.stack = append(h.m.stack, &shown{screen: bomb{in: "draw"}}); h.m.fresh = false },
		"in pick":   func(h *harness) { h.m.stack = append(h.m.stack, &shown{screen: bomb{in: "key"}}); h.press("1") },
		"in a call": func(h *harness) { h.drain(h.m.guard(func() tea.Msg { panic("attestation CAF.pdf") })) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			h.medium(checked())
			breakIt(h)
			h.m.View()
			h.titled("Ordinateur arrêté")
			h.sees("E90")
			if h.station.count(callEnd) != 0 {
				t.Error("a broken kiosk called the station")
			}
			h.send(nil)
			h.advance(brokenStays)
			if !h.m.leaving || !errors.Is(h.m.end, ErrPanic) {
				t.Errorf("leaving %v with %v", h.m.leaving, h.m.end)
			}
		})
	}
}

type bomb struct{ in string }

func (b bomb) title(*world) string { return "" }

func (b bomb) draw(*page) {
	if b.in == "draw" {
		panic("attestation CAF.pdf")
	}
}
func (b bomb) pick(*world, string) tea.Cmd { return nil }

func (b bomb) key(*world, tea.KeyPressMsg) (tea.Cmd, bool) { panic("attestation CAF.pdf") }

// No message but ours ends or suspends the program.
func TestNoMessageLeaves(t *testing.T) {
	m := New(&fakeStation{}, Options{Config: session.Defaults()})
	for _, msg := range []tea.Msg{tea.SuspendMsg{}, tea.InterruptMsg{}, tea.QuitMsg{}} {
		if onlyOurQuit(m, msg) != nil {
			t.Errorf("%T goes through", msg)
		}
	}
	m.quit(nil)
	if onlyOurQuit(m, tea.QuitMsg{}) == nil {
		t.Error("whoever may leave cannot")
	}
}

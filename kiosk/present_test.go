package kiosk

import (
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

func (h *harness) somebody(there bool) { h.send(idleMsg{idle: !there}) }

// Whoever reads and types in the browser sends the kiosk no key: the compositor tells of them.
func TestWhoeverIsActiveElsewhereIsThere(t *testing.T) {
	h := browsing(t)
	h.advance(time.Minute)
	before := h.station.count(callTouch)
	h.somebody(true)
	h.called(callTouch, before+1)
	h.advance(10 * presentEvery)
	if got := h.station.count(callTouch) - before - 1; got < 9 || got > 10 {
		t.Errorf("told %d times in %v, want once every %v", got, 10*presentEvery, presentEvery)
	}
	h.somebody(false)
	before = h.station.count(callTouch)
	h.advance(time.Hour)
	h.called(callTouch, before)
}

// Somebody who comes and goes all the time is told no more often.
func TestActivityIsToldNowAndThenOnly(t *testing.T) {
	h := browsing(t)
	h.advance(time.Minute)
	before := h.station.count(callTouch)
	for range 60 {
		h.somebody(true)
		h.somebody(false)
		h.advance(time.Second)
	}
	if got := h.station.count(callTouch) - before; got < 3 || got > 4 {
		t.Errorf("told %d times in a minute", got)
	}
}

// A key or the mouse, in whatever window, takes « Êtes-vous là ? » away.
func TestActivityElsewhereAnswersTheCount(t *testing.T) {
	h := browsing(t)
	s := withBrowser(windowOpen)
	s.Idle, s.IdleLeft = true, 40*time.Second
	h.status(s)
	h.wants(Layout{Banner: 5})
	h.size(106, 5)
	h.sees("Êtes-vous là")
	h.sees("40 secondes")
	before := h.station.count(callTouch)
	h.somebody(true)
	h.called(callTouch, before+1)
	h.status(withBrowser(windowOpen))
	h.wants(Layout{Banner: 3})
}

// A count that begins while somebody is there is answered at once.
func TestACountThatBeginsBesideSomebody(t *testing.T) {
	h := browsing(t)
	h.somebody(true)
	before := h.station.count(callTouch)
	s := withBrowser(windowOpen)
	s.Idle, s.IdleLeft = true, time.Minute
	h.suddenly(s)
	h.called(callTouch, before+1)
}

func TestNobodyIsToldWithoutASession(t *testing.T) {
	h := newHarness(t)
	h.seated()
	for _, state := range []session.State{session.Ready, session.Paused, session.Wiping, session.Wiped, session.Stopped} {
		h.status(session.Status{State: state})
		h.somebody(true)
		h.advance(time.Hour)
		h.somebody(false)
	}
	h.called(callTouch, 0)
}

// The channel is read for as long as it is open. Then nobody tells of whoever types in the browser: the kiosk ends, and the
// one after it asks again.
func TestTheIdleChannelIsReadToItsEnd(t *testing.T) {
	told := make(chan bool, 3)
	told <- true
	told <- false
	close(told)
	h := newHarness(t)
	h.m.options.Idle = told
	h.status(open())
	h.advance(time.Minute)
	h.drain(h.m.watchIdle())
	if h.m.present {
		t.Error("a channel that is closed says that somebody is there")
	}
	h.called(callTouch, 1)
	if !h.m.leaving || !errors.Is(h.m.end, ErrIdle) {
		t.Errorf("the kiosk goes on, or ends by %v", h.m.end)
	}
}

// A bandeau that grows under a mouse that lies still is pointed at, by nobody: where the compositor tells of hands, the
// mouse tells only where it is.
func TestAMouseThatLiesStillAnswersNothing(t *testing.T) {
	for name, idle := range map[string]chan bool{"nothing else tells": nil, "the compositor tells": make(chan bool)} {
		t.Run(name, func(t *testing.T) {
			h := browsing(t)
			h.m.options.Idle = idle
			s := withBrowser(windowOpen)
			s.Idle, s.IdleLeft = true, 40*time.Second
			h.status(s)
			h.size(106, 5)
			before := h.station.count(callTouch)
			h.send(tea.MouseMotionMsg{X: 6, Y: 4})
			if told := h.station.count(callTouch) > before; told != (idle == nil) {
				t.Errorf("the station is told that somebody is there: %v", told)
			}
		})
	}
}

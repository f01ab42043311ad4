package kiosk

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"estran/session"
)

// TestTheBell plays how keys come and go: the bell rings once an end, twice when something suspect was found, and never
// when the structure did not ask for it.
func TestTheBell(t *testing.T) {
	at := func(state session.MediumState, files, clean, suspect int) session.MediumStatus {
		return session.MediumStatus{State: state, Files: files, Clean: clean, Suspect: suspect}
	}
	for name, c := range map[string]struct {
		keys []session.MediumStatus
		want int
	}{
		"checked": {[]session.MediumStatus{
			{},
			at(session.MediumReading, 0, 0, 0),
			at(session.MediumChecking, 3, 1, 0),
			at(session.MediumChecking, 3, 3, 0),
			at(session.MediumReady, 3, 3, 0),
			at(session.MediumReady, 3, 3, 0),
		}, 1},
		"suspect": {[]session.MediumStatus{
			{}, at(session.MediumChecking, 3, 1, 1), at(session.MediumReady, 3, 2, 1), at(session.MediumReady, 3, 2, 1),
		}, 2},
		"copied once more": {[]session.MediumStatus{
			{},
			at(session.MediumChecking, 3, 1, 0),
			at(session.MediumReady, 3, 3, 0),
			at(session.MediumCopyingIn, 3, 3, 0),
			at(session.MediumChecking, 3, 3, 0),
			at(session.MediumReady, 3, 3, 0),
			at(session.MediumCopyingOut, 3, 3, 0),
			at(session.MediumReady, 3, 3, 0),
		}, 1},
		"given back": {[]session.MediumStatus{
			{},
			at(session.MediumChecking, 3, 1, 0),
			at(session.MediumReady, 3, 3, 0),
			at(session.MediumEjecting, 3, 3, 0),
			{State: session.MediumEjected},
			{State: session.MediumEjected},
			{},
		}, 2},
		"given back before all was checked": {[]session.MediumStatus{
			{}, at(session.MediumChecking, 3, 1, 0), at(session.MediumEjecting, 3, 1, 0), {State: session.MediumEjected},
		}, 1},
		"pulled": {[]session.MediumStatus{
			{}, at(session.MediumChecking, 3, 1, 0), {State: session.MediumPulled, Problem: session.MediumGone},
		}, 0},
		"found by a kiosk that starts anew": {[]session.MediumStatus{at(session.MediumReady, 3, 3, 0)}, 0},
	} {
		for _, sound := range []bool{true, false} {
			h := newHarness(t)
			h.m.options.Config.Media.Sound = sound
			for _, m := range c.keys {
				s := open()
				s.Medium = m
				h.suddenly(s)
				h.advance(time.Second)
			}
			want := c.want
			if !sound {
				want = 0
			}
			if h.rang != want {
				t.Errorf("%s, sound %v: the bell rang %d times, not %d", name, sound, h.rang, want)
			}
		}
	}
}

// On a real terminal the bell is one byte, written once. Other sequences end with the same byte: those are taken out.
func TestOnATerminalTheBellIsOneByte(t *testing.T) {
	sequence := regexp.MustCompile(`\x1b\][^\x07\x1b]*(\x07|\x1b\\)`)
	for _, sound := range []bool{true, false} {
		config := session.Defaults()
		config.Media.Sound = sound
		station := &fakeStation{fail: map[call]error{}, statuses: make(chan session.Status, 1)}
		r := runConfigured(t, config, station, "TERM=xterm-256color")
		for _, m := range []session.MediumStatus{
			{}, {State: session.MediumChecking, Files: 2, Clean: 1}, {State: session.MediumReady, Files: 2, Clean: 2},
		} {
			s := open()
			s.Medium = m
			station.statuses <- s
		}
		r.waitFor(t, "prête")
		want := map[bool]int{true: 1}[sound]
		rings := func() int { return strings.Count(sequence.ReplaceAllString(r.written(), ""), "\a") }
		for late := time.Now().Add(patience); rings() < want && time.Now().Before(late); {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(2 * betweenBells)
		if got := rings(); got != want {
			t.Errorf("sound %v: the bell was written %d times, not %d", sound, got, want)
		}
	}
}

package main

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// systemd executes itself anew during upgrades, which hangs up on everybody, and is away for a moment.
func TestSystemdThatExecutesItselfAnewIsAskedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		before func(f *fakeSystemd)
		fates  []fate
		asked  []string
	}{
		"nothing happens": {asked: []string{"stop a.service", "start b.service"}},
		"between two questions": {
			before: func(f *fakeSystemd) { f.ends(); f.starts() },
			asked:  []string{"stop a.service", "start b.service"},
		},
		"and is away for a while": {
			before: func(f *fakeSystemd) { f.ends(); time.AfterFunc(300*time.Millisecond, f.starts) },
			asked:  []string{"stop a.service", "start b.service"},
		},
		"before it has answered": {
			fates: []fate{lostUnheard},
			asked: []string{"stop a.service", "stop a.service", "start b.service"},
		},
		"before the job is over": {
			fates: []fate{carriedOut, lostMidway},
			asked: []string{"stop a.service", "start b.service", "start b.service"},
		},
		"again and again": {
			fates: []fate{lostUnheard, lostMidway, lostUnheard},
			asked: []string{"stop a.service", "stop a.service", "stop a.service", "stop a.service", "start b.service"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newSystemd(t)
			u := f.units()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := u.Start(ctx, "first.service"); err != nil {
				t.Fatal(err)
			}
			f.heard()
			f.mu.Lock()
			f.fates = c.fates
			f.mu.Unlock()
			if c.before != nil {
				c.before(f)
			}
			if err := u.Stop(ctx, "a.service"); err != nil {
				t.Error(err)
			}
			if err := u.Start(ctx, "b.service"); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(c.asked, f.heard()); diff != "" {
				t.Errorf("systemd was asked something else:\n%s", diff)
			}
		})
	}
}

// What systemd itself refuses, it would refuse again.
func TestWhatSystemdRefusesIsNotAskedAgain(t *testing.T) {
	for name, set := range map[string]func(f *fakeSystemd){
		"there is no such unit": func(f *fakeSystemd) { f.refuses = "org.freedesktop.systemd1.NoSuchUnit" },
		"the job fails":         func(f *fakeSystemd) { f.result = "failed" },
	} {
		t.Run(name, func(t *testing.T) {
			f := newSystemd(t)
			set(f)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := f.units().Start(ctx, "a.service"); err == nil || ctx.Err() != nil {
				t.Errorf("got %v, %v", err, ctx.Err())
			}
			if diff := cmp.Diff([]string{"start a.service"}, f.heard()); diff != "" {
				t.Errorf("systemd was asked something else:\n%s", diff)
			}
		})
	}
}

// No question outlives its context, whatever systemd does.
func TestSystemdThatDoesNotAnswerIsGivenUp(t *testing.T) {
	for name, set := range map[string]func(f *fakeSystemd){
		"it hangs":            func(f *fakeSystemd) { f.fates = []fate{neverAnswers, neverAnswers} },
		"it never comes back": func(f *fakeSystemd) { f.ends() },
	} {
		t.Run(name, func(t *testing.T) {
			f := newSystemd(t)
			set(f)
			ctx, cancel := context.WithTimeout(t.Context(), 250*time.Millisecond)
			defer cancel()
			begun := time.Now()
			if err := f.units().Start(ctx, "a.service"); err == nil {
				t.Error("it went well")
			}
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

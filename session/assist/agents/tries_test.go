package agents_test

import (
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/agents"
)

// The whole staircase, each step tried a moment too early, and across restarts.
func TestDelaysGrowAndTheTenthBlocks(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for i, want := range []time.Duration{
		time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
		time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute,
	} {
		w.in(t, "marie", wrong, session.ErrAgentWrong)
		if left, tries := w.Wait(); left != want || tries != 9-i {
			t.Fatalf("after %d: wait %s, %d tries left", i+1, left, tries)
		}
		if i%2 == 0 {
			w.restart()
		}
		w.pass(want - time.Millisecond)
		w.in(t, "marie", right, session.ErrAgentWait)
		if left, tries := w.Wait(); left != time.Millisecond || tries != 9-i {
			t.Fatalf("after %d: wait %s, %d tries left", i+1, left, tries)
		}
		w.pass(time.Millisecond)
	}
	w.in(t, "marie", wrong, session.ErrAgentBlocked)
	if left, tries := w.Wait(); left != 0 || tries != 0 {
		t.Errorf("blocked: wait %s, %d tries", left, tries)
	}
	w.pass(1000 * time.Hour)
	w.reboot()
	w.in(t, "marie", right, session.ErrAgentBlocked) // told also to who has the right code, and to everybody else
	w.in(t, "marie", wrong, session.ErrAgentBlocked)
	if n := w.counted(t, "marie"); n != agents.Most {
		t.Errorf("%d are counted", n)
	}
	var want []string
	for range 9 {
		want = append(want, "agent-refused marie")
	}
	w.wantTold(t, append(want, "agent-blocked marie")...)

	if err := w.Unblock(t.Context(), "marie"); err != nil {
		t.Fatal(err)
	}
	w.in(t, "marie", right, nil)
}

func TestTheRightCodeForgets(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for range 9 {
		w.in(t, "marie", wrong, session.ErrAgentWrong)
		w.pass(16 * time.Minute)
	}
	w.in(t, "marie", right, nil) // the tenth
	if _, tries := w.Wait(); tries != 0 {
		t.Errorf("%d tries are left", tries)
	}
	w.in(t, "marie", wrong, session.ErrAgentWrong)
	if left, tries := w.Wait(); left != time.Second || tries != 9 {
		t.Errorf("wait %s, %d tries left", left, tries)
	}
}

func TestSettingTheClockEscapesNothing(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for range 6 {
		w.in(t, "marie", wrong, session.ErrAgentWrong)
		w.pass(time.Minute)
	}
	for _, years := range []int{-10, +20, -30} { // and where it ends up no matter
		w.wall = w.wall.AddDate(years, 0, 0)
		w.in(t, "marie", right, session.ErrAgentWait)
		if left, _ := w.Wait(); left != time.Minute {
			t.Errorf("wait %s", left)
		}
	}
}

// After a reboot the whole delay starts again, however long the computer was off; the count stays.
func TestRebootingEscapesNothing(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for range 5 {
		w.in(t, "marie", wrong, session.ErrAgentWrong)
		w.pass(8 * time.Second)
	}
	w.wall = w.wall.AddDate(0, 0, 3)
	for range 2 {
		w.reboot()
		w.pass(50 * time.Second)
		w.in(t, "marie", right, session.ErrAgentWait)
		if left, tries := w.Wait(); left != 10*time.Second || tries != 5 {
			t.Errorf("wait %s, %d tries left", left, tries)
		}
	}
	w.pass(10 * time.Second)
	w.in(t, "marie", right, nil)
}

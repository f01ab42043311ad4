package agents_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

func TestTheRightCodeOpens(t *testing.T) {
	w := newWorld(t)
	w.in(t, "marie", right, session.ErrNoAgents)
	if any, err := w.Anybody(); any || err != nil {
		t.Errorf("somebody can sign in: %v, %v", any, err)
	}
	w.add(t, "marie")
	if any, err := w.Anybody(); !any || err != nil {
		t.Errorf("nobody can sign in: %v, %v", any, err)
	}
	for _, typed := range []struct{ login, code session.Private }{
		{"marie", right}, {" MARIE\t", "BCDFG HJKNP RSTVX"}, {"Marie\u00a0", "bcdfghjknprstvx"}, {"marie", "b-c-d–f—g\u2011hjknp\u202frstvx "},
	} {
		w.in(t, string(typed.login), typed.code, nil)
	}
	info, err := os.Stat(w.o.Path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v: %v", info.Mode(), err)
	}
	for _, path := range []string{w.o.Path, w.tries()} {
		if data, _ := os.ReadFile(path); strings.Contains(string(data), "bcdfg") {
			t.Errorf("%s holds the code: %s", path, data)
		}
	}
}

// What is written as no login or no code is no try: a slip of the keyboard blocks nobody.
func TestWhatIsNoLoginIsNoTry(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for _, login := range []string{
		"", " ", "m", "1marie", `"marie"`, "ma'rie", "ma/rie", "../marie", `ma\rie`, "ma rie", "ma\x00rie", "ma\nrie", "marie\u202e", "\u2067marie",
		"مريم", "marie🙂", "mårie", "\u212aaren", "ma\xffrie", strings.Repeat("m", 33), "marie;rm", "$(id)", "<marie>", "marie\x1b[31m",
	} {
		w.in(t, login, right, session.ErrAgentForm)
	}
	for _, code := range []session.Private{"", "bcdfghjk", "bcdf-ghj-k   -", session.Private(strings.Repeat("b", 129)), "bcdfghjknprs\x00", "bcdfghjknprsé", "bcdfghjk\u202enprs", "🙂🙂🙂🙂🙂🙂🙂🙂🙂"} {
		w.in(t, "marie", code, session.ErrAgentForm)
	}
	if _, tries := w.Wait(); tries != 0 || len(w.notes) != 0 {
		t.Errorf("%d tries are left, noted %v", tries, w.notes)
	}
	if _, err := os.Stat(w.tries()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was counted: %v", err)
	}
}

// A login that does not exist is answered as one that does, in the same time, and nothing of it is kept.
func TestNobodyLearnsWhoWorksHere(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	if err := w.Add(t.Context(), "paul", session.ProfileMediateur, "", ""); err != nil { // no code yet
		t.Fatal(err)
	}
	logins := []string{"marie", "paul", "nobody", "bcdfghjknprstvx"}
	for i := range 11 {
		var answers []string
		for _, login := range logins {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := w.SignIn(t.Context(), session.Private(login), wrong)
			runtime.ReadMemStats(&after)
			left, tries := w.Wait()
			// The cost of argon2id is its memory: all have it, or none.
			hashed := after.TotalAlloc-before.TotalAlloc > 19<<20
			answers = append(answers, fmt.Sprint(err, left, tries, hashed))
		}
		for _, a := range answers {
			if a != answers[0] {
				t.Fatalf("try %d: the answers differ: %q", i+1, answers)
			}
		}
		w.pass(16 * time.Minute)
		if i%3 == 0 {
			w.reboot()
			w.pass(16 * time.Minute)
		}
	}
	data, err := os.ReadFile(w.tries())
	if err != nil || strings.Contains(string(data), "nobody") || strings.Contains(string(data), "bcdfg") {
		t.Errorf("what was typed is kept: %s, %v", data, err)
	}
	for _, e := range w.notes {
		if e.Agent != "marie" && e.Agent != "paul" && e.Agent != "" {
			t.Errorf("noted %+v", e)
		}
	}
	if n := len(w.notes); n != 4*10 {
		t.Errorf("%d lines were noted", n)
	}
}

func TestWhatOnlyTheRightCodeIsTold(t *testing.T) {
	yesterday := agents.Day("2026-11-25")
	for name, c := range map[string]struct {
		set  func(*world) error
		want error
	}{
		"disabled":         {func(w *world) error { return w.Disable(context.Background(), "marie") }, session.ErrAgentDisabled},
		"not reviewed":     {func(w *world) error { w.wall = w.wall.AddDate(1, 0, 1); return nil }, session.ErrAgentExpired},
		"the clock behind": {func(w *world) error { w.wall = w.wall.AddDate(0, 0, -2); return nil }, session.ErrAgentExpired},
		"past its end": {func(w *world) error {
			soon := agents.Day("2026-12-01")
			err := w.Review(context.Background(), "marie", &soon)
			w.wall = w.wall.AddDate(0, 0, 6)
			return err
		}, session.ErrAgentExpired},
		"a day behind": {func(w *world) error { w.wall = w.wall.AddDate(0, 0, -1); return nil }, nil},
		"its last day": {func(w *world) error { w.wall = w.wall.AddDate(1, 0, 0); return nil }, nil},
		"an end passed": {func(w *world) error {
			return errorIsNot(w.Review(context.Background(), "marie", &yesterday), agents.ErrPast)
		}, nil},
		"enabled again": {func(w *world) error {
			return errors.Join(w.Disable(context.Background(), "marie"), w.Enable(context.Background(), "marie"))
		}, nil},
		"reviewed again": {func(w *world) error {
			w.wall = w.wall.AddDate(2, 0, 0)
			return w.Review(context.Background(), "marie", nil)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.add(t, "marie")
			if err := c.set(w); err != nil {
				t.Fatal(err)
			}
			w.in(t, "marie", wrong, session.ErrAgentWrong)
			w.pass(time.Second)
			w.in(t, "marie", right, c.want)
			if c.want != nil {
				w.wantTold(t, "agent-refused marie", "agent-refused marie")
			}
		})
	}
}

func errorIsNot(err, want error) error {
	if errors.Is(err, want) {
		return nil
	}
	return fmt.Errorf("%w is not %w", err, want)
}

// Two at once, as two processes: one is counted, the other waits; with the right code both come in.
func TestTwoSignInsAtOnce(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	both := func(code session.Private) map[error]int {
		var all sync.WaitGroup
		got := map[error]int{}
		var mu sync.Mutex
		for range 2 {
			all.Go(func() {
				_, err := agents.Open(w.o).SignIn(t.Context(), "marie", code)
				mu.Lock()
				defer mu.Unlock()
				got[err]++
			})
		}
		all.Wait()
		return got
	}
	if got := both(right); got[nil] != 2 {
		t.Errorf("the answers are %v", got)
	}
	if got := both(wrong); got[session.ErrAgentWrong] != 1 || got[session.ErrAgentWait] != 1 || w.counted(t, "marie") != 1 {
		t.Errorf("the answers are %v, counted %d", got, w.counted(t, "marie"))
	}
	w.pass(time.Second)
	if got := both(wrong); got[session.ErrAgentWrong] != 1 || got[session.ErrAgentWait] != 1 || w.counted(t, "marie") != 2 {
		t.Errorf("the answers are %v, counted %d", got, w.counted(t, "marie"))
	}
}

func TestASignInIsNotedByDayAndLater(t *testing.T) {
	w := newWorld(t)
	w.add(t, "paul")
	w.add(t, "marie")
	for range 3 { // the order of the day is not that of the lines
		w.in(t, "paul", right, nil)
		w.in(t, "marie", right, nil)
	}
	if err := w.Settle(t.Context()); err != nil || len(w.notes) != 0 {
		t.Errorf("noted today: %v, %v", w.notes, err)
	}
	w.pass(24 * time.Hour)
	w.restart()
	w.unwritten = errors.New("no room")
	w.in(t, "paul", right, nil) // it is noted when it can be
	w.unwritten = nil
	w.in(t, "paul", right, nil)
	w.wantTold(t, "agent-signed-in marie", "agent-signed-in paul")
	w.pass(24 * time.Hour)
	if err := errors.Join(w.Settle(t.Context()), w.Settle(t.Context())); err != nil {
		t.Fatal(err)
	}
	w.wantTold(t, "agent-signed-in marie", "agent-signed-in paul", "agent-signed-in paul")
	for i, e := range w.notes {
		day := time.Date(2026, 11, 26+i/2, 0, 0, 0, 0, time.UTC)
		if !e.Time.Equal(day) || e.Who != daybook.Station {
			t.Errorf("noted %+v", e)
		}
	}
}

// A refusal stays one, whatever becomes of its line; why is for the journal.
func TestADaybookThatCannotBeWrittenIsTold(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	w.unwritten = errors.New("no room")
	_, err := w.SignIn(t.Context(), "marie", wrong)
	if !errors.Is(err, session.ErrAgentWrong) || !errors.Is(err, w.unwritten) {
		t.Errorf("the error is %v", err)
	}
}

func TestAnErrorNeverTellsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for _, login := range []string{"marie", "nobody", "ma/rie"} {
		_, err := w.SignIn(t.Context(), session.Private(login), wrong)
		if err == nil || strings.Contains(err.Error(), login) || strings.Contains(err.Error(), "bcdfg") {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestWhoGivesUpIsNotCounted(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.SignIn(ctx, "marie", wrong); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	w.in(t, "marie", right, nil)
}

func BenchmarkSignIn(b *testing.B) {
	w := newWorld(b)
	w.add(b, "marie")
	b.ReportAllocs()
	for b.Loop() {
		w.in(b, "marie", right, nil)
	}
}

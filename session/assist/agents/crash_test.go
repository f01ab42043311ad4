package agents_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/agents"
)

// childDir names the world of a child that signs in and is killed at it.
const childDir = "ESTRAN_AGENTS_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		h := agents.Open(agents.Options{Path: filepath.Join(dir, "agents.json"), StateDir: filepath.Join(dir, "state")})
		_, err := h.SignIn(context.Background(), "marie", wrong)
		fmt.Println("answered:", err)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A process that is killed as soon as it has counted, before it answers, has counted: the power cut forgives no code.
func TestATryIsCountedBeforeItIsAnswered(t *testing.T) {
	w := newWorld(t)
	w.o.Clock = agents.SystemClock()
	w.restart()
	w.add(t, "marie")
	unanswered := 0
	for try := 1; try <= 5 && unanswered == 0; try++ {
		if err := w.UnblockAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		before, err := os.Stat(w.tries())
		if err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+filepath.Dir(w.o.Path))
		var said output
		child.Stdout = &said
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(30 * time.Second)
		for time.Now().Before(deadline) {
			if now, err := os.Stat(w.tries()); err == nil && !os.SameFile(before, now) {
				break
			}
		}
		_ = child.Process.Kill()
		_ = child.Wait()
		if len(said) == 0 { // it was killed between the two
			unanswered++
		}
		if n := w.counted(t, "marie"); n != 1 {
			t.Fatalf("%d are counted; it said %q", n, said)
		}
		w.restart()
		w.in(t, "marie", right, session.ErrAgentWait)
	}
	if unanswered == 0 {
		t.Error("no child was killed between the count and the answer: nothing was tried")
	}
}

type output []byte

func (o *output) Write(b []byte) (int, error) {
	*o = append(*o, b...)
	return len(b), nil
}

// What a crash may leave beside the files is in nobody's way.
func TestWhatACrashLeavesIsInNobodysWay(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	for _, path := range []string{w.o.Path, w.tries()} {
		if err := os.WriteFile(path+".new", []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w.in(t, "marie", wrong, session.ErrAgentWrong)
	w.add(t, "paul")
	w.pass(time.Second)
	w.in(t, "marie", right, nil)
}

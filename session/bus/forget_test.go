package bus_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"estran/session"
	accounts "estran/session/assist/agents"
	"estran/session/bus"
	"estran/session/sessiontest"
)

// The two halves of a code. They stand together in no text of this program: whoever signs in is another process.
const halfOne, halfTwo = "kjhgfds", "vbnptrx"

// looker is a station with real accounts, which looks what this process holds while an agent signs in.
type looker struct {
	*recorder
	house *accounts.House
	held  func() int
	seen  chan int
}

func (l looker) SignIn(_ context.Context, _, code session.Private) error {
	if len(code) == len(halfOne)+len(halfTwo) {
		l.seen <- l.held()
	}
	_, err := l.house.SignIn(context.Background(), "marie", code)
	return err
}

// freeing is what the unit sets: what Go frees it writes over.
const freeing = "GODEBUG=clobberfree=1"

// An agent may sign in and out with no session after which the service executes itself anew: the code does not stay.
func TestACodeIsNotLeftInMemory(t *testing.T) {
	sessiontest.Need(t, "dbus-daemon", "busctl")
	if !strings.Contains(os.Getenv("GODEBUG"), "clobberfree") {
		again := exec.Command("/proc/self/exe", "-test.run", "^TestACodeIsNotLeftInMemory$", "-test.v")
		again.Env = append(os.Environ(), freeing)
		out, err := again.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("--- PASS")) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	w, r := &world{}, &recorder{status: session.Status{State: session.Ready}}
	w.startBus(t, sessiontest.AnyoneMay)
	buffer := make([]byte, 1<<20)
	dir := t.TempDir()
	house := accounts.Open(accounts.Options{Path: dir + "/agents.json", StateDir: dir})
	must(t, house.Add(t.Context(), "marie", session.ProfileMediateur, "", "bcdfg-hjknp-rstvx"))
	station := looker{r, house, func() int { return held(t, buffer) }, make(chan int, 20)}
	w.serve(t, bus.Service{Station: station, Maintainer: r, Callers: us()})
	// Many times: one copy alone may be written over by chance.
	call := fmt.Sprintf("for n in $(seq 20); do busctl --address=%s call %s %s %s SignIn 'ssa{sv}' marie $(printf %%s%%s %s %s) 0; done",
		w.bus.Address, bus.Name, bus.Path, bus.Name, halfOne, halfTwo)
	if out, err := exec.Command("sh", "-c", call).CombinedOutput(); err == nil {
		t.Fatalf("a wrong code was right: %s", out)
	}
	if n := <-station.seen; n == 0 {
		t.Error("the code was nowhere while it was looked at: this test proves nothing")
	}
	n := 0
	for range 10 { // each collection frees more; where nothing is written over, the code is there after the last one too
		runtime.GC()
		if n = held(t, buffer); n == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("the code is in %d places", n)
}

// held counts where the two halves stand together in the memory of this process.
func held(t *testing.T, buffer []byte) (n int) {
	maps, err := os.Open("/proc/self/maps")
	must(t, err)
	defer maps.Close()
	mem, err := os.Open("/proc/self/mem")
	must(t, err)
	defer mem.Close()
	clear(buffer)
	defer clear(buffer)
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to int64
		var rights string
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x %s", &from, &to, &rights); err != nil || !strings.HasPrefix(rights, "rw") {
			continue
		}
		for at := from; at < to; at += int64(len(buffer)) {
			m, _ := mem.ReadAt(buffer[:min(int64(len(buffer)), to-at)], at)
			parts := bytes.Split(buffer[:m], []byte(halfOne))
			for _, after := range parts[1:] {
				if bytes.HasPrefix(after, []byte(halfTwo)) {
					n++
				}
			}
		}
	}
	return n
}

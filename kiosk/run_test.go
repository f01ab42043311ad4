package kiosk

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
)

// onTerminal runs the kiosk on a pseudo-terminal with this environment, and gives what it wrote so far.
type onTerminal struct {
	master *os.File
	mu     sync.Mutex
	out    bytes.Buffer
	err    chan error
	cancel context.CancelFunc
}

func runOnTerminal(t *testing.T, station session.Station, environ ...string) *onTerminal {
	t.Helper()
	return runConfigured(t, session.Defaults(), station, environ...)
}

func runConfigured(t *testing.T, config session.Config, station session.Station, environ ...string) *onTerminal {
	t.Helper()
	master, slave, err := openPty()
	if err != nil {
		t.Fatal(err)
	}
	if err := setPtySize(master, 80, 24); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &onTerminal{master: master, err: make(chan error, 1), cancel: cancel}
	go func() {
		buf := make([]byte, 64<<10)
		for {
			n, err := master.Read(buf)
			r.mu.Lock()
			r.out.Write(buf[:n])
			r.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() {
		r.err <- run(ctx, station, Options{Config: config}, slave, slave, environ)
		_ = slave.Close()
	}()
	t.Cleanup(func() { cancel(); _ = master.Close() })
	return r
}

func (r *onTerminal) written() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

// patience is how long the kiosk may take for anything, on a computer that is busy with more.
const patience = time.Minute

func (r *onTerminal) waitFor(t *testing.T, text string) {
	t.Helper()
	if !r.writes(text, patience) {
		t.Fatalf("%q was not written: %q", text, r.written())
	}
}

// writes says that a text is written in time.
func (r *onTerminal) writes(text string, within time.Duration) bool {
	for late := time.Now().Add(within); time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		if strings.Contains(r.written(), text) {
			return true
		}
	}
	return false
}

func (r *onTerminal) ended(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.err:
		return err
	case <-time.After(patience):
		t.Fatal("the kiosk did not end")
		return nil
	}
}

func readyStation() *fakeStation {
	f := &fakeStation{fail: map[call]error{}, statuses: make(chan session.Status, 1)}
	f.statuses <- ready()
	return f
}

func TestOnATerminalNoColorIsObeyed(t *testing.T) {
	r := runOnTerminal(t, readyStation(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=1")
	r.waitFor(t, "Bienvenue")
	time.Sleep(100 * time.Millisecond)
	coloured := regexp.MustCompile(`\x1b\[[0-9;:]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;:]*m|\x1b\]1[01];`)
	if got := coloured.FindString(r.written()); got != "" {
		t.Errorf("with NO_COLOR the terminal was sent the colour %q", got)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	r := runOnTerminal(t, readyStation(), "TERM=xterm-256color")
	r.waitFor(t, "Bienvenue")
	r.cancel()
	if err := r.ended(t); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestRunEndsWithItsTerminal(t *testing.T) {
	r := runOnTerminal(t, readyStation(), "TERM=xterm-256color")
	r.waitFor(t, "Bienvenue")
	_ = r.master.Close()
	if err := r.ended(t); !errors.Is(err, ErrTerminal) {
		t.Errorf("ended with %v", err)
	}
}

func TestNoKeyEndsRun(t *testing.T) {
	r := runOnTerminal(t, readyStation(), "TERM=xterm-256color")
	r.waitFor(t, "Bienvenue")
	time.Sleep(Grace)
	_, _ = r.master.WriteString("\x03\x1a\x1c\x04q\x1b")
	seen := false
	for late := time.Now().Add(patience); !seen && time.Now().Before(late); {
		time.Sleep(300 * time.Millisecond) // so that the last one is the key Esc, not the start of a sequence
		_, _ = r.master.WriteString("1")
		seen = r.writes("gles", 3*time.Second)
	}
	if !seen {
		t.Fatalf("the kiosk does not hear any more: %q", r.written())
	}
	select {
	case err := <-r.err:
		t.Fatalf("a key ended the kiosk: %v", err)
	default:
	}
}

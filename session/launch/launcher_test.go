package launch

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"estran/session"
	"estran/session/browser"
	"estran/session/cgroup"
)

// unit plays systemd and the unit, to do what the real one must not: stay away, be silent, die.
type unit struct {
	socket string
	play   func(conn *net.UnixConn)
	conn   chan *net.UnixConn
	stops  chan struct{}
}

func (u *unit) Start(context.Context, string) error {
	if u.play == nil {
		return nil
	}
	conn, err := net.DialUnix("unixpacket", nil, &net.UnixAddr{Name: u.socket, Net: "unixpacket"})
	if err != nil {
		return err
	}
	u.conn <- conn
	go u.play(conn)
	return nil
}

// Stop kills the unit: its end of the socket closes.
func (u *unit) Stop(context.Context, string) error {
	select {
	case conn := <-u.conn:
		conn.Close()
	default:
	}
	select {
	case u.stops <- struct{}{}:
	default:
	}
	return nil
}

func launcher(t *testing.T, play func(*net.UnixConn)) (*Launcher, *unit) {
	t.Helper()
	u := &unit{
		socket: filepath.Join(t.TempDir(), "browser"), play: play,
		conn: make(chan *net.UnixConn, 1), stops: make(chan struct{}, 100),
	}
	l := New(u, u.socket, syscall.Credential{Uid: 1, Gid: 1}, func() (cgroup.Limits, error) { return cgroup.Limits{}, nil },
		slog.New(slog.DiscardHandler))
	l.genuine = func(int32) error { return nil }
	return l, u
}

// running is a browser in the unit, without the mount that only root can hand over.
func running(t *testing.T, l *Launcher) *Process {
	t.Helper()
	conn, err := l.ask(t.Context(), request{Do: doStart})
	if err != nil {
		t.Fatal(err)
	}
	return l.process(conn)
}

func started(conn *net.UnixConn) {
	var r request
	_, _ = receive(conn, &r)
	_ = send(conn, answer{Started: true})
}

// last reads events to the end.
func last(t *testing.T, p *Process) (e browser.Event) {
	t.Helper()
	for late := time.After(time.Minute); ; {
		select {
		case next, more := <-p.Events():
			if !more {
				return e
			}
			e = next
		case <-late:
			t.Fatal("the browser never ends")
		}
	}
}

func TestUnitThatDiesIsACrash(t *testing.T) {
	l, u := launcher(t, func(conn *net.UnixConn) {
		started(conn)
		_ = send(conn, answer{Event: &browser.Event{Kind: browser.Shown, Took: time.Second}})
		conn.Close()
	})
	p := running(t, l)
	if e := <-p.Events(); e.Kind != browser.Shown || e.Took != time.Second {
		t.Errorf("first %+v", e)
	}
	if e := last(t, p); e.Kind != browser.Exited || e.Problem != session.BrowserCrashed {
		t.Errorf("last %+v", e)
	}
	select {
	case <-p.Done():
	default:
		t.Error("it is not done")
	}
	if len(u.stops) < 2 {
		t.Error("systemd was not asked to kill what is left")
	}
}

func TestUnitTellsWhyItEnded(t *testing.T) {
	l, _ := launcher(t, func(conn *net.UnixConn) {
		started(conn)
		_ = send(conn, answer{Event: &browser.Event{Kind: browser.Exited, Problem: session.BrowserMemory}})
	})
	if e := last(t, running(t, l)); e.Problem != session.BrowserMemory {
		t.Errorf("last %+v", e)
	}
}

// TestSilentUnitIsKilled: one that does not obey has systemd to deal with, within the time that a wipe has.
func TestSilentUnitIsKilled(t *testing.T) {
	l, _ := launcher(t, started)
	p := running(t, l)
	ended := make(chan browser.Event, 1)
	go func() { ended <- last(t, p) }()
	begun := time.Now()
	p.Kill()
	if took := time.Since(begun); took > 9*time.Second { // a step of a wipe has ten
		t.Errorf("it took %v", took)
	}
	if e := <-ended; e.Kind != browser.Exited || e.Problem != session.BrowserFine {
		t.Errorf("last %+v: it was asked for", e)
	}
	// And the unit is free for the next one.
	q := running(t, l)
	go q.Kill()
	last(t, q)
}

// TestUnitThatShowsNothingIsKilled: a unit that hangs cannot say that its browser takes too long.
func TestUnitThatShowsNothingIsKilled(t *testing.T) {
	l, _ := launcher(t, started)
	p := running(t, l)
	p.showWithin(50 * time.Millisecond)
	if e := last(t, p); e.Kind != browser.Exited || e.Problem != session.BrowserNoStart {
		t.Errorf("last %+v", e)
	}
}

func TestRefusalIsGivenAndLeavesNothing(t *testing.T) {
	l, u := launcher(t, func(conn *net.UnixConn) {
		var r request
		_, _ = receive(conn, &r)
		_ = send(conn, refusal(browser.ErrMissing))
	})
	if _, err := l.ask(t.Context(), request{Do: doStart}); !errors.Is(err, browser.ErrMissing) {
		t.Errorf("got %v", err)
	}
	if len(u.stops) < 2 {
		t.Error("the unit is left running")
	}
	if _, err := os.Lstat(u.socket); !errors.Is(err, os.ErrNotExist) {
		t.Error("the socket is left")
	}
}

// TestUnitThatStaysAwayDoesNotKeepAWipe: the end of the session ends the wait.
func TestUnitThatStaysAwayDoesNotKeepAWipe(t *testing.T) {
	for name, play := range map[string]func(*net.UnixConn){
		"never comes": nil, "never answers": func(conn *net.UnixConn) {},
	} {
		l, u := launcher(t, play)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		begun := time.Now()
		err := l.Probe(ctx)
		cancel()
		if !errors.Is(err, browser.ErrNoSandbox) {
			t.Errorf("%s: got %v", name, err)
		}
		if took := time.Since(begun); took > connectBound/2 {
			t.Errorf("%s: it took %v", name, took)
		}
		if len(u.stops) < 2 {
			t.Errorf("%s: the unit is left running", name)
		}
	}
}

// TestSomebodyElseIsRefused: only a process of the unit gets what a session is made of.
func TestSomebodyElseIsRefused(t *testing.T) {
	asked := make(chan error, 1)
	l, _ := launcher(t, func(conn *net.UnixConn) {
		var r request
		_, err := receive(conn, &r)
		asked <- err
	})
	l.genuine = inUnit // this test is not in it
	if _, err := l.ask(t.Context(), request{Do: doStart}); err == nil {
		t.Error("somebody else was asked to start a browser")
	}
	if <-asked == nil {
		t.Error("somebody else was told what to start")
	}
}

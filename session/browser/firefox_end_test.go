package browser

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"estran/session"
)

func TestFirefoxHangsAndAnswersAgain(t *testing.T) {
	c := firefoxConfig(t)
	c.HangTimeout = 4 * time.Second
	b := started(t, c)
	await(t, b, Shown, time.Minute)
	main := mainProcess(t, b)
	sendSignal(t, main, syscall.SIGSTOP)
	await(t, b, Hung, 10*time.Second)
	sendSignal(t, main, syscall.SIGCONT)
	await(t, b, Answering, 10*time.Second)
	sendSignal(t, main, syscall.SIGSTOP)
	await(t, b, Hung, 10*time.Second)
	go b.Close() // it cannot hear
	if e := exited(t, b, closeGrace+5*time.Second); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func TestFirefoxCrashes(t *testing.T) {
	b := started(t, firefoxConfig(t))
	await(t, b, Shown, time.Minute)
	sendSignal(t, mainProcess(t, b), syscall.SIGSEGV)
	if e := exited(t, b, 10*time.Second); e.Problem != session.BrowserCrashed {
		t.Errorf("it ended with %q", e.Problem)
	}
}

// The visitor closes the window.
func TestFirefoxIsClosedByTheVisitor(t *testing.T) {
	c := firefoxConfig(t)
	c.script = "estran.observe('browser-delayed-startup-finished', (window) => window.setTimeout(() => window.close(), 3000));\n"
	b := started(t, c)
	await(t, b, Shown, time.Minute)
	if e := exited(t, b, 20*time.Second); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

// A download fills the session's memory: Firefox is not taken for hung, and can be closed.
func TestFirefoxInAFullSession(t *testing.T) {
	c := firefoxConfig(t)
	c.HangTimeout = 4 * time.Second
	b := started(t, c)
	await(t, b, Shown, time.Minute)
	await(t, b, Idle, 10*time.Second)
	full, err := os.Create(filepath.Join(c.Documents, "film.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	block := make([]byte, 1<<20)
	for err == nil {
		_, err = full.Write(block)
	}
	for len(block) > 1 { // to the last byte
		block = block[:len(block)/2]
		_, _ = full.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	for range 4 {
		select {
		case e := <-b.Events():
			if e.Kind != Idle {
				t.Fatalf("%v: %q", e.Kind, e.Problem)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("it is not heard any more")
		}
	}
	go b.Close()
	if e := exited(t, b, 10*time.Second); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func TestFirefoxStaysSilent(t *testing.T) {
	c := firefoxConfig(t)
	c.StartTimeout = 200 * time.Millisecond
	b := started(t, c)
	if e := exited(t, b, 10*time.Second); e.Problem != session.BrowserNoStart {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func mainProcess(t *testing.T, b *Browser) int {
	t.Helper()
	for range 100 {
		for _, first := range children(b.sandbox.bwrap.Pid) {
			for _, pid := range children(first) {
				if strings.HasPrefix(name(pid), "firefox") {
					return pid
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("Firefox does not run")
	return 0
}

func sendSignal(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatal(err)
	}
}

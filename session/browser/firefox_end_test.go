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
	await(t, b, Shown, patience)
	main := mainProcess(t, b)
	sendSignal(t, main, syscall.SIGSTOP)
	await(t, b, Hung, patience)
	sendSignal(t, main, syscall.SIGCONT)
	await(t, b, Answering, patience)
	sendSignal(t, main, syscall.SIGSTOP)
	await(t, b, Hung, patience)
	go b.Close() // it cannot hear
	if e := exited(t, b, closeGrace+patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func TestFirefoxCrashes(t *testing.T) {
	b := started(t, firefoxConfig(t))
	await(t, b, Shown, patience)
	sendSignal(t, mainProcess(t, b), syscall.SIGSEGV)
	if e := exited(t, b, patience); e.Problem != session.BrowserCrashed {
		t.Errorf("it ended with %q", e.Problem)
	}
}

// The visitor closes the window.
func TestFirefoxIsClosedByTheVisitor(t *testing.T) {
	c := firefoxConfig(t)
	c.script = "estran.observe('browser-delayed-startup-finished', (window) => window.setTimeout(() => window.close(), 3000));\n"
	b := started(t, c)
	await(t, b, Shown, patience)
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

// A download fills the session's memory: Firefox is not taken for hung, and can be closed.
func TestFirefoxInAFullSession(t *testing.T) {
	c := firefoxConfig(t)
	b := started(t, c)
	await(t, b, Shown, patience)
	await(t, b, Idle, patience)
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
		case <-time.After(patience):
			t.Fatal("it is not heard any more")
		}
	}
	go b.Close()
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func TestFirefoxStaysSilent(t *testing.T) {
	c := firefoxConfig(t)
	c.StartTimeout = 200 * time.Millisecond
	b := started(t, c)
	if e := exited(t, b, patience); e.Problem != session.BrowserNoStart {
		t.Errorf("it ended with %q", e.Problem)
	}
}

func mainProcess(t *testing.T, b *Browser) int {
	t.Helper()
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		for _, first := range children(b.sandbox.bwrap.Pid) {
			for _, pid := range children(first) {
				if strings.HasPrefix(name(pid), "firefox") {
					return pid
				}
			}
		}
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

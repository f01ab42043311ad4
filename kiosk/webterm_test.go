package kiosk

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"estran/session"
)

// shellBrowser stands in for the text browser: a shell in the terminal that the kiosk gave.
type shellBrowser struct {
	fakeStation
	script  string
	command *exec.Cmd
}

func (f *shellBrowser) Browse(_ context.Context, o session.BrowseOptions) error {
	f.command = exec.Command("/bin/sh", "-c", f.script)
	f.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	f.command.Stdin, f.command.Stdout, f.command.Stderr = o.Terminal, o.Terminal, o.Terminal
	defer o.Terminal.Close()
	return f.command.Start()
}

// ResizeBrowser does as the station does: the browser is in a session of its own, where no signal comes by itself.
func (f *shellBrowser) ResizeBrowser(context.Context) error {
	return syscall.Kill(-f.command.Process.Pid, syscall.SIGWINCH)
}

// startWeb opens the text browser on Ma session. Messages come from its terminal: settle reads them.
func startWeb(t *testing.T, script string) (*harness, *shellBrowser) {
	t.Helper()
	h := newHarness(t)
	station := &shellBrowser{fakeStation: fakeStation{fail: map[call]error{}}, script: script}
	h.m.station = station
	s := open()
	s.Browser.Text = true
	h.status(s)
	h.m.begun.tips = map[string]bool{}
	cmd := h.m.world.openTextBrowser(0)
	h.m.Update(cmd()) // the watch on the terminal is left out: settle does it
	if h.m.web == nil {
		t.Fatalf("there is no terminal:\n%s", h.plain())
	}
	t.Cleanup(func() {
		h.m.closeWeb()
		_ = syscall.Kill(-station.command.Process.Pid, syscall.SIGKILL)
		_ = station.command.Wait()
	})
	return h, station
}

// settle waits until the page shows a text.
func (h *harness) settle(want string) {
	h.t.Helper()
	deadline := time.After(patience)
	for !strings.Contains(h.plain(), want) {
		if h.m.web == nil {
			h.t.Fatalf("the terminal is gone:\n%s", h.plain())
		}
		select {
		case _, ok := <-h.m.web.changed:
			h.m.Update(webChangedMsg{h.m.web, !ok})
		case <-deadline:
			h.t.Fatalf("%q does not come:\n%s", want, h.plain())
		}
	}
}

// A page may write anything to its terminal; only characters come out of ours.
//
// Attack 26: OSC 52 puts text in the clipboard, OSC 8 hides an address under a word, OSC 0 sets the title, DCS draws,
// and CSI 21 t makes a terminal type its own title.
func TestAPageReachesNothingButItsCells(t *testing.T) {
	h, _ := startWeb(t, `printf '\033]52;c;ZWNobw==\007\033]0;mot de passe\007\033]8;;https://faux.example\007ici\033]8;;\007';
		printf '\033P+q544e\033\\\033[21t\033[6n\033[31mrouge\033[0m\033]11;?\007\342\200\256terminus\n'; sleep 60`)
	h.settle("terminus")
	content := h.m.View().Content
	for _, bad := range []string{"\x1b]", "\x1bP", "faux.example", "mot de passe", "\x1b[21t", "\u202e"} {
		if strings.Contains(content, bad) {
			t.Errorf("%q reaches the terminal of the visitor", bad)
		}
	}
	if h.m.View().WindowTitle != "" {
		t.Error("a page set the title of the window")
	}
	h.sees("ici")
	h.sees("rouge")
}

func TestKeysAreTheBrowsersButHelpAndTheWayBack(t *testing.T) {
	h, _ := startWeb(t, `stty raw -echo; printf prêt; dd bs=1 count=9 2>/dev/null | od -An -c; sleep 60`)
	h.settle("prêt")
	h.write("Aé?q")
	h.press("up", "enter")
	h.settle("303 251")
	h.sees("A 303 251   ?   q")
	h.titled("Internet")

	h.press("f2")
	h.titled("Ma session")
	if h.m.web == nil {
		t.Fatal("going back to Ma session closed the browser")
	}
}

func TestTheBrowserLearnsTheSizeOfItsTerminal(t *testing.T) {
	h, _ := startWeb(t, `trap 'stty size' WINCH; stty size; while :; do sleep 0.05; done`)
	h.settle("21 80")
	h.size(100, 30)
	h.settle("27 100")
}

func TestAClickOnTheBandeauIsOurs(t *testing.T) {
	h, _ := startWeb(t, `printf prêt; sleep 60`)
	h.settle("prêt")
	h.clickOn(idFinish)
	h.titled("J’ai fini")
}

// Nothing of a page outlives its session, not even a goroutine.
func TestAPageIsGoneWithItsSession(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	h, station := startWeb(t, `printf 'attestation CAF'; sleep 60`)
	h.settle("attestation CAF")
	term := h.m.web
	h.status(wiping(0))
	if h.m.web != nil {
		t.Error("the page is still there while the session is wiped")
	}
	if _, err := term.master.Write([]byte("x")); err == nil {
		t.Error("the terminal of the page is still open")
	}
	_ = syscall.Kill(-station.command.Process.Pid, syscall.SIGKILL)
	_ = station.command.Wait()
}

func TestABrowserThatEndsComesBackToMaSession(t *testing.T) {
	h, _ := startWeb(t, `printf prêt; sleep 0.2`)
	h.settle("prêt")
	for range h.m.web.changed {
	}
	s := open()
	s.Browser = session.BrowserStatus{Text: true, State: session.BrowserOpen}
	h.status(s)
	s.Browser.State = session.BrowserClosed
	h.status(s)
	h.titled("Ma session")
	if h.m.web != nil {
		t.Error("the terminal of a browser that ended is kept")
	}
}

// w3m itself, on a page of ours.
func TestW3mShowsAPage(t *testing.T) {
	need(t, "w3m")
	page := t.TempDir() + "/page.html"
	if err := os.WriteFile(page, []byte("<h1>Caf</h1><p>Bonjour <a href=x>ici</a>"), 0o600); err != nil {
		t.Fatal(err)
	}
	h, _ := startWeb(t, "TERM=xterm-256color HOME=/nonexistent w3m -o use_history=0 "+page)
	h.settle("Bonjour ici")
	var linked bool
	for _, row := range h.m.frame.sheet.rows {
		for _, c := range row {
			linked = linked || c.ink == inkPageLink || c.ink == inkLit
		}
	}
	if !linked {
		t.Error("a link looks like any other word")
	}
	h.m.web.press(tea.KeyPressMsg{Code: 'q', Text: "q"})
	h.settle("exit w3m")
}

// need skips a test where a part is missing; under CI it fails.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing", program)
	}
	t.Skipf("%s is missing", program)
}

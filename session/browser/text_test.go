package browser

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"estran/session"
)

// screen is the kiosk's end of the text browser's terminal.
type screen struct {
	master, slave *os.File
	mutex         sync.Mutex
	written       bytes.Buffer
}

func newScreen(t testing.TB) *screen {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{master: master, slave: slave}
	s.size(t, 24, 80)
	read := make(chan struct{})
	go func() {
		defer close(read)
		block := make([]byte, 4096)
		for {
			n, err := master.Read(block)
			s.mutex.Lock()
			s.written.Write(block[:n])
			s.mutex.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { slave.Close(); master.Close(); <-read })
	return s
}

func (s *screen) size(t testing.TB, rows, cols uint16) {
	t.Helper()
	if err := pty.Setsize(s.master, &pty.Winsize{Rows: rows, Cols: cols}); err != nil {
		t.Fatal(err)
	}
}

// text is what was written since the last call.
func (s *screen) text() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	text := s.written.String()
	s.written.Reset()
	return text
}

// await waits until a text is written.
func (s *screen) await(t testing.TB, want string) string {
	t.Helper()
	var all string
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		all += s.text()
		if bytes.Contains([]byte(all), []byte(want)) {
			return all
		}
	}
	t.Fatalf("the screen does not say %q but %q", want, all)
	return ""
}

func (s *screen) keys(t testing.TB, keys string) {
	t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

func textConfig(t testing.TB) (Config, *screen) {
	t.Helper()
	need(t, "w3m", "bwrap")
	s := newScreen(t)
	c := sessionConfig(t)
	c.Program, c.Display = "w3m", Display{Terminal: s.slave}
	return c, s
}

func TestTextBrowser(t *testing.T) {
	c, s := textConfig(t)
	b := started(t, c)
	await(t, b, Shown, patience)
	namespace := namespaceOf(t, b.sandbox.bwrap.Pid, 2)
	s.await(t, "Service-Public")

	s.size(t, 30, 100)
	b.Resize()
	s.await(t, "\x1b[30;1H") // the last line is another one

	s.keys(t, "q")
	s.await(t, "(y/n)")
	s.keys(t, "y")
	if e := exited(t, b, patience); e.Problem != session.BrowserFine {
		t.Errorf("it ended with %q", e.Problem)
	}
	gone(t, namespace, 0)
}

// No key starts a program, opens the options or asks for a file.
func TestTextBrowserHasNoOtherKeys(t *testing.T) {
	c, s := textConfig(t)
	b := started(t, c)
	s.await(t, "Service-Public")
	bound := "bBURAaSnNqQ/ "
	for key := byte(1); key < 127; key++ {
		if strings.IndexByte(bound, key) >= 0 || key == '\t' || key == '\r' || key == '\n' || key == 8 || key == 12 || key == 27 {
			continue
		}
		s.keys(t, string(key))
		if key != '[' && key != 'O' {
			s.keys(t, "\x1b"+string(key))
		}
	}
	time.Sleep(time.Second)
	seen := s.text()
	s.keys(t, "\x0c")
	s.await(t, "Service-Public") // the page is still there
	for _, prompt := range []string{"ommand", "hell", "ption", "ile", "ookmark", "istory", "ditor", "elect", "earch", "ookie", "URL:"} {
		if i := strings.Index(seen, prompt); i >= 0 {
			t.Errorf("a key did something: %q", seen[max(0, i-60):min(len(seen), i+60)])
		}
	}
	if n := len(processesOf(namespaceOf(t, b.sandbox.bwrap.Pid, 2))); n != 2 {
		t.Errorf("%d processes run", n)
	}
	b.Close()
}

func TestTextBrowserVisitsASite(t *testing.T) {
	const canary = "canari-7f3a91"
	site := newSite(t, map[string]string{"/" + canary: `<title>Mairie</title><a href="/paper.odt">Papier ` + canary + `</a>`})
	c, s := textConfig(t)
	c.Start = session.Private(site.URL + "/" + canary)
	b := started(t, c)
	s.await(t, "Papier")
	commandLines(t, b, canary)
	s.keys(t, "\ta")
	s.await(t, "paper.odt")
	s.keys(t, "\r")
	deadline := time.Now().Add(patience)
	for {
		data, err := os.ReadFile(filepath.Join(c.Documents, "paper.odt"))
		if err == nil && len(data) > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the paper did not come into the documents: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.keys(t, "BB") // the download's page, then the site
	s.await(t, "Service-Public")
	b.Close()
	for _, dir := range []string{c.Home, c.Temp, c.Shm} {
		for _, path := range grep(t, dir, canary) {
			t.Errorf("the visit is written in %s", path)
		}
	}
}

// When bubblewrap refuses, its words do not reach the visitor's terminal.
func TestTextBrowserKeepsBubblewrapQuiet(t *testing.T) {
	c, s := textConfig(t)
	c.Documents = filepath.Join(c.Home, "nowhere")
	b, err := Start(t.Context(), c)
	if err == nil {
		b.Kill()
	}
	if !errors.Is(err, ErrNoSandbox) {
		t.Errorf("it answered %v", err)
	}
	time.Sleep(200 * time.Millisecond)
	if text := s.text(); text != "" {
		t.Errorf("the visitor reads %q", text)
	}
}

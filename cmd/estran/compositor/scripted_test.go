package compositor

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/kiosk"
	"estran/session"
	"estran/session/wayland"
)

// The test binary is also the kiosk in foot: the real one, on a station that says what the test tells it to.
const kioskEnv = "ESTRAN_TEST_KIOSK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(kioskEnv); dir != "" {
		if err := kioskMain(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func kioskMain(dir string) error {
	ctx := context.Background()
	desk, err := Open(ctx, Options{Socket: os.Getenv("SWAYSOCK")})
	if err != nil {
		return err
	}
	defer desk.Close()
	link, err := net.Dial("unix", filepath.Join(dir, "station"))
	if err != nil {
		return err
	}
	// Where the compositor cannot tell, nobody does.
	idle, _ := wayland.WatchIdle(ctx, filepath.Join(dir, "wayland-1"), time.Second)
	s := &scripted{out: link, in: json.NewDecoder(link)}
	return kiosk.Run(ctx, s, kiosk.Options{Config: session.Defaults(), Desk: desk, Idle: idle})
}

// scripted is a station at the other end of a socket: it is told each status, and tells each call.
type scripted struct {
	session.Station
	mu  sync.Mutex
	out io.Writer
	in  *json.Decoder
}

func (s *scripted) tell(call string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := fmt.Fprintln(s.out, call)
	return err
}

func (s *scripted) Watch(ctx context.Context) (<-chan session.Status, error) {
	all := make(chan session.Status)
	go func() {
		defer close(all)
		for {
			var status session.Status
			if s.in.Decode(&status) != nil {
				return
			}
			select {
			case all <- status:
			case <-ctx.Done():
				return
			}
		}
	}()
	return all, nil
}

func (s *scripted) Touch(context.Context) error                         { return s.tell("touch") }
func (s *scripted) Browse(context.Context, session.BrowseOptions) error { return s.tell("browse") }
func (s *scripted) CloseBrowser(context.Context) error                  { return s.tell("close-browser") }
func (s *scripted) Extend(context.Context) error                        { return s.tell("extend") }
func (s *scripted) End(context.Context) error                           { return s.tell("end") }
func (s *scripted) Pause(context.Context, session.Private) error        { return s.tell("pause") }
func (s *scripted) Documents(context.Context) ([]session.Document, error) {
	return nil, s.tell("documents")
}

// station is the end of the test.
type station struct {
	s    *seat
	link net.Conn
	mu   sync.Mutex
	said []string
	came int // how many kiosks came
}

// links counts the kiosks that came.
func (k *station) links() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.came
}

// newKiosk starts a seat with the real kiosk in it.
func newKiosk(t testing.TB, width, height int) *station {
	t.Helper()
	return newKioskWith(t, width, height, "")
}

// newKioskWith starts the kiosk through another command of the shell.
func newKioskWith(t testing.TB, width, height int, through string) *station {
	t.Helper()
	dir, err := os.MkdirTemp("", "estran-kiosk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	program := filepath.Join(dir, "estran")
	copyTo(t, program)
	l, err := net.Listen("unix", filepath.Join(dir, "station"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	for _, path := range []string{dir, program, filepath.Join(dir, "station")} {
		if err := os.Chmod(path, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	start := fmt.Sprintf("export %s=%s\nln -sf $XDG_RUNTIME_DIR/wayland-1 %s/wayland-1\n%s%s 2>%s/errors\ncat %s/errors\n%s\n",
		kioskEnv, dir, dir, through, program, dir, dir, map[string]string{"": "sleep 600", again: "done"}[through])
	if err := os.WriteFile(filepath.Join(dir, "start"), []byte(start), 0o644); err != nil {
		t.Fatal(err)
	}
	s := newSeatWith(t, width, height, "sh "+dir+"/start")
	k := &station{s: s}
	k.accept(t, l)
	go func() {
		for {
			link, err := l.Accept() // a kiosk that was started again
			if err != nil {
				return
			}
			k.mu.Lock()
			k.link = link
			k.came++
			k.mu.Unlock()
			go k.listen(link)
		}
	}()
	return k
}

func (k *station) accept(t testing.TB, l net.Listener) {
	t.Helper()
	_ = l.(*net.UnixListener).SetDeadline(time.Now().Add(patience))
	link, err := l.Accept()
	if err != nil {
		k.s.picture("no-kiosk")
		t.Fatalf("the kiosk did not come: %v", err)
	}
	_ = l.(*net.UnixListener).SetDeadline(time.Time{})
	k.link = link
	go k.listen(link)
}

func (k *station) listen(link net.Conn) {
	lines := bufio.NewScanner(link)
	for lines.Scan() {
		k.mu.Lock()
		k.said = append(k.said, lines.Text())
		k.mu.Unlock()
	}
}

// heard counts the calls of a name.
func (k *station) heard(call string) (n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.said {
		if strings.HasPrefix(s, call) {
			n++
		}
	}
	return n
}

// says tells the kiosk a status.
func (k *station) says(status session.Status) {
	k.s.t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := json.NewEncoder(k.link).Encode(status); err != nil {
		k.s.t.Fatal(err)
	}
}

func copyTo(t testing.TB, path string) {
	t.Helper()
	from, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
}

// browsing is a session in front of an open browser.
func browsing() session.Status {
	return session.Status{
		State: session.Open, TimeLeft: 42 * time.Minute, IdleLeft: 5 * time.Minute, Extensions: 2, Language: "fr",
		Browser: session.BrowserStatus{State: session.BrowserOpen},
	}
}

// idleIsKnown says that this sway can tell whether somebody is there (ext-idle-notify-v1, or KDE's).
func idleIsKnown(s *seat) bool {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := wayland.WatchIdle(ctx, filepath.Join(s.dir, "wayland-1"), time.Second)
	return err == nil
}

package station_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"estran/session"
	"estran/session/browser"
	"estran/session/sessiontest"
	"estran/session/station"
)

// fakeProcess is a browser that does what it is told, at once; real ones are in other tests.
type fakeProcess struct {
	events          chan browser.Event
	done            chan struct{}
	end             sync.Once
	closed, resized atomic.Int32
}

func newFakeProcess() *fakeProcess {
	return &fakeProcess{events: make(chan browser.Event, 4), done: make(chan struct{})}
}

func (p *fakeProcess) Events() <-chan browser.Event { return p.events }
func (p *fakeProcess) Done() <-chan struct{}        { return p.done }
func (p *fakeProcess) Close()                       { p.closed.Add(1); p.Kill() }
func (p *fakeProcess) Resize()                      { p.resized.Add(1) }
func (p *fakeProcess) Kill() {
	p.end.Do(func() {
		close(p.done)
		p.events <- browser.Event{Kind: browser.Exited}
		close(p.events)
	})
}

// start is one browser that a station asked for, and that has not started yet.
type start struct {
	ctx     context.Context
	config  browser.Config
	started chan error // what becomes of it
	process *fakeProcess
}

// hidden says that no browser is installed.
var hidden atomic.Bool

// slowBrowser is a station with a session, in which this browser starts when the test says so.
func slowBrowser(t *testing.T, program session.BrowserProgram) (*station.Station, chan *start) {
	t.Helper()
	return newWorld(t).slowly(t, program)
}

// slowly starts a station of this world with a session, in which this browser starts when the test says so.
func (w *world) slowly(t *testing.T, program session.BrowserProgram) (*station.Station, chan *start) {
	t.Helper()
	starts := make(chan *start, 4)
	w.options.Config.Browser.Program, w.options.Headless = program, program != "w3m"
	hidden.Store(false)
	station.LookPath(t, func(name string) (string, error) {
		if hidden.Load() {
			return "", exec.ErrNotFound
		}
		return "/usr/bin/" + name, nil
	})
	w.options.Probe = func(context.Context) error { return nil }
	w.options.Launch = func(ctx context.Context, c browser.Config) (station.BrowserProcess, error) {
		b := &start{ctx: ctx, config: c, started: make(chan error, 1), process: newFakeProcess()}
		starts <- b
		select {
		case err := <-b.started:
			return b.process, err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s := w.start(t)
	openSession(t, s)
	return s, starts
}

// browse asks for the browser as the kiosk does, which does not wait.
func browse(t *testing.T, s session.Station, o session.BrowseOptions) error {
	t.Helper()
	answered := make(chan error, 1)
	go func() { answered <- s.Browse(t.Context(), o) }()
	select {
	case err := <-answered:
		return err
	case <-time.After(time.Minute):
		t.Fatal("the call waits for the browser")
		return nil
	}
}

// begin asks for the browser, and gives what the station then starts.
func begin(t *testing.T, s session.Station, starts chan *start, o session.BrowseOptions) *start {
	t.Helper()
	if err := browse(t, s, o); err != nil {
		t.Fatal(err)
	}
	if st, err := s.Status(t.Context()); err != nil || st.Browser.State != session.BrowserStarting {
		t.Fatalf("the browser is in state %v, %v", st.Browser.State, err)
	}
	return <-starts
}

func awaitBrowser(t *testing.T, s session.Station, want session.BrowserState) session.BrowserStatus {
	t.Helper()
	st := sessiontest.Await(t, s, "as it should", func(st session.Status) bool { return st.Browser.State == want })
	return st.Browser
}

func TestABrowserThatIsSlowKeepsNobodyWaiting(t *testing.T) {
	s, starts := slowBrowser(t, "firefox-esr")
	b := begin(t, s, starts, session.BrowseOptions{})
	if err := browse(t, s, session.BrowseOptions{}); err != nil || len(starts) > 0 {
		t.Errorf("asked again: %v, %d more browsers start", err, len(starts))
	}
	b.started <- nil
	b.process.events <- browser.Event{Kind: browser.Shown}
	if got := awaitBrowser(t, s, session.BrowserOpen); got.Problem != session.BrowserFine {
		t.Errorf("it met %q", got.Problem)
	}
}

func TestABrowserThatDoesNotStartIsTold(t *testing.T) {
	s, starts := slowBrowser(t, "firefox-esr")
	for err, want := range map[error]session.BrowserProblem{
		browser.ErrNoSandbox:                    session.BrowserNoSandbox,
		browser.ErrNoDisplay:                    session.BrowserNoDisplay,
		errors.New("the unit does not come"):    session.BrowserNoStart,
		errors.New("the session's memory left"): session.BrowserNoStart,
	} {
		b := begin(t, s, starts, session.BrowseOptions{})
		b.started <- err
		if got := awaitBrowser(t, s, session.BrowserClosed); got.Problem != want {
			t.Errorf("%v is told as %q", err, got.Problem)
		}
	}
}

// What is known at once is answered at once.
func TestWhatKeepsABrowserFromStartingIsAnswered(t *testing.T) {
	s, starts := slowBrowser(t, "firefox-esr")
	for _, site := range []int{-1, 99} {
		if err := browse(t, s, session.BrowseOptions{Site: site}); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("site %d: %v", site, err)
		}
	}
	hidden.Store(true)
	if err := browse(t, s, session.BrowseOptions{}); !errors.Is(err, session.ErrNoBrowser) {
		t.Errorf("without a browser: %v", err)
	}
	if got := awaitBrowser(t, s, session.BrowserClosed); got.Problem != session.BrowserMissing {
		t.Errorf("told as %q", got.Problem)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := browse(t, s, session.BrowseOptions{}); !errors.Is(err, session.ErrState) {
		t.Errorf("after the end: %v", err)
	}
	if len(starts) > 0 {
		t.Error("a browser was started")
	}
}

func TestTheSessionEndsWhileTheBrowserStarts(t *testing.T) {
	s, starts := slowBrowser(t, "firefox-esr")
	b := begin(t, s, starts, session.BrowseOptions{})
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-b.ctx.Done()
	st := awaitState(t, s, session.Wiped)
	if st.Browser != (session.BrowserStatus{}) {
		t.Errorf("the browser is told as %+v", st.Browser)
	}
}

// A browser that came all the same belongs to nobody.
func TestABrowserThatComesAfterTheEndIsKilled(t *testing.T) {
	w, late := newWorld(t), newFakeProcess()
	station.LookPath(t, func(name string) (string, error) { return "/usr/bin/" + name, nil })
	w.options.Probe = func(context.Context) error { return nil }
	starting := make(chan struct{})
	w.options.Launch = func(ctx context.Context, _ browser.Config) (station.BrowserProcess, error) {
		close(starting)
		<-ctx.Done()
		return late, nil
	}
	s := w.start(t)
	openSession(t, s)
	if err := browse(t, s, session.BrowseOptions{}); err != nil {
		t.Fatal(err)
	}
	<-starting
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
	select {
	case <-late.done:
	default:
		t.Error("the session is wiped, and its browser runs")
	}
}

func TestABrowserThatIsClosedWhileItStarts(t *testing.T) {
	s, starts := slowBrowser(t, "firefox-esr")
	b := begin(t, s, starts, session.BrowseOptions{})
	if err := s.CloseBrowser(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitBrowser(t, s, session.BrowserClosing)
	b.started <- nil
	if got := awaitBrowser(t, s, session.BrowserClosed); got.Problem != session.BrowserFine || b.process.closed.Load() != 1 {
		t.Errorf("it met %q, and was asked to close %d times", got.Problem, b.process.closed.Load())
	}
	b = begin(t, s, starts, session.BrowseOptions{})
	if err := s.CloseBrowser(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.started <- browser.ErrNoSandbox
	if got := awaitBrowser(t, s, session.BrowserClosed); got.Problem != session.BrowserFine {
		t.Errorf("nobody wants it any more, and it is told that it met %q", got.Problem)
	}
}

// The text browser has the terminal until it has started; then our end is closed, whatever came of it. The size may have
// changed meanwhile.
func TestATerminalIsKeptWhileTheBrowserStarts(t *testing.T) {
	s, starts := slowBrowser(t, "w3m")
	for name, failure := range map[string]error{"it starts": nil, "it does not": browser.ErrNoSandbox} {
		t.Run(name, func(t *testing.T) {
			far, terminal, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer far.Close()
			b := begin(t, s, starts, session.BrowseOptions{Terminal: terminal})
			if _, err := b.config.Display.Terminal.Stat(); err != nil {
				t.Errorf("the browser's terminal: %v", err)
			}
			if err := s.ResizeBrowser(t.Context()); err != nil {
				t.Error(err)
			}
			b.started <- failure
			if _, err := far.Read(make([]byte, 1)); err != io.EOF {
				t.Errorf("our end is still open: %v", err)
			}
			if failure != nil {
				awaitBrowser(t, s, session.BrowserClosed)
				return
			}
			awaitBrowser(t, s, session.BrowserOpen)
			if b.process.resized.Load() == 0 {
				t.Error("the browser does not know the size of its terminal")
			}
			b.process.Kill()
			awaitBrowser(t, s, session.BrowserClosed)
		})
	}
}

package station

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"estran/session"
	"estran/session/browser"
)

// supervised is the browser of a visit.
type supervised struct {
	process BrowserProcess
	state   session.BrowserState
	problem session.BrowserProblem
	closing bool // the visitor or the station asked for it
	shown   shown
}

// shown is the place on the seat where a browser is shown; nil elsewhere.
type shown []io.Closer

func (s shown) close() {
	for _, c := range s {
		_ = c.Close()
	}
}

func (b *supervised) running() bool { return b.state != session.BrowserClosed }

// lookPath finds a program; a variable so that a test can hide one.
var lookPath = exec.LookPath

// Browse has the browser opened, or answers at once what keeps it from being. A start may take a minute on a slow
// computer: it goes on beside, and Status tells what comes of it.
func (s *Station) Browse(_ context.Context, o session.BrowseOptions) error {
	v, config, err := s.beginBrowse(o)
	if err != nil || v == nil {
		closeTerminal(o.Terminal)
		return err
	}
	s.beside(func() {
		defer v.starting.Done()
		defer closeTerminal(o.Terminal)
		s.start(v, config)
	})
	return nil
}

// start starts the browser of a visit, without the lock: nothing that bubblewrap does may keep a deadline waiting.
func (s *Station) start(v *visit, config browser.Config) {
	shown, err := s.show(v, &config)
	var process BrowserProcess
	if err == nil {
		process, err = s.launch(v.browsing, config)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed()
	b := &v.browser
	if err != nil {
		wanted := !b.closing && v.ctx.Err() == nil
		*b = supervised{}
		shown.close()
		if wanted {
			s.log.Error("cannot start the browser", "error", err)
			b.problem = problemOf(err)
		}
		return
	}
	b.process, b.shown = process, shown
	if config.Display.Terminal != nil {
		process.Resize() // its terminal may have another size than when it was asked for
	}
	switch {
	case b.closing:
		s.beside(process.Close)
	case config.Display.Terminal != nil:
		b.state = session.BrowserOpen // its screen is the kiosk's own
	}
	s.beside(func() { s.supervise(v, process) })
	v.lookSoon()
}

// show makes a place for the browser on the seat, and has it born in its confinement.
func (s *Station) show(v *visit, c *browser.Config) (shown, error) {
	if v.confinement != nil {
		c.Cgroup = v.confinement.Directory()
	}
	if !s.rules() || c.Display.Terminal != nil || c.Headless {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(v.ctx, displayBound)
	defer cancel()
	display, closer, err := s.opts.Seat.Display(ctx, v.memory.display(), s.opts.Credential)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", browser.ErrNoDisplay, err)
	}
	c.Display = display
	return shown{closer}, nil
}

// displayBound is how long the compositor may take to make a place for a browser.
const displayBound = 5 * time.Second

// beginBrowse sees whether a browser may be started, and notes that one is being. It gives no visit when one is open.
func (s *Station) beginBrowse(o session.BrowseOptions) (*visit, browser.Config, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed()
	switch {
	case s.machine.State != session.Open:
		return nil, browser.Config{}, session.ErrState
	case s.visit.browser.running():
		return nil, browser.Config{}, nil
	case o.Site < 0 || o.Site > len(s.cfg.Sites):
		return nil, browser.Config{}, session.ErrNotFound
	}
	if err := s.send(session.Touched{}); err != nil {
		return nil, browser.Config{}, err
	}
	v := s.visit
	config, problem := s.browserConfig(v, o)
	if problem != session.BrowserFine {
		v.browser.problem = problem
		return nil, browser.Config{}, session.ErrNoBrowser
	}
	v.browser = supervised{state: session.BrowserStarting}
	v.starting.Add(1)
	return v, config, nil
}

// closeTerminal lets go of our end of a pseudo-terminal: the browser has its own copy, and its end must be seen.
func closeTerminal(t *os.File) {
	if t != nil {
		_ = t.Close()
	}
}

// browserConfig says how the browser is started, or why it cannot be. The caller holds mu.
func (s *Station) browserConfig(v *visit, o session.BrowseOptions) (browser.Config, session.BrowserProblem) {
	program, text, problem := browser.Choose(s.cfg.Browser.Program, s.display(), lookPath)
	if problem != session.BrowserFine {
		return browser.Config{}, problem
	}
	c := browser.Config{
		Program: program, Display: s.opts.Display, Headless: s.opts.Headless, Credential: s.opts.Credential,
		Home: v.memory.home(), Documents: v.memory.documents(), Temp: v.memory.temp(), Shm: v.memory.shm(),
		Sites: s.cfg.Sites, HomePage: s.cfg.Browser.Home,
		Limit: s.limit(), Language: v.options.Language, Large: v.options.Large,
		StartTimeout: time.Duration(s.cfg.Browser.StartTimeout),
	}
	if o.Site > 0 {
		c.Start = session.Private(s.cfg.Sites[o.Site-1].URL)
	}
	if text && len(c.Limit) > 0 {
		return c, session.BrowserNoLimit
	}
	if text {
		c.Display = browser.Display{Terminal: o.Terminal}
		if o.Terminal == nil {
			return c, session.BrowserNoDisplay
		}
	}
	return c, session.BrowserFine
}

// display is where the browser can be shown: a headless one needs nothing, a seat makes a place when one is needed, and
// Choose must know of both.
func (s *Station) display() browser.Display {
	d := s.opts.Display
	if (s.opts.Headless || s.rules()) && d.Wayland == "" && d.X11 == "" {
		d.Wayland = "to be made"
	}
	return d
}

func problemOf(err error) session.BrowserProblem {
	switch {
	case errors.Is(err, browser.ErrMissing):
		return session.BrowserMissing
	case errors.Is(err, browser.ErrNoDisplay):
		return session.BrowserNoDisplay
	case errors.Is(err, browser.ErrNoSandbox):
		return session.BrowserNoSandbox
	case errors.Is(err, browser.ErrNoLimit):
		return session.BrowserNoLimit
	default:
		return session.BrowserNoStart
	}
}

// supervise follows a browser until it is gone.
func (s *Station) supervise(v *visit, process BrowserProcess) {
	seen := time.Duration(-1)
	for e := range process.Events() {
		switch e.Kind {
		case browser.Idle:
			// Less idle than a moment ago: somebody typed or clicked in the browser. On a seat the compositor tells of
			// them: a window that « Êtes-vous là ? » moves under a mouse that lies still is touched, as far as Firefox
			// can tell, and the question would answer itself.
			if (seen < 0 || e.Idle < seen) && !s.rules() {
				_ = s.ask(session.Touched{})
			}
			seen = e.Idle
		case browser.Shown, browser.Answering:
			s.change(func() { v.browser.state = session.BrowserOpen })
		case browser.Hung:
			s.change(func() { v.browser.state = session.BrowserHung })
		case browser.Exited:
			s.change(func() {
				closing := v.browser.closing
				v.browser.shown.close()
				v.browser = supervised{problem: e.Problem}
				if closing {
					v.browser.problem = session.BrowserFine
				}
				if s.machine.State == session.Open {
					_ = s.send(session.Touched{})
				}
				v.lookSoon()
			})
		}
	}
}

// CloseBrowser asks the browser to close; Status tells when it has.
func (s *Station) CloseBrowser(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed()
	if s.machine.State != session.Open {
		return session.ErrState
	}
	b := &s.visit.browser
	if !b.running() || b.closing {
		return nil
	}
	b.state, b.closing = session.BrowserClosing, true
	if process := b.process; process != nil { // else it is closed once it has started
		s.beside(process.Close)
	}
	return s.send(session.Touched{})
}

// ResizeBrowser tells the text browser that its terminal has another size.
func (s *Station) ResizeBrowser(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.machine.State != session.Open {
		return session.ErrState
	}
	if p := s.visit.browser.process; p != nil {
		p.Resize()
	}
	return nil
}

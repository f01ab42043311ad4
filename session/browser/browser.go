package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// What a caller acts on.
var (
	// ErrNoSandbox: bubblewrap is missing, or may not make its namespaces here.
	ErrNoSandbox = errors.New("no sandbox can be made")
	// ErrMissing: the browser is not installed.
	ErrMissing = errors.New("the browser is not installed")
	// ErrNoDisplay: there is nowhere to show the browser.
	ErrNoDisplay = errors.New("there is no display")
)

// Browser is a browser that runs, or ran.
type Browser struct {
	config  Config
	sandbox *sandbox
	events  chan Event
	done    chan struct{}

	closeOnce, killOnce sync.Once
	closing, killing    chan struct{} // closed to ask
	resized             chan struct{}
}

// Start starts the browser and answers once bubblewrap runs; Events tells the rest. It empties Home, Temp and Shm
// first. The browser is killed when ctx ends. Errors: ErrMissing, ErrNoDisplay, ErrNoSandbox, or what could not be
// done with the session's directories.
func Start(ctx context.Context, c Config) (*Browser, error) {
	begun := time.Now()
	bwrap, err := exec.LookPath("bwrap")
	if err != nil {
		return nil, fmt.Errorf("%w: bubblewrap is not installed", ErrNoSandbox)
	}
	if c, err = prepare(c); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("cannot start the browser: %w", err)
	}
	if c.text() {
		if err := try(bwrap, c); err != nil {
			return nil, err
		}
	}
	s, err := startSandbox(bwrap, c)
	if err != nil {
		return nil, err
	}
	b := &Browser{
		config: c, sandbox: s, events: make(chan Event), done: make(chan struct{}),
		closing: make(chan struct{}), killing: make(chan struct{}), resized: make(chan struct{}, 1),
	}
	go newWatch(b, begun).run(ctx)
	return b, nil
}

// prepare finds the program and makes the session's directories ready.
func prepare(c Config) (Config, error) {
	if c.Credential == nil && isHostRoot() {
		return c, errors.New("root of the computer starts the browser as another user: Credential is missing")
	}
	program, err := exec.LookPath(c.Program)
	if err == nil {
		// Debian's /usr/bin/firefox-esr is a link into the directory that Firefox lives in.
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return c, ErrMissing
	}
	c.Program = program
	if err := c.check(); err != nil {
		return c, err
	}
	for _, dir := range []string{c.Home, c.Temp, c.Shm} {
		if err := empty(dir); err != nil {
			return c, err
		}
	}
	if c.x11() && c.Display.XAuthority != "" {
		// A server may ask for no cookie: what cannot be read is not there.
		data, _ := os.ReadFile(c.Display.XAuthority)
		c.cookie = wildCookie(data, c.Display.X11)
	}
	return c, nil
}

// empty removes what a directory holds.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("cannot read the session's directory: %w", withoutPath(err))
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("cannot empty the session's directory: %w", withoutPath(err))
		}
	}
	return nil
}

// withoutPath leaves the names of a visitor's files out of an error.
func withoutPath(err error) error {
	if pathError, ok := errors.AsType[*os.PathError](err); ok {
		return pathError.Err
	}
	return err
}

// isHostRoot says that the caller is root of the computer, not of a user namespace (user_namespaces(7), uid_map).
func isHostRoot() bool {
	if os.Geteuid() != 0 {
		return false
	}
	ids, err := os.ReadFile("/proc/self/uid_map")
	return err != nil || strings.Join(strings.Fields(string(ids)), " ") == "0 0 4294967295"
}

// Events tells what becomes of the browser. It must be read until it is closed, after Exited; an Idle that is not
// read in time gives way to the next one, the others wait.
func (b *Browser) Events() <-chan Event { return b.events }

// Done is closed when no process of the sandbox is left.
func (b *Browser) Done() <-chan struct{} { return b.done }

// Close asks the browser to close, and kills it after a few seconds. It returns when no process is left.
func (b *Browser) Close() {
	b.closeOnce.Do(func() { close(b.closing) })
	<-b.done
}

// Kill ends every process of the sandbox at once. It returns when none is left.
func (b *Browser) Kill() {
	b.killOnce.Do(func() { close(b.killing) })
	<-b.done
}

// Resize tells the text browser that its terminal has another size. Call it after the size was set: the sandbox has no
// controlling terminal, and the kernel tells nobody in it.
func (b *Browser) Resize() {
	select {
	case b.resized <- struct{}{}:
	default: // one is on its way
	}
}

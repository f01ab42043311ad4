package compositor

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"estran/kiosk"
)

// The workspaces of sway that its configuration names too.
const (
	alone   = "estran"   // the kiosk's, where no other window ever is
	browser = "internet" // all other windows'
)

// Options says which sway, and which window in it.
type Options struct {
	// Socket is the IPC socket of sway: SWAYSOCK.
	Socket string
	// PID is a process of the kiosk: the window belongs to it or to one it comes from. 0 is this process.
	PID int
	// Terminal is the kiosk's terminal, which knows how high a row is. nil is standard input.
	Terminal *os.File
}

// Desk is sway, as the kiosk uses it.
type Desk struct {
	socket   string
	mine     map[int]bool // the processes that the kiosk's window can belong to
	terminal *os.File

	stop context.CancelFunc
	done chan struct{} // closed when the guard has ended

	mu       sync.Mutex // guards what follows, and one arrangement at a time
	last     kiosk.Layout
	arranged bool
}

// Open reaches sway, and guards the screen from then on. The kiosk's window need not be there yet: a terminal starts
// its program first. The caller closes the desk; the screen stays as it is.
func Open(ctx context.Context, o Options) (*Desk, error) {
	if o.PID == 0 {
		o.PID = os.Getpid()
	}
	if o.Terminal == nil {
		o.Terminal = os.Stdin
	}
	d := &Desk{socket: o.Socket, mine: ancestors(o.PID), terminal: o.Terminal, done: make(chan struct{})}
	if _, err := tree(ctx, d.socket); err != nil {
		return nil, err
	}
	guarding, stop := context.WithCancel(context.WithoutCancel(ctx))
	d.stop = stop
	go func() {
		defer close(d.done)
		d.guard(guarding)
	}()
	return d, nil
}

// Close ends the guard.
func (d *Desk) Close() {
	d.stop()
	<-d.done
}

// Arrange lays the screen out. See kiosk.Desk.
func (d *Desk) Arrange(ctx context.Context, l kiosk.Layout) (scale float64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last, d.arranged = l, true
	if err := d.apply(ctx); err != nil {
		return 1, err
	}
	display, err := screen(ctx, d.socket)
	return display.Scale, err
}

// again lays the screen out as it was asked last, after something has changed it.
func (d *Desk) again(ctx context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.arranged {
		_ = d.apply(ctx) // the kiosk asks again when it matters
	}
}

// inBanner says that the bandeau is what was asked last.
func (d *Desk) inBanner() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.arranged && !d.last.Whole()
}

// How long a layout may take to be there, how often it is looked at, and after how many looks it is asked for again. A
// terminal that still answers to the layout before it undoes this one: sway lets a floating window choose its size.
const (
	settleTime = 2 * time.Second
	settleLook = 15 * time.Millisecond
	settleAsk  = 10
	// forwardTime is for sway to have drawn a window that it was told to show: it waits for windows that are slow. No kiosk of a station needs it: its window is there first.
	forwardTime = 500 * time.Millisecond
)

var errUnsettled = errors.New("the screen is not as it was asked")

// apply brings the screen to the last layout, and waits until it is there. The caller holds mu.
func (d *Desk) apply(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	why := errUnsettled
	for i := 0; ; i++ {
		p, err := d.look(ctx)
		switch {
		case err != nil:
			i-- // the window is not there yet
		case p.settled(d.last):
			return nil
		case i%settleAsk == 0:
			err = d.ask(ctx, p)
		}
		select {
		case <-ctx.Done():
			return why
		case <-time.After(settleLook):
			why = cmp.Or(err, errUnsettled)
		}
	}
}

// ask tells sway what to do to get there.
func (d *Desk) ask(ctx context.Context, p place) error {
	if !p.floats() && p.others > 0 && !p.window.Focused {
		if err := d.comeForward(ctx, p); err != nil {
			return err
		}
	}
	if d.last.Whole() {
		return run(ctx, d.socket, p.scaled(d.last)+p.whole())
	}
	if err := run(ctx, d.socket, p.scaled(d.last)+p.banner(d.last.Banner)); err != nil {
		return err
	}
	return d.focusBrowser(ctx)
}

// comeForward shows the kiosk's window before it is taken from among the tabs: one that was behind another would not be
// drawn afterwards (sway 1.10).
func (d *Desk) comeForward(ctx context.Context, p place) error {
	if err := run(ctx, d.socket, p.forward()); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(forwardTime):
	}
	return nil
}

// focusBrowser gives the keyboard to the browser. There may be no window of it yet: then it gets it when it opens.
func (d *Desk) focusBrowser(ctx context.Context) error {
	var results []struct{}
	return call(ctx, d.socket, msgCommand, "focus tiling", &results)
}

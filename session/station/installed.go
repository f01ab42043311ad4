package station

import (
	"context"
	"io"
	"os"
	"syscall"

	"estran/cleanup"
	"estran/session"
	"estran/session/browser"
)

// Installed is what a station has more when it rules its computer: a seat of its own, and a process that can be
// replaced. The zero value has none of it.
type Installed struct {
	// Seat is the compositor, the terminal and the kiosk.
	Seat Seat
	// Renew puts a new process in the place of this one, which knew a visitor, and gives it the Handover. It returns
	// only when that could not be done.
	Renew func(Handover) error
	// Handover is what the process before this one handed over, nil for none.
	Handover *Handover
	// System makes the kernel and the services of the computer forget a visitor, once the seat is stopped.
	System func(Visited) cleanup.Step
	// Vital looks at the conditions on which the promise rests, and gives the Fault of the first that fails.
	Vital func(context.Context) (session.Fault, error)
	// Refused tells what is plugged in and not let in, each time that it changes, until ctx ends.
	Refused func(context.Context) <-chan session.Refusal
	// Confine makes what a browser is held in: its share of the computer.
	Confine func() (Confinement, error)
	// Launch starts a browser elsewhere than in this process; nil is browser.Start, whose errors it gives.
	Launch func(context.Context, browser.Config) (BrowserProcess, error)
	// Probe says whether a sandbox can be made where Launch makes one; nil is browser.Probe.
	Probe func(context.Context) error
}

// Visited is what a visitor did that the computer may remember.
type Visited struct {
	// Printed says that a document was given to the print queue, Scanned that there was a key, whose files the antivirus read.
	Printed, Scanned bool
}

// BrowserProcess is a browser that runs, or ran: a browser.Browser, or one that runs elsewhere. What is said there holds
// for it.
type BrowserProcess interface {
	Events() <-chan browser.Event
	Done() <-chan struct{}
	Close()
	Kill()
	Resize()
}

var _ BrowserProcess = (*browser.Browser)(nil)

// launch starts a browser where this station does that.
func (s *Station) launch(ctx context.Context, c browser.Config) (BrowserProcess, error) {
	if s.opts.Launch != nil {
		return s.opts.Launch(ctx, c)
	}
	process, err := browser.Start(ctx, c)
	if err != nil {
		return nil, err // and no interface around a browser that is none
	}
	return process, nil
}

// Seat is the screen of an installed station.
type Seat interface {
	// Display makes a place to show a browser of this owner, in a directory that only the owner may enter. The closer
	// takes it away.
	Display(ctx context.Context, dir string, owner *syscall.Credential) (browser.Display, io.Closer, error)
	// Stop ends all that runs on the seat.
	Stop(ctx context.Context) error
	// Gone gives an error when something still runs on the seat, which it finds out by another way than Stop.
	Gone(ctx context.Context) error
}

// Handover is what a process that knew a visitor leaves to the one that takes its place: nothing of the visitor but
// how to show the receipt.
type Handover struct {
	// End is why the session ended whose visitor has yet to see the receipt; EndNone when there is nobody to tell.
	End session.EndReason
	// Receipt is the last one, for as long as nobody has opened a session since.
	Receipt session.Receipt
	Look    Look
	// Uncounted is the intervention that can still be counted; its zero value is none.
	Uncounted Uncounted
	// Fault stops the station instead of opening it again; NoFault for none.
	Fault session.Fault
}

// Look is how the visitor wants the screen to look.
type Look struct {
	Language        string
	Large, Contrast bool
}

// Confinement is what holds a browser to its share of the computer, and ends all that is in it at once.
type Confinement interface {
	// Directory is open on the cgroup that a process is born in (clone(2), CLONE_INTO_CGROUP); nil when Launch sees to
	// that.
	Directory() *os.File
	// Kill ends every process in it.
	Kill() error
	// Empty gives an error when a process is still in it once ctx ends.
	Empty(ctx context.Context) error
	// Remove takes it away.
	Remove() error
}

// rules says that this station rules its screen.
func (s *Station) rules() bool { return s.opts.Seat != nil }

package media

import (
	"context"
	"log/slog"
	"time"
)

// UDisks finds USB keys as UDisks2 tells them on the system bus (udisks(8)). It takes from there which block device is a
// key, and nothing else: what is mounted is mounted by us, at no path, and whether a key is still there is for the kernel
// to say. So a key that is being read lives through a restart of udisksd or of the bus.
//
// What UDisks2 tells of a key, its label, its serial number and the path of its object, which holds both, stays out of
// every log.
type UDisks struct {
	log    *slog.Logger
	kernel kernel
	// isKey is the rule; a test has another one, since no loop device is a USB key.
	isKey func(block, drive) bool
}

// NewUDisks returns a follower that does nothing yet. nil discards its log.
func NewUDisks(log *slog.Logger) *UDisks {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &UDisks{log: log, kernel: kernel{blocks: "/sys/class/block"}, isKey: isKey}
}

// Watch tells the keys that come and go, one for each drive, with all its partitions but the hidden ones. One that cannot be
// read is told too: Open says why, so that the visitor is told. Those that may have been there before anybody was here
// are Added with Already. Without a bus or UDisks2 it says so in the log, once, and waits for them. The channel is closed
// when ctx ends; read it until then.
func (u *UDisks) Watch(ctx context.Context) <-chan Event {
	events := make(chan Event)
	f := &follower{UDisks: u, events: events, told: map[string]tellings{}, seen: map[string]sighting{}}
	go func() {
		defer close(events)
		f.run(ctx)
	}()
	return events
}

// How long to wait before the bus or UDisks2 is tried again.
const (
	firstRetry = time.Second
	lastRetry  = time.Minute
)

// follower is one Watch.
type follower struct {
	*UDisks
	events  chan<- Event
	surveys int                 // how often UDisks2 has answered
	told    map[string]tellings // keys, by their first device
	seen    map[string]sighting // what may become a key in a moment, by drive
	away    bool                // the log was told that there is no UDisks2
	here    bool                // the log was told that there is one
}

// run follows UDisks2, and follows it again when it was lost.
func (f *follower) run(ctx context.Context) {
	wait := firstRetry
	for ctx.Err() == nil {
		before := f.surveys
		err := f.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		if f.surveys > before {
			wait = firstRetry
		}
		f.lost(err)
		f.hold(ctx, wait)
		wait = min(2*wait, lastRetry)
	}
}

// follow surveys the keys at each sign of UDisks2, until it is lost.
func (f *follower) follow(ctx context.Context) error {
	b, err := dial(ctx)
	if err != nil {
		return err
	}
	defer b.close()
	for {
		objects, err := b.objects(ctx)
		if err != nil {
			return err
		}
		f.found()
		again := f.survey(ctx, objects)
		if err := b.wait(ctx, again); err != nil {
			return err
		}
	}
}

// hold waits while there is no UDisks2, and goes by the kernel's word for the keys that are known.
func (f *follower) hold(ctx context.Context, wait time.Duration) {
	enough := time.After(wait)
	for {
		f.tellGone(ctx)
		var tick <-chan time.Time
		if len(f.told) > 0 {
			tick = time.After(lookAgain)
		}
		select {
		case <-ctx.Done():
			return
		case <-enough:
			return
		case <-tick:
		}
	}
}

func (f *follower) found() {
	if !f.here {
		f.log.Info("USB keys are found through UDisks2")
	}
	f.here, f.away = true, false
}

func (f *follower) lost(err error) {
	if !f.away {
		f.log.Warn("UDisks2 does not answer on the system bus: no USB key is found until it does", "error", err)
	}
	f.here, f.away = false, true
}

// tell sends one event, and says whether it was read.
func (f *follower) tell(ctx context.Context, e Event) bool {
	select {
	case f.events <- e:
		return true
	case <-ctx.Done():
		return false
	}
}

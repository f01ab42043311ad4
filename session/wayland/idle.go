package wayland

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Messages of ext-idle-notify-v1.xml and of idle.xml (KDE). Both tell idle by event 0 and its end by event 1.
const (
	notifierInterface = "ext_idle_notifier_v1"
	notifierGet       = 1
	notifierGetInput  = 2 // since version 2
	kdeIdleInterface  = "org_kde_kwin_idle"
	kdeIdleGet        = 0
	seatInterface     = "wl_seat"
	idled             = 0
	resumed           = 1
)

// WatchIdle tells when nobody has touched the seat's keyboard, mouse or screen for so long (true), and when somebody
// does again (false). The channel holds the newest word only, and is closed when ctx ends or the compositor goes.
//
// A window may ask a compositor not to fall idle, as Firefox does while a film plays. Where the compositor can tell hands
// from films (ext_idle_notifier_v1 version 2, sway 1.11) that is not listened to.
//
// Errors: ErrUnsupported when the compositor cannot tell; anything else when it cannot be reached, or does not answer
// within 5 seconds.
func WatchIdle(ctx context.Context, compositor string, after time.Duration) (<-chan bool, error) {
	if ms := after.Milliseconds(); ms <= 0 || ms > math.MaxInt32 {
		return nil, errors.New("the idle time is out of bounds")
	}
	ctx, cancel := context.WithCancel(ctx)
	// Silence is fine later on, not now.
	late := time.AfterFunc(bound, cancel)
	c, object, err := askIdle(ctx, compositor, uint32(after.Milliseconds()))
	if err == nil && !late.Stop() {
		c.close()
		err = context.DeadlineExceeded
	}
	if err != nil {
		late.Stop()
		cancel()
		return nil, err
	}
	told := make(chan bool, 1)
	go func() {
		defer cancel()
		defer c.close()
		defer close(told)
		follow(c, object, told)
	}()
	return told, nil
}

// askIdle asks for an object that tells when the seat is idle.
func askIdle(ctx context.Context, compositor string, ms uint32) (*conn, uint32, error) {
	c, err := dial(ctx, compositor)
	if err != nil {
		return nil, 0, err
	}
	object, err := c.idle(ms)
	if err == nil {
		err = c.roundTrip()
	}
	if err != nil {
		c.close()
		return nil, 0, fmt.Errorf("cannot ask when the seat is idle: %w", err)
	}
	return c, object, nil
}

func (c *conn) idle(ms uint32) (uint32, error) {
	seat, _, err := c.bind(seatInterface, 1)
	if err != nil {
		return 0, err
	}
	notifier, version, err := c.bind(notifierInterface, 2)
	switch {
	case err == nil && version >= 2:
		object := c.id()
		return object, c.send(request(notifier, notifierGetInput, object, ms, seat))
	case err == nil:
		object := c.id()
		return object, c.send(request(notifier, notifierGet, object, ms, seat))
	case !errors.Is(err, ErrUnsupported):
		return 0, err
	}
	if notifier, _, err = c.bind(kdeIdleInterface, 1); err != nil {
		return 0, err
	}
	object := c.id()
	return object, c.send(request(notifier, kdeIdleGet, object, seat, ms))
}

// follow tells what the compositor says of an object, until it goes.
func follow(c *conn, object uint32, told chan bool) {
	for {
		m, err := c.next()
		if err != nil {
			return
		}
		if m.object != object || m.opcode != idled && m.opcode != resumed {
			continue
		}
		select {
		case <-told: // nobody has read it: it is old now
		default:
		}
		told <- m.opcode == idled
	}
}

package compositor

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// reconnectAfter is how long the guard waits before it listens again to a sway that hung up.
const reconnectAfter = 200 * time.Millisecond

// event is what sway tells of a window.
type event struct {
	Change    string `json:"change"`
	Container node   `json:"container"`
}

// guard sees to it, until ctx ends, that no window but the kiosk's is over the others.
func (d *Desk) guard(ctx context.Context) {
	for ctx.Err() == nil {
		_ = d.listen(ctx) // whatever it was: it listens again, and looks at all windows first
		select {
		case <-ctx.Done():
		case <-time.After(reconnectAfter):
		}
	}
}

// listen hears what happens to windows until sway hangs up.
func (d *Desk) listen(ctx context.Context) error {
	c, err := dial(ctx, d.socket)
	if err != nil {
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	if err := c.send(msgSubscribe, []byte(`["window","output"]`)); err != nil {
		return err
	}
	if _, _, err := c.receive(); err != nil {
		return err
	}
	if err := d.lookAtAll(ctx); err != nil {
		return err
	}
	for {
		kind, payload, err := c.receive()
		if err != nil {
			return err
		}
		switch kind {
		case eventWindow:
			var e event
			if err := json.Unmarshal(payload, &e); err != nil {
				return fmt.Errorf("cannot read an event of sway: %w", err)
			}
			d.happened(ctx, e)
		case eventOutput:
			d.again(ctx)
		}
	}
}

// lookAtAll puts right what happened while nobody listened.
func (d *Desk) lookAtAll(ctx context.Context) error {
	root, err := tree(ctx, d.socket)
	if err != nil {
		return err
	}
	root.walk(func(w node) {
		if !d.mine[w.PID] {
			d.hold(ctx, w)
		}
	})
	return nil
}

func (d *Desk) happened(ctx context.Context, e event) {
	w := e.Container
	switch {
	case !d.mine[w.PID]:
		d.hold(ctx, w)
		if e.Change == "new" && d.inBanner() {
			_ = d.focusBrowser(ctx) // it may have opened while the bandeau came
		}
	case e.Change == "focus" && d.inBanner():
		// A click on the bandeau: what is typed next is meant for the page.
		_ = d.focusBrowser(ctx)
	case e.Change == "fullscreen_mode" && w.Fullscreen == 0 && !d.inBanner():
		d.again(ctx)
	}
}

// hold keeps a window below the bandeau: not in full screen, and not floating over it.
func (d *Desk) hold(ctx context.Context, w node) {
	if w.Fullscreen == 0 && w.Type != floating {
		return
	}
	if err := run(ctx, d.socket, fmt.Sprintf("[con_id=%d] fullscreen disable, floating disable", w.ID)); err == nil {
		d.again(ctx) // it may have taken the kiosk's own full screen
	}
}

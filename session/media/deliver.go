package media

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Delivery is documents on their way to a key, one after the other. The key is writable from the first Put to Close, and for
// as long a file in its top folder says that a copy runs: should the key be pulled out, it tells whoever plugs it in.
type Delivery struct {
	m      *Medium
	leave  func()
	to     []*target
	closed bool
}

// target is a part that documents go to.
type target struct {
	part   *part
	marker string
	left   bool // something unfinished is on it
}

// Deliver begins a delivery; Close must end it, and Eject and Close of the key wait for that. Another delivery to the key
// waits too. session.ErrReadOnly, ErrPulled.
func (m *Medium) Deliver(ctx context.Context) (*Delivery, error) {
	leave, err := m.enter()
	if err != nil {
		return nil, err
	}
	m.writing.Lock()
	d := &Delivery{m: m, leave: leave}
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case !m.present():
		err = ErrPulled
	case !m.writable():
		err = session.ErrReadOnly
	default:
		return d, nil
	}
	return nil, errors.Join(err, d.Close())
}

// Put copies size bytes of src, from its start, to the top folder of the key, under name or one like it
// (« photo (2).jpg ») when that is taken; nothing that was there is ever replaced. Of several partitions it goes to the first
// that has room. What was written is flushed, read back and compared before it gets its name. progress is told the bytes as
// they are on the key; it may be nil. On any error nothing of the document stays, as far as the key still answers, and the
// delivery may go on. ErrDiffers, session.ErrFull, session.ErrReadOnly, ErrPulled.
func (d *Delivery) Put(ctx context.Context, name session.Private, src *os.File, size int64, progress func(n int64)) error {
	if d.closed {
		return errors.New("the delivery has ended")
	}
	t, err := d.target(ctx, size)
	if err != nil {
		return err
	}
	p := &parcel{m: d.m, root: t.part.root, src: src, size: size, progress: progress}
	err = p.run(ctx, baseOf(name.Reveal()))
	t.left = t.left || p.left
	return err
}

// target is the first part that has room, made writable.
func (d *Delivery) target(ctx context.Context, size int64) (*target, error) {
	var last error = session.ErrReadOnly
	for _, p := range d.m.parts {
		if !p.writable() {
			continue
		}
		free, err := p.free()
		if err != nil {
			return nil, d.m.fault("cannot ask for the room left", err)
		}
		if free < size+spare {
			last = fmt.Errorf("%d bytes, %d free: %w", size, free, session.ErrFull)
			continue
		}
		t, err := d.open(ctx, p)
		if err == nil {
			return t, nil
		}
		if errors.Is(err, ErrPulled) {
			return nil, err
		}
		last = err
	}
	if !d.m.present() {
		return nil, ErrPulled
	}
	return nil, last
}

// open makes a part writable and marks it, unless that was done.
func (d *Delivery) open(ctx context.Context, p *part) (*target, error) {
	for _, t := range d.to {
		if t.part == p {
			return t, nil
		}
	}
	if err := d.m.unlock(p); err != nil {
		return nil, err
	}
	if err := d.m.clear(p); err != nil {
		return nil, errors.Join(err, d.m.lock(p))
	}
	marker, err := d.m.mark(ctx, p)
	if err != nil {
		_ = unmark(p.root, marker) // should it be there
		return nil, errors.Join(err, d.m.lock(p))
	}
	t := &target{part: p, marker: marker}
	d.to = append(d.to, t)
	return t, nil
}

// Close takes the marks away and makes the key read-only again: a key that stays writable is not what the visitor is told,
// that it can be pulled out. A mark stays where something unfinished does. Closing again does nothing.
func (d *Delivery) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	defer d.leave()
	defer d.m.writing.Unlock()
	var errs []error
	for _, t := range d.to {
		if !t.left {
			if err := unmark(t.part.root, t.marker); err != nil {
				errs = append(errs, d.m.writeFault("cannot remove the mark", err))
			}
		}
		errs = append(errs, d.m.lock(t.part))
	}
	return errors.Join(errs...)
}

// unlock makes a part writable.
func (m *Medium) unlock(p *part) error {
	if p.vol == nil {
		return nil
	}
	err := p.vol.setWritable(true)
	if err == nil {
		return nil
	}
	kind := session.ErrReadOnly // whatever the driver has against it: EINVAL for a file system that is to be mended
	if !m.present() {
		kind = ErrPulled
	}
	return errors.Join(fmt.Errorf("cannot make the key writable: %w: %w", kind, err), m.lock(p))
}

// lock makes a part read-only again.
func (m *Medium) lock(p *part) error {
	if p.vol == nil {
		return nil
	}
	if err := p.vol.setWritable(false); err != nil {
		return m.fault("cannot make the key read-only again", err)
	}
	return nil
}

// flush has all that was written to a part on the device in its place, not in a journal alone: the next computer may read it
// without replaying that, as this station does (syncfs(2) writes the device's own cache too).
func (m *Medium) flush(p *part) error {
	if err := unix.Syncfs(p.root); err != nil {
		return m.writeFault("cannot flush the key", err)
	}
	return nil
}

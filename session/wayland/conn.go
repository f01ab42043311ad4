package wayland

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// ErrUnsupported: the compositor does not have the protocol that is asked for.
var ErrUnsupported = errors.New("the compositor does not support this")

// bound is how long a compositor may take to answer when the caller gives no deadline.
const bound = 5 * time.Second

// Objects and messages of the core protocol (wayland.xml).
const (
	display            = 1 // wl_display, there from the start
	displaySync        = 0
	displayGetRegistry = 1
	displayError       = 0
	registryBind       = 0
	registryGlobal     = 0
	callbackDone       = 0
)

// Global is what a compositor offers: an interface and the newest version of it.
type Global struct {
	Interface string
	Version   uint32
	name      uint32 // the compositor's number for it
}

// conn is a connection to a compositor, used by one goroutine at a time.
type conn struct {
	unix     *net.UnixConn
	last     uint32 // the last object that we made
	registry uint32
	globals  []Global
	release  func() bool
}

// maxGlobals is more than any compositor offers.
const maxGlobals = 1024

// dial connects and lists what is offered. From then on the connection ends with ctx.
func dial(ctx context.Context, socket string) (*conn, error) {
	var d net.Dialer
	u, err := d.DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, fmt.Errorf("cannot reach the compositor: %w", err)
	}
	c := &conn{unix: u.(*net.UnixConn), last: display}
	c.release = context.AfterFunc(ctx, func() { _ = c.unix.SetDeadline(time.Unix(1, 0)) })
	c.registry = c.id()
	if err := c.send(request(display, displayGetRegistry, c.registry)); err != nil {
		c.close()
		return nil, err
	}
	if err := c.roundTrip(); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// bounded gives ctx a deadline when it has none.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, bound)
}

func (c *conn) close() {
	c.release()
	_ = c.unix.Close()
}

// id is a number for a new object.
func (c *conn) id() uint32 {
	c.last++
	return c.last
}

// send writes requests, with the descriptors that belong to them.
func (c *conn) send(requests []byte, files ...*os.File) error {
	var rights []byte
	if len(files) > 0 {
		fds := make([]int, len(files))
		for i, f := range files {
			fds[i] = int(f.Fd())
		}
		rights = unix.UnixRights(fds...)
	}
	n, _, err := c.unix.WriteMsgUnix(requests, rights, nil)
	if err == nil && n < len(requests) {
		_, err = c.unix.Write(requests[n:])
	}
	if err != nil {
		return fmt.Errorf("cannot write to the compositor: %w", err)
	}
	return nil
}

// next reads one event. Descriptors that come along are dropped by the kernel, since nobody asks for them (recv(2)). What
// the display itself tells is dealt with here.
func (c *conn) next() (message, error) {
	var h [headerSize]byte
	if _, err := io.ReadFull(c.unix, h[:]); err != nil {
		return message{}, fmt.Errorf("cannot read from the compositor: %w", err)
	}
	m, size, err := parseHeader(h)
	if err != nil {
		return message{}, err
	}
	m.args = make([]byte, size)
	if _, err := io.ReadFull(c.unix, m.args); err != nil {
		return message{}, fmt.Errorf("cannot read from the compositor: %w", err)
	}
	if m.object == display && m.opcode == displayError {
		return message{}, refusal(m)
	}
	return m, nil
}

// refusal is the error that a compositor ends a connection with.
func refusal(m message) error {
	r := m.reader()
	object, code, text := r.uint(), r.uint(), r.string()
	if err := r.end(); err != nil {
		return err
	}
	return fmt.Errorf("the compositor refused: object %d, error %d, %.200q", object, code, text)
}

// roundTrip waits until the compositor has done all that was asked so far, and notes what it offers.
func (c *conn) roundTrip() error {
	callback := c.id()
	if err := c.send(request(display, displaySync, callback)); err != nil {
		return err
	}
	for {
		m, err := c.next()
		if err != nil {
			return err
		}
		switch {
		case m.object == callback && m.opcode == callbackDone:
			return nil
		case m.object == c.registry && m.opcode == registryGlobal:
			g, err := parseGlobal(m)
			if err != nil {
				return err
			}
			if c.globals = append(c.globals, g); len(c.globals) > maxGlobals {
				return errGarbage
			}
		}
	}
}

func parseGlobal(m message) (Global, error) {
	r := m.reader()
	g := Global{name: r.uint(), Interface: r.string(), Version: r.uint()}
	return g, r.end()
}

// bind makes an object of the first global of this interface, in the newest version that both sides know. It gives
// ErrUnsupported when there is none.
func (c *conn) bind(iface string, newest uint32) (object, version uint32, err error) {
	for _, g := range c.globals {
		if g.Interface == iface && g.Version > 0 {
			object, version = c.id(), min(g.Version, newest)
			return object, version, c.send(request(c.registry, registryBind, g.name, iface, version, object))
		}
	}
	return 0, 0, fmt.Errorf("%w: it has no %s", ErrUnsupported, iface)
}

// Globals lists what the compositor behind a socket offers to whoever connects there.
func Globals(ctx context.Context, socket string) ([]Global, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	c, err := dial(ctx, socket)
	if err != nil {
		return nil, err
	}
	defer c.close()
	return c.globals, nil
}

package bus

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// Client is the station of the service, as session.Station and session.Maintainer. Each call takes the deadline of its
// context, or the usual one of the bus, 25 s. Where the service is not there or goes away, it answers
// session.ErrGone, and a later call finds it again.
type Client struct {
	address string

	mu     sync.Mutex // guards what follows
	link   *clientLink
	closed bool
}

var (
	_ session.Station    = (*Client)(nil)
	_ session.Maintainer = (*Client)(nil)
)

// Dial makes a client and connects it to the bus at this address, "" for the system bus. The service need not be there
// yet: calls answer session.ErrGone until it is. An error says that there is no bus. Close the client.
func Dial(ctx context.Context, address string) (*Client, error) {
	if address == "" {
		address = SystemBus
	}
	c := &Client{address: address}
	if _, err := c.connected(ctx); err != nil {
		return nil, fmt.Errorf("cannot reach the bus: %w", err)
	}
	return c, nil
}

// Close gives the connection back. It does not end a session, unlike the Close of a station in the same process: the
// service holds the session, and a kiosk that ends, or is started anew, must not.
func (c *Client) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	if c.link == nil {
		return nil
	}
	err := c.link.conn.Close()
	c.link = nil
	return err
}

// connected is a living connection: the one there is, or a new one.
func (c *Client) connected(ctx context.Context) (*clientLink, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return nil, session.ErrGone
	case c.link != nil && c.link.conn.Connected():
		return c.link, nil
	}
	l, err := newClientLink(ctx, c.address)
	if err != nil {
		return nil, err
	}
	c.link = l
	return l, nil
}

// call makes a call and reads its answer into the pointers.
func (c *Client) call(ctx context.Context, method string, answer []any, args ...any) error {
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	defer cancel()
	l, err := c.connected(ctx)
	if err != nil {
		return gone(ctx)
	}
	// Whether the service runs is for systemd to say, and for IT: a question must not start it.
	done := l.conn.Object(Name, Path).CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...)
	if done.Err != nil {
		return fromBus(ctx, done.Err)
	}
	if err := store(done.Body, answer...); err != nil {
		return errors.New("the station answers what cannot be read")
	}
	return nil
}

// ask is call for a method of the station without an answer.
func (c *Client) ask(ctx context.Context, method string, args ...any) error {
	return c.call(ctx, stationInterface+"."+method, nil, args...)
}

// none is an empty a{sv}.
func none() map[string]dbus.Variant { return map[string]dbus.Variant{} }

package bus

import (
	"context"
	"sync"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// clientLink is one connection of a client to the bus.
type clientLink struct {
	conn *dbus.Conn

	mu       sync.Mutex // guards what follows
	owner    string     // the unique name of the service, "" when it is not there
	told     bool       // the bus told who it is since the connection began
	over     bool       // the connection has ended
	watchers map[*watcher]struct{}
}

// newClientLink connects, and follows the service: who it is, and what it tells.
func newClientLink(ctx context.Context, address string) (*clientLink, error) {
	l := &clientLink{watchers: map[*watcher]struct{}{}}
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	defer cancel()
	lifetime, end := context.WithCancel(context.Background())
	defer context.AfterFunc(ctx, end)() // a bus that does not answer
	conn, err := dbus.Connect(address, dbus.WithContext(lifetime), dbus.WithSignalHandler(l))
	if err != nil {
		end()
		return nil, err
	}
	l.conn = conn
	context.AfterFunc(conn.Context(), func() {
		end()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.over = true
		l.leaveAll()
	})
	if err := l.follow(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return l, nil
}

// follow asks for the signals first, then who the service is, so that no change is lost between the two.
func (l *clientLink) follow(ctx context.Context) error {
	for _, rule := range [][]dbus.MatchOption{
		{
			dbus.WithMatchSender(busName), dbus.WithMatchInterface(busName), dbus.WithMatchMember("NameOwnerChanged"),
			dbus.WithMatchArg(0, Name),
		},
		{
			dbus.WithMatchSender(Name), dbus.WithMatchInterface(propertiesInterface), dbus.WithMatchMember("PropertiesChanged"),
			dbus.WithMatchObjectPath(Path), dbus.WithMatchArg(0, stationInterface),
		},
	} {
		if err := l.conn.AddMatchSignalContext(ctx, rule...); err != nil {
			return err
		}
	}
	var owner string
	err := l.conn.BusObject().CallWithContext(ctx, busName+".GetNameOwner", 0, Name).Store(&owner)
	if _, answered := err.(dbus.Error); err != nil && !answered {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.told {
		l.owner = owner
	}
	return nil
}

// DeliverSignal takes one signal; godbus calls it in the order of the bus. Anybody may send a signal to this
// connection, so who sent it is looked at.
func (l *clientLink) DeliverSignal(_, name string, signal *dbus.Signal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case signal.Sender == busName && name == "NameOwnerChanged":
		var who, before, after string
		if store(signal.Body, &who, &before, &after) == nil && who == Name {
			l.owner, l.told = after, true
			if before != "" {
				l.leaveAll()
			}
		}
	case signal.Sender == l.owner && signal.Path == Path && name == "PropertiesChanged":
		l.changed(signal.Body)
	}
}

// changed reads PropertiesChanged. A status that cannot be read ends all watching, rather than leave an old one on the
// screen.
func (l *clientLink) changed(body []any) {
	if len(body) != 3 || body[0] != stationInterface {
		return
	}
	properties, _ := body[1].(map[string]dbus.Variant)
	v, there := properties["Status"]
	if !there {
		return
	}
	m, _ := v.Value().(map[string]dbus.Variant)
	status, err := decodeStatus(m)
	if err != nil {
		l.leaveAll()
		return
	}
	for w := range l.watchers {
		w.tell(status)
	}
}

// leaveAll ends all watching. The caller holds mu.
func (l *clientLink) leaveAll() {
	for w := range l.watchers {
		l.leave(w)
	}
}

// leave ends one watching. The caller holds mu.
func (l *clientLink) leave(w *watcher) {
	if _, there := l.watchers[w]; there {
		delete(l.watchers, w)
		w.stop()
		close(w.ch)
	}
}

// watcher is one reader of Watch: a channel that holds the newest Status only.
type watcher struct {
	ch   chan session.Status
	stop func() bool // lets go of the reader's context
	told bool
	last uint64 // the serial of what was told last
}

// tell replaces what the reader has not read yet, unless it is newer. The caller holds mu, so there is one writer.
func (w *watcher) tell(status session.Status) {
	if w.told && status.Serial < w.last {
		return
	}
	w.told, w.last = true, status.Serial
	select {
	case <-w.ch:
	default:
	}
	w.ch <- status
}

// Watch sends each Status until ctx ends or the service goes away.
func (c *Client) Watch(ctx context.Context) (<-chan session.Status, error) {
	l, err := c.connected(ctx)
	if err != nil {
		return nil, gone(ctx)
	}
	w := &watcher{stop: func() bool { return true }, ch: make(chan session.Status, 1)}
	l.mu.Lock()
	if l.over {
		l.mu.Unlock()
		return nil, session.ErrGone
	}
	l.watchers[w] = struct{}{}
	l.mu.Unlock()
	status, err := c.Status(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.leave(w)
		return nil, err
	}
	if _, there := l.watchers[w]; !there {
		return nil, session.ErrGone
	}
	w.tell(status)
	w.stop = context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.leave(w)
	})
	return w.ch, nil
}

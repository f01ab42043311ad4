package media

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"
)

var errBusGone = errors.New("the system bus is gone")

// udisksBus is a connection to the system bus that hears UDisks2.
type udisksBus struct {
	conn  *dbus.Conn
	signs chan *dbus.Signal
}

// busPatience is how long UDisks2 may take to answer; the bus may have to start it first.
const busPatience = 30 * time.Second

// gatherSigns is how long signs are gathered: one key that is plugged in gives many.
const gatherSigns = 200 * time.Millisecond

// dial connects and asks for the signs. The caller closes.
func dial(ctx context.Context) (*udisksBus, error) {
	conn, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return nil, errors.New("no system bus")
	}
	b := &udisksBus{conn: conn, signs: make(chan *dbus.Signal, 64)}
	conn.Signal(b.signs)
	sender := dbus.WithMatchSender(udisksName)
	changed := func(of string) []dbus.MatchOption {
		return []dbus.MatchOption{
			sender, dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged"), dbus.WithMatchArg(0, of),
		}
	}
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, udisksName)},
		{sender, dbus.WithMatchInterface(managerInterface)},
		changed(blockInterface),
		changed(driveInterface),
		changed(partInterface),
		changed(fsInterface),
	} {
		if err := conn.AddMatchSignalContext(ctx, match...); err != nil {
			return nil, errors.Join(busFault("cannot listen to UDisks2", err), conn.Close())
		}
	}
	return b, nil
}

func (b *udisksBus) close() { _ = b.conn.Close() }

// objects reads all that UDisks2 knows. The bus starts it when it does not run.
func (b *udisksBus) objects(ctx context.Context) (objects, error) {
	ctx, cancel := context.WithTimeout(ctx, busPatience)
	defer cancel()
	var all managed
	err := b.conn.Object(udisksName, udisksPath).CallWithContext(ctx, managerInterface+".GetManagedObjects", 0).Store(&all)
	if err != nil {
		return objects{}, busFault("cannot ask UDisks2 for its devices", err)
	}
	return decode(all), nil
}

// wait waits for a sign and those that come with it, or for as long as again says, when it is not 0. An error says that
// UDisks2 or the bus is gone.
func (b *udisksBus) wait(ctx context.Context, again time.Duration) error {
	var enough <-chan time.Time
	if again > 0 {
		enough = time.After(again)
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-b.conn.Context().Done():
			return errBusGone
		case <-enough:
			return nil
		case sign, open := <-b.signs:
			if !open {
				return errBusGone
			}
			if isGone(sign) {
				return errors.New("UDisks2 ended")
			}
			if again == 0 || again > gatherSigns {
				again, enough = gatherSigns, time.After(gatherSigns)
			}
		}
	}
}

// isGone says that a sign is that UDisks2 left the bus.
func isGone(sign *dbus.Signal) bool {
	if sign.Name != "org.freedesktop.DBus.NameOwnerChanged" || len(sign.Body) != 3 {
		return false
	}
	owner, isText := sign.Body[2].(string)
	return isText && owner == ""
}

// busFault keeps of an error on the bus its name: what it says may hold the device, the label or the serial number.
func busFault(doing string, err error) error {
	var e dbus.Error
	var p *dbus.Error
	switch {
	case errors.As(err, &e):
		return fmt.Errorf("%s: %s", doing, e.Name)
	case errors.As(err, &p):
		return fmt.Errorf("%s: %s", doing, p.Name)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: no answer in time", doing)
	case errors.Is(err, context.Canceled):
		return context.Canceled
	default:
		return fmt.Errorf("%s: the bus was lost", doing)
	}
}

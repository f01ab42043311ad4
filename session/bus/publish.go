package bus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/godbus/dbus/v5"
)

// serverLink is one connection to the bus.
type serverLink struct {
	conn    *dbus.Conn
	gate    *gate
	callers callers
}

// connect opens a connection and puts the station there. The name comes last: whoever sees it may call.
func (s *Server) connect() (*serverLink, error) {
	socket, err := dialSocket(s.Address)
	if err != nil {
		return nil, fmt.Errorf("cannot reach the bus: %w", err)
	}
	l := &serverLink{gate: &gate{UnixConn: socket}}
	l.conn, err = dbus.NewConn(l.gate,
		dbus.WithContext(s.lifetime()), dbus.WithHandler(handler{s, l}), dbus.WithSignalHandler(l))
	if err != nil {
		return nil, errors.Join(err, socket.Close())
	}
	l.gate.conn = l.conn
	if err := s.takeName(l.conn); err != nil {
		return nil, errors.Join(err, l.conn.Close())
	}
	return l, nil
}

// lifetime is that of a connection: it outlives the server's context, so that the last calls are answered.
func (s *Server) lifetime() context.Context { return context.WithoutCancel(s.ctx) }

func (s *Server) takeName(conn *dbus.Conn) error {
	ctx, cancel := context.WithTimeout(s.ctx, longestCall)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := conn.Auth([]dbus.Auth{dbus.AuthExternal(strconv.Itoa(os.Geteuid()))}); err != nil {
		return fmt.Errorf("cannot enter the bus: %w", err)
	}
	if err := conn.Hello(); err != nil {
		return fmt.Errorf("cannot enter the bus: %w", err)
	}
	err := conn.AddMatchSignalContext(ctx,
		dbus.WithMatchSender(busName), dbus.WithMatchInterface(busName), dbus.WithMatchMember("NameOwnerChanged"))
	if err != nil {
		return fmt.Errorf("cannot follow who is on the bus: %w", err)
	}
	reply, err := conn.RequestName(Name, dbus.NameFlagDoNotQueue)
	if err != nil {
		return fmt.Errorf("cannot own %s, which the policy of the bus must allow: %w", Name, err)
	}
	if reply != dbus.RequestNameReplyPrimaryOwner {
		return ErrTaken
	}
	return nil
}

// DeliverSignal forgets callers that left. The gate lets through signals of the bus itself only.
func (l *serverLink) DeliverSignal(_, name string, signal *dbus.Signal) {
	if name != "NameOwnerChanged" || len(signal.Body) != 3 {
		return
	}
	if who, ok := signal.Body[0].(string); ok && signal.Body[2] == "" {
		l.callers.forget(who)
	}
}

// push tells each change of the station until the connection or the server ends.
func (s *Server) push(l *serverLink) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	defer context.AfterFunc(l.conn.Context(), cancel)()
	changes, err := s.Station.Watch(ctx)
	if err != nil {
		s.Log.Error("cannot follow the station", "error", err)
		<-ctx.Done()
		return
	}
	for status := range changes {
		_ = l.conn.Emit(Path, propertiesInterface+".PropertiesChanged", stationInterface,
			map[string]dbus.Variant{"Status": dbus.MakeVariant(encode(statusFields, &status))}, []string{})
	}
	<-ctx.Done() // the station may have closed: its calls answer that
}

package bus

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

// longestCall bounds a call on both sides. A station answers at once; the bound is for one that does not.
const longestCall = 25 * time.Second

// handler leads every call of one connection to dispatch. godbus looks up an object, an interface and a method; all
// three are found here, so that there is one place that refuses.
type handler struct {
	server *Server
	link   *serverLink
}

func (h handler) LookupObject(dbus.ObjectPath) (dbus.ServerObject, bool) { return h, true }
func (h handler) LookupInterface(string) (dbus.Interface, bool)          { return h, true }
func (h handler) LookupMethod(string) (dbus.Method, bool)                { return h, true }
func (h handler) NumArguments() int                                      { return 0 }
func (h handler) NumReturns() int                                        { return 0 }
func (h handler) ArgumentValue(int) any                                  { return nil }
func (h handler) ReturnValue(int) any                                    { return nil }

// DecodeArguments gives the message itself to Call.
func (h handler) DecodeArguments(_ *dbus.Conn, _ string, m *dbus.Message, _ []any) ([]any, error) {
	return []any{m}, nil
}

// Call answers one call.
func (h handler) Call(args ...any) ([]any, error) {
	m := args[0].(*dbus.Message)
	out, err := h.server.answer(h.link, m)
	if err == nil || m.Flags&dbus.FlagNoReplyExpected != 0 {
		return out, nil
	}
	return nil, toBus(err)
}

// answer sees that a call may be made, and makes it. Whatever happens in there, the service goes on.
func (s *Server) answer(l *serverLink, m *dbus.Message) (out []any, err error) {
	sender := text(m, dbus.FieldSender)
	c := &call{path: object(m), args: m.Body, file: l.file(message{sender, m.Serial()})}
	defer func() {
		if c.file != nil {
			_ = c.file.Close()
		}
	}()
	if !s.begin() {
		return nil, tooMuch("too many calls are being answered")
	}
	defer s.finish()
	name := "a method"
	defer func() {
		if r := recover(); r != nil {
			s.Log.Error("internal error: a call panicked", "method", name, "kind", fmt.Sprintf("%T", r))
			out, err = nil, refusal(failed, "the station could not do it; its journal says why")
		}
	}()
	ctx, cancel := context.WithTimeout(s.ctx, longestCall)
	defer cancel()
	by, err := l.callers.find(ctx, l.conn, sender)
	if err != nil {
		return nil, denied()
	}
	method, err := findMethod(m)
	if err != nil {
		return nil, s.afterRights(by, err)
	}
	name = method.name
	if !s.Callers.may(method.who, by) {
		return nil, denied()
	}
	if signature(m) != method.in {
		return nil, invalid("%s takes %q", method.name, method.in)
	}
	out, err = method.call(ctx, s, c)
	if err != nil && !known(err) {
		s.Log.Error("a call failed", "method", method.name, "error", withoutNames(err))
	}
	return out, err
}

// afterRights tells what there is only to who may call something.
func (s *Server) afterRights(by caller, err error) error {
	if s.Callers.may(reader, by) {
		return err
	}
	return denied()
}

func findMethod(m *dbus.Message) (method, error) {
	path, iface, name := object(m), text(m, dbus.FieldInterface), text(m, dbus.FieldMember)
	if path != Path && !(iface == introspectInterface && leadsTo(path)) {
		return method{}, refusal("org.freedesktop.DBus.Error.UnknownObject", "there is no such object")
	}
	for _, method := range methods {
		if method.name == name && method.iface == iface {
			return method, nil
		}
	}
	return method{}, refusal("org.freedesktop.DBus.Error.UnknownMethod", "there is no such method")
}

func text(m *dbus.Message, f dbus.HeaderField) string {
	s, _ := m.Headers[f].Value().(string)
	return s
}

func object(m *dbus.Message) dbus.ObjectPath {
	p, _ := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	return p
}

func signature(m *dbus.Message) string {
	s, _ := m.Headers[dbus.FieldSignature].Value().(dbus.Signature)
	return s.String()
}

// begin and finish count the calls that are being answered; none begins once the server closes.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing || s.busy >= mostCalls {
		return false
	}
	s.busy++
	s.answers.Add(1)
	return true
}

func (s *Server) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	s.answers.Done()
}

// file is the descriptor that came with a call, nil without one.
func (l *serverLink) file(m message) *os.File {
	fd, there := l.gate.take(m)
	if !there {
		return nil
	}
	return os.NewFile(uintptr(fd), "handed over")
}

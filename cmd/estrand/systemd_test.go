package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// fate is what becomes of the connections while a job is asked for.
type fate int

const (
	carriedOut   fate = iota
	lostUnheard       // systemd executes itself anew before it has answered
	lostMidway        // after it has answered, before the job is over
	neverAnswers      // it hangs
)

// fakeSystemd is what systemd is on its private socket: units are started and stopped at once.
type fakeSystemd struct {
	t      testing.TB
	socket string

	mu       sync.Mutex // guards what follows
	listener net.Listener
	peers    map[net.Conn]bool // true once it may be told of jobs
	asked    []string
	state    map[string]string // the ActiveState of units
	fates    []fate            // of the next jobs; then all are carried out
	refuses  string            // the name of an error, "" for none
	result   string            // of jobs
}

func newSystemd(t testing.TB) *fakeSystemd {
	f := &fakeSystemd{
		t: t, socket: filepath.Join(t.TempDir(), "private"), peers: map[net.Conn]bool{}, state: map[string]string{},
		result: "done",
	}
	f.starts()
	t.Cleanup(f.ends)
	return f
}

// units speaks with it.
func (f *fakeSystemd) units() *units { return &units{address: "unix:path=" + f.socket} }

func (f *fakeSystemd) starts() {
	listener, err := net.Listen("unix", f.socket)
	if err != nil {
		f.t.Fatal(err)
	}
	f.mu.Lock()
	f.listener = listener
	f.mu.Unlock()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.peers[conn] = false
			f.mu.Unlock()
			go f.serve(conn)
		}
	}()
}

// ends takes the socket away and hangs up.
func (f *fakeSystemd) ends() {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = f.listener.Close()
	f.hangUp()
}

// hangUp closes every connection. The caller holds mu.
func (f *fakeSystemd) hangUp() {
	for conn := range f.peers {
		_ = conn.Close()
		delete(f.peers, conn)
	}
}

// heard is what was asked, and forgets it.
func (f *fakeSystemd) heard() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	asked := f.asked
	f.asked = nil
	return asked
}

func (f *fakeSystemd) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	if err := letIn(conn, in); err != nil {
		return
	}
	for {
		msg, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		f.mu.Lock()
		f.peers[conn] = true
		f.answer(conn, msg)
		f.mu.Unlock()
	}
}

// letIn is the server's side of the authentication (D-Bus specification, "Authentication Protocol").
func letIn(conn net.Conn, in *bufio.Reader) error {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		say := "ERROR"
		switch line = strings.TrimSpace(strings.TrimPrefix(line, "\x00")); {
		case line == "BEGIN":
			return nil
		case line == "AUTH":
			say = "REJECTED EXTERNAL"
		case strings.HasPrefix(line, "AUTH EXTERNAL"):
			say = "OK 0123456789abcdef0123456789abcdef"
		}
		if _, err := conn.Write([]byte(say + "\r\n")); err != nil {
			return err
		}
	}
}

// answer answers one call. The caller holds mu.
func (f *fakeSystemd) answer(conn net.Conn, msg *dbus.Message) {
	member, _ := msg.Headers[dbus.FieldMember].Value().(string)
	path, _ := msg.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	switch member {
	case "StartUnit", "StopUnit":
		f.job(conn, msg, strings.ToLower(strings.TrimSuffix(member, "Unit")), msg.Body[0].(string))
	case "Get":
		state := "inactive"
		for unit, s := range f.state {
			if strings.HasSuffix(string(path), "/"+escaped(unit)) {
				state = s
			}
		}
		f.reply(conn, msg, dbus.MakeVariant(state))
	default: // AddMatch: nobody needs to ask on this socket
		f.refuse(conn, msg, "org.freedesktop.DBus.Error.UnknownMethod")
	}
}

func (f *fakeSystemd) job(conn net.Conn, msg *dbus.Message, what, unit string) {
	f.asked = append(f.asked, what+" "+unit)
	fate := carriedOut
	if len(f.fates) > 0 {
		fate, f.fates = f.fates[0], f.fates[1:]
	}
	switch {
	case fate == neverAnswers:
		return
	case fate == lostUnheard:
		f.hangUp()
		return
	case f.refuses != "":
		f.refuse(conn, msg, f.refuses)
		return
	}
	id := uint32(len(f.asked))
	job := dbus.ObjectPath(fmt.Sprintf("/org/freedesktop/systemd1/job/%d", id))
	f.reply(conn, msg, job)
	if fate == lostMidway {
		f.hangUp()
		return
	}
	for peer, ready := range f.peers {
		if ready {
			f.send(peer, &dbus.Message{Type: dbus.TypeSignal, Headers: map[dbus.HeaderField]dbus.Variant{
				dbus.FieldPath:      dbus.MakeVariant(dbus.ObjectPath("/org/freedesktop/systemd1")),
				dbus.FieldInterface: dbus.MakeVariant("org.freedesktop.systemd1.Manager"),
				dbus.FieldMember:    dbus.MakeVariant("JobRemoved"),
			}, Body: []any{id, job, unit, f.result}})
		}
	}
}

func (f *fakeSystemd) reply(conn net.Conn, to *dbus.Message, body ...any) {
	f.send(conn, &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldReplySerial: dbus.MakeVariant(to.Serial()),
	}, Body: body})
}

func (f *fakeSystemd) refuse(conn net.Conn, to *dbus.Message, name string) {
	f.send(conn, &dbus.Message{Type: dbus.TypeError, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldReplySerial: dbus.MakeVariant(to.Serial()),
		dbus.FieldErrorName:   dbus.MakeVariant(name),
	}, Body: []any{"no"}})
}

func (f *fakeSystemd) send(conn net.Conn, msg *dbus.Message) {
	msg.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(msg.Body...))
	if err := msg.EncodeTo(conn, binary.LittleEndian); err != nil && !errors.Is(err, net.ErrClosed) {
		f.t.Logf("the fake systemd cannot send: %v", err)
	}
}

// escaped is how a unit is called in a path of the bus (sd_bus_path_encode(3)), for the names of ours.
func escaped(unit string) string {
	return strings.NewReplacer("-", "_2d", ".", "_2e").Replace(unit)
}

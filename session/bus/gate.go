package bus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// gate is the connection of the service to the bus, between the socket and godbus. godbus v5.2.4 panics in a goroutine
// of its own on an array or a dict of descriptors, ends the connection on some dicts and depths that the bus lets
// through, and needs minutes for structs in structs: whoever may call could so stop a root service. The gate reads each
// message whole, sees that its types are those that methods take, tries to decode it where a panic is caught, and hands
// on what went well; the caller of anything else gets an error. It also keeps the descriptors, so that those of a
// refused call are closed.
type gate struct {
	*net.UnixConn
	conn *dbus.Conn // refuses; set before BEGIN

	begun   bool   // authentication is over, messages follow
	buffer  []byte // of one message
	pending []byte // of it, what godbus has not read

	mu     sync.Mutex
	closed bool
	kept   map[message]int // descriptors of calls that are on their way
}

// message names a message: a serial is of its sender.
type message struct {
	sender string
	serial uint32
}

// Write sends what godbus wrote. Just before authentication ends, it agrees with the bus on passing descriptors, which
// godbus does only on a socket that it opened itself.
func (g *gate) Write(b []byte) (int, error) {
	if !g.begun && bytes.Equal(b, []byte("BEGIN\r\n")) {
		if err := g.negotiate(); err != nil {
			return 0, err
		}
		g.begun = true
	}
	return g.UnixConn.Write(b)
}

func (g *gate) negotiate() error {
	if _, err := g.UnixConn.Write([]byte("NEGOTIATE_UNIX_FD\r\n")); err != nil {
		return err
	}
	line := make([]byte, 0, 64)
	for !bytes.HasSuffix(line, []byte("\r\n")) && len(line) < cap(line) {
		line = line[:len(line)+1]
		if _, err := io.ReadFull(g.UnixConn, line[len(line)-1:]); err != nil {
			return err
		}
	}
	if !bytes.HasPrefix(line, []byte("AGREE_UNIX_FD")) {
		return errors.New("the bus does not pass descriptors")
	}
	return nil
}

// Read gives godbus the messages that may pass.
func (g *gate) Read(b []byte) (int, error) {
	if !g.begun {
		return g.UnixConn.Read(b)
	}
	for len(g.pending) == 0 {
		if err := g.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, g.pending)
	clear(g.pending[:n]) // it may hold a code or a name
	g.pending = g.pending[n:]
	return n, nil
}

// next reads one message, and makes it pending when it may pass. An error ends the connection: it comes from the bus.
func (g *gate) next() error {
	clear(g.buffer) // what was refused, too
	in := fdReader{conn: g.UnixConn}
	defer in.close()
	fixed := make([]byte, fixedLength)
	if _, err := io.ReadFull(&in, fixed); err != nil {
		return err
	}
	h, order, err := readFixed(fixed)
	if err != nil {
		return err
	}
	whole := fixedLength + int(h.fields+h.body)
	keep := min(whole, largestMessage)
	if cap(g.buffer) < keep {
		g.buffer = make([]byte, keep)
	}
	raw := g.buffer[:keep]
	copy(raw, fixed)
	if _, err := io.ReadFull(&in, raw[fixedLength:]); err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, &in, int64(whole-keep)); err != nil {
		return err
	}
	if int(h.fields) > keep-fixedLength || h.readFields(order, raw[fixedLength:], int(order.Uint32(fixed[12:]))) != nil {
		return nil // whoever it is from cannot be answered
	}
	if h.kind != dbus.TypeMethodCall {
		if h.sender == busName && whole == keep {
			g.pending = raw
		}
		return nil // nobody else is asked anything, or listened to
	}
	if refused := g.judge(h, order, raw, whole, &in); refused != nil {
		g.refuse(h, refused)
		return nil
	}
	g.pending = raw
	return nil
}

// judge says why a call may not pass, and keeps its descriptor if it may.
func (g *gate) judge(h header, order binary.ByteOrder, raw []byte, whole int, in *fdReader) *dbus.Error {
	if whole > len(raw) {
		return tooMuch("the message is too large")
	}
	if why := checkBody(h.sig, &walker{order: order, b: raw[fixedLength+h.fields:]}); why != nil {
		return why
	}
	switch {
	case !decodes(raw):
		return invalid("the arguments cannot be read")
	case in.truncated || len(in.fds) > 1 || len(in.fds) == 1 && !takesFile(h):
		return invalid("a descriptor is no argument here")
	case len(in.fds) == 1:
		return g.keep(h, in)
	}
	return nil
}

// takesFile says that a descriptor is an argument of a call: a terminal, or a sheet.
func takesFile(h header) bool {
	if h.kind != dbus.TypeMethodCall || h.iface != stationInterface {
		return false
	}
	return h.member == "Browse" || h.member == "PrintPaper" || h.member == "SavePaper"
}

// decodes says that godbus reads a message without a panic or an error. Descriptors stay out of it. dbus-daemon looks
// into bodies too; another bus need not.
func decodes(raw []byte) (sound bool) {
	defer func() {
		if recover() != nil {
			sound = false
		}
	}()
	_, err := dbus.DecodeMessage(bytes.NewReader(raw))
	return err == nil
}

func (g *gate) refuse(h header, why *dbus.Error) {
	if h.kind != dbus.TypeMethodCall || h.flags&dbus.FlagNoReplyExpected != 0 || g.conn == nil {
		return
	}
	g.conn.Send(&dbus.Message{
		Type: dbus.TypeError,
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldDestination: dbus.MakeVariant(h.sender),
			dbus.FieldErrorName:   dbus.MakeVariant(why.Name),
			dbus.FieldReplySerial: dbus.MakeVariant(h.serial),
			dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(why.Body...)),
		},
		Body: why.Body,
	}, nil)
}

// keep keeps the descriptor of a call until take.
func (g *gate) keep(h header, in *fdReader) *dbus.Error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed || len(g.kept) >= mostCalls {
		return tooMuch("too many calls are on their way")
	}
	if g.kept == nil {
		g.kept = map[message]int{}
	}
	m := message{h.sender, h.serial}
	if _, twice := g.kept[m]; twice {
		return invalid("the serial was used before")
	}
	g.kept[m] = in.fds[0]
	in.fds = nil
	return nil
}

// take gives the descriptor that came with a call, which is the taker's to close; false when none came.
func (g *gate) take(m message) (int, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	fd, there := g.kept[m]
	delete(g.kept, m)
	return fd, there
}

// Close closes the connection and every descriptor that nobody took.
func (g *gate) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for m, fd := range g.kept {
		_ = unix.Close(fd)
		delete(g.kept, m)
	}
	return g.UnixConn.Close()
}

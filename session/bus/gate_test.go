package bus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// pair is a gate whose bus is the test: what a bus does not let through, and another one might.
func pair(t *testing.T) (*gate, *net.UnixConn) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	var ends [2]*net.UnixConn
	for i, fd := range fds {
		f := os.NewFile(uintptr(fd), "socket")
		c, err := net.FileConn(f)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		ends[i] = c.(*net.UnixConn)
		t.Cleanup(func() { _ = c.Close() })
	}
	return &gate{UnixConn: ends[0], begun: true}, ends[1]
}

// callBytes is a call of a method as bytes.
func callBytes(t testing.TB, member string, args ...any) []byte {
	t.Helper()
	m := dbus.Message{Type: dbus.TypeMethodCall, Body: args, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(Path), dbus.FieldInterface: dbus.MakeVariant(Name), dbus.FieldMember: dbus.MakeVariant(member),
		dbus.FieldSender: dbus.MakeVariant(":1.5"), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(args...)),
	}}
	var b bytes.Buffer
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A bus need not look into what it hands on: the gate does, and the next message passes all the same.
func TestTheGateLooksIntoMessages(t *testing.T) {
	neitherYesNorNo := callBytes(t, "Open", one("large", true))
	neitherYesNorNo[len(neitherYesNorNo)-4] = 7
	noSignature := bytes.Replace(callBytes(t, "Open", one("large", true)), []byte("a{sv}"), []byte("a{ss}"), 1)
	long := callBytes(t, "Open", one("large", "yes"))
	long[len(long)-8] = 200 // the length of a string that is not there
	otherField := bytes.Replace(callBytes(t, "Open", none()), []byte("\x01s\x00"), []byte("\x01x\x00"), 1)
	for name, raw := range map[string][]byte{
		"a truth that is none": neitherYesNorNo, "another signature": noSignature, "a string without end": long,
		"a field's other type": otherField,
	} {
		g, theBus := pair(t)
		sound := callBytes(t, "Touch", none())
		if _, err := theBus.Write(append(raw, sound...)); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(sound))
		if n, err := g.Read(got); err != nil || !bytes.Equal(got[:n], sound) {
			t.Errorf("%s: the gate let %q through, %v", name, got[:n], err)
		}
	}
}

// A message that cannot be one ends the connection: after it, nobody knows where the next begins.
func TestTheGateEndsOnNoise(t *testing.T) {
	for _, noise := range []string{"GET / HTTP/1.1\r\n\r\n", "l\x01\x00\x01\xff\xff\xff\xff\x01\x00\x00\x00\xff\xff\xff\xff"} {
		g, theBus := pair(t)
		if _, err := theBus.Write([]byte(noise)); err != nil {
			t.Fatal(err)
		}
		if n, err := g.Read(make([]byte, 100)); err == nil {
			t.Errorf("%q: %d bytes went through", noise, n)
		}
	}
}

// What came for a call that is never made is closed with the connection.
func TestTheGateClosesWhatNobodyTook(t *testing.T) {
	g, theBus := pair(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw := callBytes(t, "Browse", one("terminal", dbus.UnixFDIndex(0)))
	for range 3 { // the same serial thrice: the second and third are refused
		if _, _, err := theBus.WriteMsgUnix(raw, unix.UnixRights(int(w.Fd())), nil); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Close()
	for range 3 {
		if err := g.next(); err != nil {
			t.Fatal(err)
		}
	}
	if len(g.kept) != 1 {
		t.Errorf("the gate keeps %d descriptors", len(g.kept))
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	_ = r.SetReadDeadline(time.Now().Add(time.Minute))
	if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		t.Error("a writing end is still open")
	}
}

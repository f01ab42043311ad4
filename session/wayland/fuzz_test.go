package wayland

import (
	"errors"
	"net"
	"os"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// FuzzEvents gives a client any bytes: it ends with an error or with the answer that it waited for, and keeps within
// bounds.
func FuzzEvents(f *testing.F) {
	ok := slices.Concat(global(1, "wl_seat", 9), request(display, 1, uint32(3)), done(firstCallback))
	f.Add(ok)
	f.Add(ok[:len(ok)-1])
	f.Add(request(display, displayError, uint32(1), uint32(2), "why"))
	f.Add([]byte{2, 0, 0, 0, 0, 0, 20, 0, 1, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		ours, theirs := pair(t)
		defer theirs.Close()
		c := &conn{unix: ours, last: display + 1, registry: display + 1, release: func() bool { return true }}
		defer c.close()
		_ = ours.SetDeadline(time.Now().Add(patience))
		go func() {
			_, _ = theirs.Write(data)
			_ = theirs.CloseWrite()
		}()
		err := c.roundTrip()
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("it waits for what cannot come")
		}
		if len(c.globals) > len(data)/20 || len(c.globals) > maxGlobals+1 {
			t.Errorf("%d globals in %d bytes", len(c.globals), len(data))
		}
	})
}

func pair(t *testing.T) (a, b *net.UnixConn) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	var ends [2]*net.UnixConn
	for i, fd := range fds {
		file := os.NewFile(uintptr(fd), "pair")
		c, err := net.FileConn(file)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		ends[i] = c.(*net.UnixConn)
	}
	return ends[0], ends[1]
}

// FuzzRequest: what is written is read back the same, in whole words.
func FuzzRequest(f *testing.F) {
	f.Add(uint32(1), "wl_seat", uint32(9))
	f.Add(uint32(1<<32-1), "", uint32(0))
	f.Fuzz(func(t *testing.T, a uint32, s string, b uint32) {
		if len(s) > maxMessage-64 {
			return
		}
		data := request(7, 3, a, s, b)
		m, size, err := parseHeader([headerSize]byte(data))
		if err != nil || m.object != 7 || m.opcode != 3 || size != len(data)-headerSize {
			t.Fatalf("header %+v, %d of %d bytes, %v", m, size, len(data), err)
		}
		m.args = data[headerSize:]
		r := m.reader()
		if x, y, z := r.uint(), r.string(), r.uint(); x != a || y != s || z != b || r.end() != nil {
			t.Errorf("wrote %d %q %d, read %d %q %d, %v", a, s, b, x, y, z, r.end())
		}
		r = message{args: m.args[:len(m.args)-4]}.reader()
		if r.uint(); r.string() == s && r.uint() == b && r.end() == nil {
			t.Error("a message that is cut short reads as whole")
		}
	})
}

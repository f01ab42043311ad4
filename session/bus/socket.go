package bus

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// fdReader reads bytes and the descriptors that come with them.
type fdReader struct {
	conn      *net.UnixConn
	fds       []int
	truncated bool
}

func (r *fdReader) Read(b []byte) (int, error) {
	var oob [256]byte
	n, oobn, flags, _, err := r.conn.ReadMsgUnix(b, oob[:])
	if n == 0 && err == nil && len(b) > 0 {
		err = io.EOF
	}
	r.truncated = r.truncated || flags&unix.MSG_CTRUNC != 0
	controls, _ := unix.ParseSocketControlMessage(oob[:oobn])
	for _, c := range controls {
		fds, _ := unix.ParseUnixRights(&c)
		r.fds = append(r.fds, fds...)
	}
	return n, err
}

func (r *fdReader) close() {
	for _, fd := range r.fds {
		_ = unix.Close(fd)
	}
}

// dialSocket opens the socket of a bus address: one that begins with unix:path= or unix:abstract=.
func dialSocket(address string) (*net.UnixConn, error) {
	for prefix, first := range map[string]string{"unix:path=": "", "unix:abstract=": "@"} {
		value, ours := strings.CutPrefix(address, prefix)
		value, _, _ = strings.Cut(value, ",")
		if !ours {
			continue
		}
		name, err := dbus.UnescapeBusAddressValue(value)
		if err != nil {
			return nil, err
		}
		return net.DialUnix("unix", nil, &net.UnixAddr{Name: first + name, Net: "unix"})
	}
	return nil, errors.New("the address of the bus does not begin with unix:path= or unix:abstract=")
}

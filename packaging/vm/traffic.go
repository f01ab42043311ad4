//go:build vm

package vm

import (
	"fmt"
	"io"
	"net"
)

// trafficSize is a multiple of what a network card has room for.
const trafficSize = 64 << 20

// OtherTraffic lets data of nobody's pass through the network card of the guest, as that of other programs and computers
// does all day. The card's own buffers keep what came last until something else comes: a page that came in clear, over
// http, can be read there, one that came over https cannot. Nothing in the computer reaches them otherwise.
func (m *Machine) OtherTraffic() {
	m.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	m.must(err, "open a port")
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = io.CopyN(conn, marks{}, trafficSize)
	}()
	m.Guest("bash", "-c", fmt.Sprintf("cat </dev/tcp/10.0.2.2/%d >/dev/null", l.Addr().(*net.TCPAddr).Port))
}

// marks is an endless text.
type marks struct{}

func (marks) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '~'
	}
	return len(b), nil
}

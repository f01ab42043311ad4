//go:build vm

package vm

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
)

// The hosts that the guest finds on this machine: an official site of the station, and one that no mandate names.
const (
	namedHost = "un.example"
	otherHost = "deux.example"
)

// hosts are sites that a browser can ask for, and no more: they have no certificate, but notice which name was asked for.
type hosts struct {
	port int

	mu    sync.Mutex // guards asked
	asked []string
}

// newHosts listens on this machine's loopback, which the guest sees at 10.0.2.2, for as long as the test lasts.
func newHosts(t testing.TB) *hosts {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	h := &hosts{port: listener.Addr().(*net.TCPAddr).Port}
	config := &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.asked = append(h.asked, hello.ServerName)
		return nil, errors.New("there is no certificate")
	}}
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_ = tls.Server(c, config).Handshake()
			}()
		}
	}()
	return h
}

func (h *hosts) address(host string) string { return fmt.Sprintf("https://%s:%d/", host, h.port) }

// saw says that a browser asked for a host.
func (h *hosts) saw(host string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Contains(h.asked, host)
}

package bus

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"estran/session"
)

// ErrTaken: another program owns the name of the service.
var ErrTaken = errors.New("another program owns " + Name + " on the bus")

// Service is what is served, and to whom. Station, Maintainer and Callers must be given.
type Service struct {
	Station    session.Station
	Maintainer session.Maintainer
	Callers    Callers
	// Version of the program, for the property Version.
	Version string
	// Address of the bus; "" is the system bus.
	Address string
	// Log takes what went wrong, for IT: never a name, an address or a code. nil discards it.
	Log *slog.Logger
}

// Server is a station on the bus.
type Server struct {
	Service
	ctx  context.Context
	stop context.CancelFunc
	done chan struct{}
	err  error // set before done is closed

	mu      sync.Mutex // guards what follows
	closing bool
	busy    int
	answers sync.WaitGroup // the calls that are being answered
}

// Serve puts a station on the bus and answers once it is there, ErrTaken when somebody else is. When the connection is
// lost, because the bus restarts, it connects again and again; the station and an open session do not notice. It ends
// with ctx, or by Close; neither closes the station.
func Serve(ctx context.Context, service Service) (*Server, error) {
	s := &Server{Service: service, done: make(chan struct{})}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Address == "" {
		s.Address = SystemBus
	}
	s.ctx, s.stop = context.WithCancel(ctx)
	link, err := s.connect()
	if err != nil {
		s.stop()
		return nil, err
	}
	go s.run(link)
	return s, nil
}

// Wait waits until the server has ended: nil after Close or the end of its context, ErrTaken when the name was
// somebody else's after the bus restarted.
func (s *Server) Wait() error {
	<-s.done
	return s.err
}

// Close takes the station off the bus; calls that are being answered end first. The station stays as it is.
func (s *Server) Close() error {
	s.stop()
	return s.Wait()
}

// run keeps a connection until the server ends.
func (s *Server) run(link *serverLink) {
	defer close(s.done)
	defer s.stop()
	for {
		s.push(link)
		if s.ctx.Err() != nil {
			break
		}
		_ = link.conn.Close()
		s.Log.Warn("the bus went away: connecting again")
		if link, s.err = s.reconnect(); link == nil {
			break
		}
		s.Log.Info("the station is on the bus again")
	}
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.answers.Wait()
	if link != nil {
		_ = link.conn.Close()
	}
}

// slowest is the longest wait between two tries.
const slowest = 2 * time.Second

// reconnect tries until the station is on the bus again. It gives up when the server ends, or the name is taken.
func (s *Server) reconnect() (*serverLink, error) {
	said := ""
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, slowest) {
		select {
		case <-s.ctx.Done():
			return nil, nil
		case <-time.After(wait):
		}
		link, err := s.connect()
		if err == nil || errors.Is(err, ErrTaken) {
			return link, err
		}
		if said != err.Error() {
			said = err.Error()
			s.Log.Warn("the station is not on the bus yet", "error", err)
		}
	}
}

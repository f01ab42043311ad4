package scan

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// clamd speaks the z commands of clamd(8): each ends with a NUL, and so does its reply. One connection serves one
// command: a scan that hangs takes nothing with it.
type clamd struct {
	socket  string
	timeout time.Duration
}

// maxReply bounds what is read of a reply: a signature's name is some 100 bytes.
const maxReply = 4096

// What can be wrong with clamd, as its client sees it.
var (
	errAbsent  = errors.New("clamd does not answer")
	errSilent  = errors.New("clamd fell silent")
	errRubbish = errors.New("clamd cannot be understood")
	errUnsent  = errors.New("clamd does not take what it is sent")
)

// version asks VERSION.
func (c clamd) version(ctx context.Context) (string, error) {
	return c.ask(ctx, "VERSION", func(*net.UnixConn) error { return nil })
}

// scan has an open file looked at, from its start, whatever its offset. The descriptor is passed; where that is refused
// (AppArmor, an old clamd) the bytes are sent. The descriptor is opened anew for reading only, because whoever holds
// one that can be written could change the file after it was judged.
func (c clamd) scan(ctx context.Context, f *os.File) (string, error) {
	reading, err := os.Open(fmt.Sprintf("/proc/self/fd/%d", f.Fd()))
	if err != nil {
		return "", fmt.Errorf("cannot open the copy for reading: %w", errors.Unwrap(err))
	}
	defer reading.Close()
	reply, err := c.ask(ctx, "FILDES", func(conn *net.UnixConn) error {
		// The byte only carries the descriptor.
		_, _, err := conn.WriteMsgUnix([]byte{0}, unix.UnixRights(int(reading.Fd())), nil)
		return err
	})
	refused := errors.Is(err, errUnsent) || (err == nil && !parse(reply).understood())
	if !refused || ctx.Err() != nil {
		return reply, err
	}
	return c.stream(ctx, reading)
}

// stream sends the bytes of a file: INSTREAM, then chunks that begin with their length, then a length of zero.
func (c clamd) stream(ctx context.Context, f *os.File) (string, error) {
	return c.ask(ctx, "INSTREAM", func(conn *net.UnixConn) error {
		chunk := make([]byte, 4+128<<10)
		r := io.NewSectionReader(f, 0, 1<<62)
		for {
			n, err := io.ReadFull(r, chunk[4:])
			if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
				return fmt.Errorf("cannot read the copy: %w", errors.Unwrap(err))
			}
			binary.BigEndian.PutUint32(chunk, uint32(n)) //nolint:gosec // n is at most 128 KiB
			if _, err := conn.Write(chunk[:4+n]); err != nil || n == 0 {
				return err
			}
		}
	})
}

// lingers bounds how long a connection waits for clamd after a scan was given up.
const lingers = 10 * time.Minute

// ask sends one command and reads its reply. A reply that came whole counts even when sending failed half-way: that
// is how clamd refuses a stream that is too long.
func (c clamd) ask(ctx context.Context, command string, send func(*net.UnixConn) error) (reply string, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	dialed, err := new(net.Dialer).DialContext(ctx, "unix", c.socket)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errAbsent, err)
	}
	conn := dialed.(*net.UnixConn)
	// A cancelled call must wake a read that waits.
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)); close(woken) })
	defer func() {
		if !stop() && errors.Is(err, os.ErrDeadlineExceeded) {
			go func() { <-woken; linger(conn) }()
			return
		}
		_ = conn.Close()
	}()

	_, sendErr := conn.Write([]byte("z" + command + "\x00"))
	if sendErr == nil {
		sendErr = send(conn)
	}
	if sendErr != nil {
		_ = conn.CloseWrite() // it waits for what will not come
	}
	reply, err = readReply(conn)
	if err != nil && sendErr != nil && ctx.Err() == nil {
		return "", fmt.Errorf("%w: %w", errUnsent, sendErr)
	}
	return reply, err
}

// linger closes a connection that was given up, once clamd has answered. One that clamd finds closed before it comes to
// the descriptor that was sent over it leaves that descriptor open in clamd for good (tried with clamd 1.4): what file
// system it is on, a session's memory, could not be unmounted any more.
func linger(conn *net.UnixConn) {
	_ = conn.SetDeadline(time.Now().Add(lingers))
	_, _ = readReply(conn)
	_ = conn.Close()
}

// readReply reads up to the NUL, and no more than maxReply.
func readReply(r io.Reader) (string, error) {
	reply, err := bufio.NewReaderSize(io.LimitReader(r, maxReply), maxReply).ReadString(0)
	switch {
	case err == nil:
		return reply[:len(reply)-1], nil
	case len(reply) == maxReply:
		return "", fmt.Errorf("%w: its reply has no end", errRubbish)
	default:
		return "", fmt.Errorf("%w: %w", errSilent, err)
	}
}

package launch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/browser"
	"estran/session/cgroup"
)

// Socket is where the service waits for the unit: in a directory of the service's own.
const Socket = "/run/estran/browser"

// What the service asks for. The first message is doStart or doProbe.
const (
	doStart  = "start"
	doProbe  = "probe"
	doClose  = "close"
	doKill   = "kill"
	doResize = "resize"
)

// request goes to the unit. The first one carries descriptors: the session's memory, then the terminal if there is one.
type request struct {
	Do string
	// UID and GID are whom the browser runs as.
	UID, GID uint32
	Limits   cgroup.Limits
	// Memory is where the session's memory belongs.
	Memory   string
	Terminal bool
	Config   *browser.Config
	// Start is the first address, Limit the hosts that the browser may open: session.Private does not travel by itself,
	// and this socket is the one place it may go to.
	Start string
	Limit []string
}

// answer goes to the service: first that the browser was started, or why not, then what becomes of it.
type answer struct {
	Started bool
	Refused string
	Kind    kind
	Event   *browser.Event
}

// kind is which of the errors of package browser a refusal is.
type kind string

var kinds = map[kind]error{
	"sandbox": browser.ErrNoSandbox, "missing": browser.ErrMissing, "display": browser.ErrNoDisplay,
	"limit": browser.ErrNoLimit,
}

// refusal puts an error into an answer. The errors of package browser hold nothing of a visitor.
func refusal(err error) answer {
	a := answer{Refused: err.Error()}
	for k, e := range kinds {
		if errors.Is(err, e) {
			a.Kind = k
		}
	}
	return a
}

// err is the error of an answer, nil when it is none.
func (a answer) err() error {
	switch known := kinds[a.Kind]; {
	case a.Refused == "":
		return nil
	case known != nil:
		return refused{a.Refused, known}
	default:
		return errors.New(a.Refused)
	}
}

// refused is an error of package browser, as the unit tells it.
type refused struct {
	text string
	kind error
}

func (r refused) Error() string { return r.text }
func (r refused) Unwrap() error { return r.kind }

// starting is the request that starts a browser.
func starting(c browser.Config) request {
	r := request{Do: doStart, Config: &c, Start: c.Start.Reveal(), Terminal: c.Display.Terminal != nil}
	for _, host := range c.Limit {
		r.Limit = append(r.Limit, host.Reveal())
	}
	c.Start, c.Limit, c.Display.Terminal, c.Cgroup, c.Credential = "", nil, nil, nil, nil
	return r
}

// config is the configuration of a request that starts a browser.
func (r request) config(terminal *os.File) (browser.Config, error) {
	if r.Config == nil {
		return browser.Config{}, errors.New("no browser is asked for")
	}
	c := *r.Config
	c.Start, c.Limit, c.Display.Terminal, c.Cgroup, c.Credential = session.Private(r.Start), nil, terminal, nil, nil
	for _, host := range r.Limit {
		c.Limit = append(c.Limit, session.Private(host))
	}
	return c, nil
}

// largest bounds one message: a configuration is some kilobytes.
const largest = 128 << 10

// mostFiles is how many descriptors a message carries.
const mostFiles = 2

// send sends one message: the socket keeps them apart (unix(7), SOCK_SEQPACKET).
func send(conn *net.UnixConn, message any, files ...*os.File) error {
	data, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("cannot write a message: %w", err)
	}
	if len(data) > largest {
		return errors.New("cannot send a message: it is too long")
	}
	var rights []byte
	if len(files) > 0 {
		numbers := make([]int, len(files))
		for i, f := range files {
			numbers[i] = int(f.Fd())
		}
		rights = unix.UnixRights(numbers...)
	}
	if _, _, err := conn.WriteMsgUnix(data, rights, nil); err != nil {
		return fmt.Errorf("cannot send a message: %w", err)
	}
	return nil
}

// receive reads one message, and gives the descriptors that came with it. It gives io.EOF when the other side is gone.
func receive(conn *net.UnixConn, message any) ([]*os.File, error) {
	data, rights := make([]byte, largest+1), make([]byte, unix.CmsgSpace(4*mostFiles))
	n, control, flags, _, err := conn.ReadMsgUnix(data, rights)
	if err != nil || n == 0 {
		return nil, errors.Join(err, io.EOF)
	}
	files := filesOf(rights[:control])
	if flags&(unix.MSG_TRUNC|unix.MSG_CTRUNC) != 0 {
		closeAll(files)
		return nil, errors.New("cannot read a message: it is too long")
	}
	if err := json.Unmarshal(data[:n], message); err != nil {
		closeAll(files)
		return nil, errors.New("cannot read a message: it is not understood")
	}
	return files, nil
}

// filesOf are the descriptors of a message (unix(7), SCM_RIGHTS).
func filesOf(rights []byte) (files []*os.File) {
	messages, err := unix.ParseSocketControlMessage(rights)
	if err != nil {
		return nil
	}
	for i := range messages {
		numbers, err := unix.ParseUnixRights(&messages[i])
		if err != nil {
			continue
		}
		for _, fd := range numbers {
			files = append(files, os.NewFile(uintptr(fd), "handed over"))
		}
	}
	return files
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// peer is the process at the other end, as it was when the socket was connected (unix(7), SO_PEERCRED).
func peer(conn *net.UnixConn) (*unix.Ucred, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("cannot tell who is there: %w", err)
	}
	var who *unix.Ucred
	var failed error
	err = raw.Control(func(fd uintptr) { who, failed = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED) })
	if err = errors.Join(err, failed); err != nil {
		return nil, fmt.Errorf("cannot tell who is there: %w", err)
	}
	return who, nil
}

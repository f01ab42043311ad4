//go:build vm

package vm

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// qmp speaks with QEMU over its unix socket: one command at a time, each answered before the next is sent. Of the
// events, those that tell of the machine's own end or new start are kept.
// https://qemu-project.gitlab.io/qemu/interop/qmp-spec.html
type qmp struct {
	mu   sync.Mutex // guards the socket: one command at a time
	conn net.Conn
	in   *bufio.Reader

	happened []string // RESET, SHUTDOWN: a kernel that breaks starts anew
}

// arguments are those of a QMP command.
type arguments map[string]any

// qmpTimeout bounds one command. Saving a snapshot is one, and is the longest.
const qmpTimeout = 3 * time.Minute

// dialQMP waits for the socket, reads the greeting and leaves the negotiation.
func dialQMP(path string, patience time.Duration) (*qmp, error) {
	conn, err := dialPatiently(path, patience)
	if err != nil {
		return nil, fmt.Errorf("QEMU does not answer: %w", err)
	}
	q := &qmp{conn: conn, in: bufio.NewReader(conn)}
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	if _, err := q.in.ReadBytes('\n'); err != nil {
		return nil, fmt.Errorf("QEMU does not greet: %w", err)
	}
	_, err = q.do("qmp_capabilities", nil)
	return q, err
}

// do carries out one command and gives its answer.
func (q *qmp) do(command string, args arguments) (json.RawMessage, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	request := map[string]any{"execute": command}
	if args != nil {
		request["arguments"] = args
	}
	line, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	if err := q.conn.SetDeadline(time.Now().Add(qmpTimeout)); err != nil {
		return nil, err
	}
	if _, err := q.conn.Write(append(line, '\n')); err != nil {
		return nil, fmt.Errorf("cannot ask QEMU to %s: %w", command, err)
	}
	for {
		line, err := q.in.ReadBytes('\n')
		if err != nil {
			return nil, fmt.Errorf("QEMU did not answer %s: %w", command, err)
		}
		var answer struct {
			Return json.RawMessage
			Error  *struct{ Class, Desc string }
			Event  string
			Data   json.RawMessage
		}
		if err := json.Unmarshal(line, &answer); err != nil {
			return nil, fmt.Errorf("QEMU answered %s with %q: %w", command, line, err)
		}
		switch {
		case slices.Contains([]string{"RESET", "SHUTDOWN"}, answer.Event):
			q.happened = append(q.happened, fmt.Sprintf("%s %s", answer.Event, answer.Data))
		case answer.Event != "":
		case answer.Error != nil:
			return nil, fmt.Errorf("QEMU refused %s: %s", command, answer.Error.Desc)
		default:
			return answer.Return, nil
		}
	}
}

// monitor runs a command of the human monitor, which says nothing when all is well.
func (q *qmp) monitor(line string) error {
	said, err := q.do("human-monitor-command", arguments{"command-line": line})
	if err != nil {
		return err
	}
	var text string
	if err := json.Unmarshal(said, &text); err != nil {
		return err
	}
	if text != "" {
		return errors.New(line + ": " + text)
	}
	return nil
}

// dialPatiently connects to a unix socket that may not be there yet.
func dialPatiently(path string, patience time.Duration) (net.Conn, error) {
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("unix", path)
		if err == nil || time.Now().After(end) {
			return conn, err
		}
	}
}

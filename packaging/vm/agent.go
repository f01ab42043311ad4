//go:build vm

package vm

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// agent speaks with the QEMU guest agent, the test's hands and eyes inside the guest: root, on a virtual serial line.
// https://qemu-project.gitlab.io/qemu/interop/qemu-ga-ref.html
type agent struct {
	mu   sync.Mutex // guards the line: one command at a time
	conn net.Conn
	in   *bufio.Reader
}

// errNoAgent says that the guest did not answer in time: it is not up yet, or it is lost.
var errNoAgent = errors.New("the guest's agent does not answer")

// dialAgent opens QEMU's end of the line; the guest need not be there yet.
func dialAgent(path string) (*agent, error) {
	conn, err := dialPatiently(path, 10*time.Second)
	if err != nil {
		return nil, err
	}
	return &agent{conn: conn, in: bufio.NewReader(conn)}, nil
}

// do carries out one command. Every command begins with a synchronisation, which throws away what an earlier one, or
// an earlier boot, left on the line. A guest that is busy may take as long to answer that as the command itself.
func (a *agent) do(command string, args arguments, patience time.Duration) (json.RawMessage, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(patience); err != nil {
		return nil, err
	}
	if err := a.send(command, args, patience); err != nil {
		return nil, err
	}
	return a.receive(command)
}

func (a *agent) send(command string, args arguments, patience time.Duration) error {
	if err := a.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	request := map[string]any{"execute": command}
	if args != nil {
		request["arguments"] = args
	}
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	_, err = a.conn.Write(append(line, '\n'))
	return err
}

func (a *agent) receive(command string) (json.RawMessage, error) {
	line, err := a.in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%w to %s: %w", errNoAgent, command, err)
	}
	var answer struct {
		Return json.RawMessage
		Error  *struct{ Class, Desc string }
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return nil, fmt.Errorf("the agent answered %s with %q: %w", command, line, err)
	}
	if answer.Error != nil {
		return nil, fmt.Errorf("the agent refused %s: %s", command, answer.Error.Desc)
	}
	return answer.Return, nil
}

// sync sends a number and reads until it comes back, marked by the byte 0xFF, which is in no other answer.
func (a *agent) sync(patience time.Duration) error {
	number := rand.Uint32()
	if err := a.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := a.conn.Write([]byte{'\n', 0xFF}); err != nil {
		return err
	}
	if err := a.send("guest-sync-delimited", arguments{"id": number}, patience); err != nil {
		return err
	}
	for {
		if _, err := a.in.ReadBytes(0xFF); err != nil {
			return fmt.Errorf("%w: %w", errNoAgent, err)
		}
		said, err := a.receive("guest-sync-delimited")
		if err != nil && errors.Is(err, errNoAgent) {
			return err
		}
		var back uint32
		if json.Unmarshal(said, &back) == nil && back == number {
			return nil
		}
	}
}

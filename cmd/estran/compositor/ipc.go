package compositor

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// The messages of sway-ipc(7) that we use. An event has the highest bit.
const (
	msgCommand   uint32 = 0
	msgSubscribe uint32 = 2
	msgOutputs   uint32 = 3
	msgTree      uint32 = 4
	eventWindow  uint32 = 1<<31 | 3
	eventOutput  uint32 = 1<<31 | 7
)

const (
	magic = "i3-ipc"
	// mostPayload bounds an answer: a tree of a few windows takes some kilobytes.
	mostPayload = 8 << 20
	// callTimeout is for one message and its answer; sway answers within a few milliseconds.
	callTimeout = 3 * time.Second
)

var errPayload = errors.New("sway sent something that is no message")

// conn is one connection to sway.
type conn struct{ net.Conn }

func dial(ctx context.Context, socket string) (conn, error) {
	c, err := (&net.Dialer{Timeout: callTimeout}).DialContext(ctx, "unix", socket)
	if err != nil {
		return conn{}, fmt.Errorf("cannot reach sway: %w", err)
	}
	return conn{c}, nil
}

// send writes one message: its magic, length and type in the byte order of the computer, which is this one on all
// computers that Debian and we run on, and what it carries.
func (c conn) send(kind uint32, payload []byte) error {
	head := binary.NativeEndian.AppendUint32([]byte(magic), uint32(len(payload)))
	head = binary.NativeEndian.AppendUint32(head, kind)
	if _, err := c.Write(append(head, payload...)); err != nil {
		return fmt.Errorf("cannot tell sway: %w", err)
	}
	return nil
}

func (c conn) receive() (kind uint32, payload []byte, err error) {
	head := make([]byte, len(magic)+8)
	if _, err := io.ReadFull(c, head); err != nil {
		return 0, nil, fmt.Errorf("cannot hear sway: %w", err)
	}
	size := binary.NativeEndian.Uint32(head[len(magic):])
	kind = binary.NativeEndian.Uint32(head[len(magic)+4:])
	if string(head[:len(magic)]) != magic || size > mostPayload {
		return 0, nil, errPayload
	}
	payload = make([]byte, size)
	if _, err := io.ReadFull(c, payload); err != nil {
		return 0, nil, fmt.Errorf("cannot hear sway: %w", err)
	}
	return kind, payload, nil
}

// call sends one message over a connection of its own, and reads the answer into out.
func call(ctx context.Context, socket string, kind uint32, payload string, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c, err := dial(ctx, socket)
	if err != nil {
		return err
	}
	defer c.Close()
	if deadline, ok := ctx.Deadline(); ok {
		_ = c.SetDeadline(deadline)
	}
	if err := c.send(kind, []byte(payload)); err != nil {
		return err
	}
	answered, data, err := c.receive()
	switch {
	case err != nil:
		return err
	case answered != kind:
		return errPayload
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("cannot read what sway says: %w", err)
	}
	return nil
}

// run runs commands in one go: sway shows what they give all at once. It fails when one of them did.
func run(ctx context.Context, socket, commands string) error {
	var results []struct {
		Success bool   `json:"success"`
		Error   string `json:"error"`
	}
	if err := call(ctx, socket, msgCommand, commands, &results); err != nil {
		return err
	}
	for _, r := range results {
		if !r.Success {
			return fmt.Errorf("sway refused a command: %s", r.Error)
		}
	}
	return nil
}

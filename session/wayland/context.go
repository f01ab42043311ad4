package wayland

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Context tells a compositor whose clients it is about to meet. All of it may be shown to an administrator: it holds
// nothing of a visitor.
type Context struct {
	Engine     string // the sandbox, in reverse DNS
	AppID      string // the program in it
	InstanceID string // this run of it
}

// Messages of security-context-v1.xml.
const (
	managerInterface = "wp_security_context_manager_v1"
	managerCreate    = 1
	contextEngine    = 1
	contextAppID     = 2
	contextInstance  = 3
	contextCommit    = 4
)

// SecurityContext gives a compositor a socket that listens already. From when this returns, the compositor accepts
// clients there and offers them none of its privileged protocols. The closer makes it stop, and so does the death of this
// process; clients that are connected stay. The caller keeps its copy of listen, and may close it.
//
// Errors: ErrUnsupported when the compositor has no such protocol (sway before 1.9); anything else when it could not be
// reached, refused, or stayed silent until ctx ended (at most 5 seconds when ctx has no deadline).
func SecurityContext(ctx context.Context, compositor string, listen *os.File, o Context) (io.Closer, error) {
	if len(o.Engine)+len(o.AppID)+len(o.InstanceID) > maxMessage/4 {
		return nil, errors.New("the names of a security context are too long")
	}
	ctx, cancel := bounded(ctx)
	defer cancel()
	c, err := dial(ctx, compositor)
	if err != nil {
		return nil, err
	}
	defer c.close()
	manager, _, err := c.bind(managerInterface, 1)
	if err != nil {
		return nil, err
	}
	// The compositor listens until its end of this pipe hangs up.
	hangup, lifeline, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("cannot make a pipe: %w", err)
	}
	defer hangup.Close()
	context := c.id()
	var all []byte
	all = append(all, request(manager, managerCreate, context)...)
	all = append(all, request(context, contextEngine, o.Engine)...)
	all = append(all, request(context, contextAppID, o.AppID)...)
	all = append(all, request(context, contextInstance, o.InstanceID)...)
	all = append(all, request(context, contextCommit)...)
	err = c.send(all, listen, hangup)
	if err == nil {
		err = c.roundTrip()
	}
	if err != nil {
		lifeline.Close()
		return nil, err
	}
	return lifeline, nil
}

package launch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
	"time"

	"estran/session/browser"
	"estran/session/cgroup"
)

// Serve is the life of the unit: it asks the service at socket what to start, and returns when that has ended. Its caller
// is root in a mount namespace of its own, and a process that ends with it: it does not come back from being the visitor.
func Serve(ctx context.Context, socket string) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	conn, err := net.DialUnix("unixpacket", nil, &net.UnixAddr{Name: socket, Net: "unixpacket"})
	if err != nil {
		return errors.New("cannot reach the station service: it has asked for nothing")
	}
	defer conn.Close()
	if who, err := peer(conn); err != nil || who.Uid != uint32(os.Getuid()) {
		return errors.New("whoever waits there is not the station service")
	}
	_ = conn.SetDeadline(time.Now().Add(connectBound))
	var r request
	files, err := receive(conn, &r)
	if err != nil {
		return fmt.Errorf("the station service asks for nothing: %w", err)
	}
	defer closeAll(files)
	_ = conn.SetDeadline(time.Time{})
	switch r.Do {
	case doProbe:
		return probe(ctx, conn, r)
	case doStart:
		return serve(ctx, end, conn, r, files)
	default:
		return errors.New("the station service asks for something else")
	}
}

// probe makes an empty sandbox, in the place and as the user that a browser's would be made.
func probe(ctx context.Context, conn *net.UnixConn, r request) error {
	err := become(r)
	if err == nil {
		err = browser.Probe(ctx)
	}
	if err != nil {
		return send(conn, refusal(err))
	}
	return send(conn, answer{Started: true})
}

// serve starts a browser and tells what becomes of it, until it has ended or the service is gone.
func serve(ctx context.Context, end func(), conn *net.UnixConn, r request, files []*os.File) error {
	b, err := start(ctx, r, files)
	closeAll(files)
	if err != nil {
		return send(conn, refusal(err))
	}
	err = send(conn, answer{Started: true})
	if err != nil {
		end()
	}
	go obey(conn, b, end)
	for e := range b.Events() {
		if sent := send(conn, answer{Event: &e}); sent != nil {
			end()
			err = errors.Join(err, sent)
		}
	}
	return err
}

// start makes what the browser lives in, then the browser.
func start(ctx context.Context, r request, files []*os.File) (*browser.Browser, error) {
	want := 1
	if r.Terminal {
		want = 2
	}
	if len(files) != want {
		return nil, errors.New("the session's memory was not handed over")
	}
	var terminal *os.File
	if r.Terminal {
		terminal = files[1]
	}
	config, err := r.config(terminal)
	if err != nil {
		return nil, err
	}
	if err := attach(files[0], r.Memory); err != nil {
		return nil, err
	}
	_ = files[0].Close() // the mount alone holds the memory from here
	group, err := confine(r)
	if err != nil {
		return nil, err
	}
	config.Cgroup = group.Directory()
	if err := become(r); err != nil {
		return nil, err
	}
	return browser.Start(ctx, config)
}

// confine makes the browser's cgroup beside our own. The visitor may put its processes into it, and change nothing of
// its limits (cgroups(7), « Delegation containment »).
func confine(r request) (*cgroup.Group, error) {
	parent, err := cgroup.Delegated()
	if err != nil {
		return nil, err
	}
	group, err := cgroup.New(parent, "browser", r.Limits)
	if err != nil {
		return nil, err
	}
	for _, dir := range []string{parent, group.Directory().Name()} {
		if err := os.Chown(dir+"/cgroup.procs", int(r.UID), int(r.GID)); err != nil {
			return nil, errors.New("cannot let the browser into its group")
		}
	}
	return group, nil
}

// become makes this process, all its threads, the visitor's, without a capability left (capabilities(7), « Effect of user
// ID changes on capabilities »). It cannot be undone.
func become(r request) error {
	if os.Getuid() != 0 {
		return nil // already somebody
	}
	if r.UID == 0 || r.GID == 0 {
		return errors.New("no browser runs as root")
	}
	err := syscall.Setgroups(nil)
	if err == nil {
		err = syscall.Setresgid(int(r.GID), int(r.GID), int(r.GID))
	}
	if err == nil {
		err = syscall.Setresuid(int(r.UID), int(r.UID), int(r.UID))
	}
	if err != nil {
		return fmt.Errorf("cannot become the browser's user: %w", err)
	}
	return nil
}

// obey carries out what the service asks for. The end of the socket is the end of the browser.
func obey(conn *net.UnixConn, b *browser.Browser, end func()) {
	for {
		var r request
		files, err := receive(conn, &r)
		closeAll(files)
		if err != nil {
			end()
			return
		}
		switch r.Do {
		case doClose:
			go b.Close()
		case doResize:
			b.Resize()
		default:
			end()
		}
	}
}

package launch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"estran/session/browser"
	"estran/session/cgroup"
)

// Unit is what systemd knows the browser by.
const Unit = "estran-browser.service"

const (
	// connectBound is how long the unit may take to start and to ask what for, on a slow computer that is starting.
	connectBound = 30 * time.Second
	// startBound is how long it may then take to start a browser.
	startBound = 30 * time.Second
	// stopBound is how long systemd may take to kill it.
	stopBound = 10 * time.Second
	// sendBound is how long a message may wait for the unit to read the one before.
	sendBound = time.Second
)

// Units is systemd. Both methods answer once it is done, and a unit that does not run is stopped.
type Units interface {
	Start(ctx context.Context, name string) error
	Stop(ctx context.Context, name string) error
}

// Launcher starts browsers in the unit, one at a time. Make it with New.
type Launcher struct {
	units   Units
	socket  string
	owner   syscall.Credential
	limits  func() (cgroup.Limits, error)
	log     *slog.Logger
	free    chan struct{} // holds one token while nothing runs in the unit
	genuine func(pid int32) error
}

// New makes a launcher whose browsers run as owner, held to limits. socket is where the unit comes to.
func New(units Units, socket string, owner syscall.Credential, limits func() (cgroup.Limits, error), log *slog.Logger) *Launcher {
	l := &Launcher{
		units: units, socket: socket, owner: owner, limits: limits, log: log,
		free: make(chan struct{}, 1), genuine: inUnit,
	}
	l.free <- struct{}{}
	return l
}

// Launch starts a browser, whose directories are in one mount, the session's memory. It is killed when ctx ends. Its
// errors are those of browser.Start, or what kept the unit from running.
func (l *Launcher) Launch(ctx context.Context, c browser.Config) (*Process, error) {
	limits, err := l.limits()
	if err != nil {
		return nil, err
	}
	r := starting(c)
	r.UID, r.GID, r.Limits, r.Memory = l.owner.Uid, l.owner.Gid, limits, filepath.Dir(c.Home)
	tree, err := detached(r.Memory)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	files := []*os.File{tree}
	if c.Display.Terminal != nil {
		files = append(files, c.Display.Terminal)
	}
	conn, err := l.ask(ctx, r, files...)
	if err != nil {
		return nil, err
	}
	p := l.process(conn)
	within := c.StartTimeout
	if within <= 0 {
		within = browser.DefaultStartTimeout
	}
	p.showWithin(within + showGrace)
	context.AfterFunc(ctx, p.Kill)
	return p, nil
}

// Probe says whether a sandbox can be made where the browser's would be: as browser.Probe.
func (l *Launcher) Probe(ctx context.Context) error {
	conn, err := l.ask(ctx, request{Do: doProbe, UID: l.owner.Uid, GID: l.owner.Gid})
	if err != nil {
		if !errors.Is(err, browser.ErrNoSandbox) {
			err = fmt.Errorf("%w: %w", browser.ErrNoSandbox, err)
		}
		return err
	}
	conn.Close()
	return l.release()
}

// ask starts the unit, asks it for something, and waits until it says that it is done. It gives an error, and leaves
// nothing running, when that was refused. Whoever gets a connection releases the unit.
func (l *Launcher) ask(ctx context.Context, r request, files ...*os.File) (conn *net.UnixConn, err error) {
	select {
	case <-l.free:
	case <-ctx.Done():
		return nil, errors.New("the browser's unit is busy")
	}
	defer func() {
		if err != nil {
			if conn != nil {
				conn.Close()
			}
			conn, err = nil, errors.Join(err, l.release())
		}
	}()
	if conn, err = l.connect(ctx); err != nil {
		return conn, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })
	defer stop()
	_ = conn.SetDeadline(time.Now().Add(startBound))
	if err = send(conn, r, files...); err != nil {
		return conn, err
	}
	var a answer
	more, err := receive(conn, &a)
	closeAll(more)
	switch {
	case err != nil:
		return conn, errors.New("the browser's unit does not answer")
	case a.err() != nil:
		return conn, a.err()
	case !a.Started:
		return conn, errors.New("the browser's unit answers something else")
	}
	if !stop() {
		return conn, ctx.Err()
	}
	return conn, conn.SetDeadline(time.Time{})
}

// connect starts the unit and waits for it at the socket, which is there only meanwhile.
func (l *Launcher) connect(ctx context.Context) (*net.UnixConn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectBound)
	defer cancel()
	if err := l.units.Stop(ctx, Unit); err != nil {
		return nil, err // one that the service before this one started
	}
	if err := os.Remove(l.socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.ListenUnix("unixpacket", &net.UnixAddr{Name: l.socket, Net: "unixpacket"})
	if err != nil {
		return nil, fmt.Errorf("cannot wait for the browser's unit: %w", err)
	}
	defer listener.Close() // and removes it
	if err := os.Chmod(l.socket, 0o600); err != nil {
		return nil, fmt.Errorf("cannot wait for the browser's unit: %w", err)
	}
	if err := l.units.Start(ctx, Unit); err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, func() { _ = listener.SetDeadline(time.Now()) })()
	conn, err := listener.AcceptUnix()
	if err != nil {
		return nil, errors.New("the browser's unit does not come")
	}
	who, err := peer(conn)
	if err == nil && who.Uid != uint32(os.Getuid()) {
		err = errors.New("somebody else comes in the place of the browser's unit")
	}
	if err == nil {
		err = l.genuine(who.Pid)
	}
	return conn, err
}

// inUnit gives an error when a process is not in the unit, as its cgroup tells.
func inUnit(pid int32) error {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
	if err != nil {
		return errors.New("the browser's unit is gone")
	}
	for line := range strings.Lines(string(data)) {
		if own, is := strings.CutPrefix(strings.TrimSpace(line), "0::"); is && path.Base(path.Dir(own)) == Unit {
			return nil
		}
	}
	return errors.New("somebody else comes in the place of the browser's unit")
}

// release has systemd kill what is left in the unit, which is then free again. A unit that cannot be stopped is asked
// again before the next one starts.
func (l *Launcher) release() error {
	defer func() { l.free <- struct{}{} }()
	ctx, cancel := context.WithTimeout(context.Background(), stopBound)
	defer cancel()
	return l.units.Stop(ctx, Unit)
}

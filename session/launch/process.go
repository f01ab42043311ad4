package launch

import (
	"context"
	"net"
	"sync"
	"time"

	"estran/session"
	"estran/session/browser"
)

// Process is a browser that runs, or ran, in the unit. It is used as a browser.Browser is.
type Process struct {
	conn     *net.UnixConn
	launcher *Launcher
	events   chan browser.Event
	done     chan struct{}
	askOnce  sync.Once
	asked    chan struct{} // closed once somebody asked for the end
	mu       sync.Mutex    // guards writing
}

// process follows the browser at the other end of a connection.
func (l *Launcher) process(conn *net.UnixConn) *Process {
	p := &Process{
		conn: conn, launcher: l, events: make(chan browser.Event), done: make(chan struct{}), asked: make(chan struct{}),
	}
	go p.follow()
	return p
}

// What a browser may take to close, and to be killed, before systemd kills its unit: more than package browser gives it.
const (
	closeBound = 10 * time.Second
	killBound  = 4 * time.Second
)

// Events tells what becomes of the browser. It must be read until it is closed, after Exited.
func (p *Process) Events() <-chan browser.Event { return p.events }

// Done is closed when the unit has been stopped.
func (p *Process) Done() <-chan struct{} { return p.done }

// Close asks the browser to close, and kills it when it does not. It returns when it has ended.
func (p *Process) Close() { p.end(doClose, closeBound) }

// Kill ends every process of the browser. It returns when none is left, or systemd could not say so: whoever needs to
// know looks by another way.
func (p *Process) Kill() { p.end(doKill, killBound) }

// Resize tells the text browser that its terminal has another size.
func (p *Process) Resize() { p.tell(doResize) }

func (p *Process) end(how string, within time.Duration) {
	p.askOnce.Do(func() { close(p.asked) })
	p.tell(how)
	select {
	case <-p.done:
		return
	case <-time.After(within):
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopBound)
	defer cancel()
	if err := p.launcher.units.Stop(ctx, Unit); err != nil {
		p.launcher.log.Error("cannot end the browser", "error", err)
	}
	_ = p.conn.Close() // follow sees it, if it has not seen the end of the other side
	select {
	case <-p.done:
	case <-time.After(stopBound + time.Second):
	}
}

// tell sends a request. One that cannot be sent has come too late.
func (p *Process) tell(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.conn.SetWriteDeadline(time.Now().Add(sendBound))
	_ = send(p.conn, request{Do: what})
}

// follow passes events on until the browser or its unit has ended, and has systemd make sure of it.
func (p *Process) follow() {
	last := p.read()
	_ = p.conn.Close()
	if err := p.launcher.release(); err != nil {
		p.launcher.log.Error("cannot stop the browser's unit", "error", err)
	}
	close(p.done)
	p.events <- last
	close(p.events)
}

// read gives the last event: the unit's own word, or that it has gone without one.
func (p *Process) read() browser.Event {
	for {
		var a answer
		files, err := receive(p.conn, &a)
		closeAll(files)
		switch {
		case err != nil:
			return browser.Event{Kind: browser.Exited, Problem: p.problem()}
		case a.Event == nil:
		case a.Event.Kind == browser.Exited:
			return *a.Event
		default:
			p.events <- *a.Event
		}
	}
}

// problem is why a browser ended whose unit did not say so.
func (p *Process) problem() session.BrowserProblem {
	select {
	case <-p.asked:
		return session.BrowserFine
	default:
		return session.BrowserCrashed
	}
}

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
	shown    chan struct{} // closed by follow at the first event
	mu       sync.Mutex    // guards writing
}

// process follows the browser at the other end of a connection.
func (l *Launcher) process(conn *net.UnixConn) *Process {
	p := &Process{
		conn: conn, launcher: l, events: make(chan browser.Event), done: make(chan struct{}), asked: make(chan struct{}),
		shown: make(chan struct{}),
	}
	go p.follow()
	return p
}

// showGrace is what a unit gets more than its browser to say that a window is there, or will not be.
const showGrace = 10 * time.Second

// showWithin has the unit killed that says nothing of its browser in time: it is not alive to tell that this took too
// long.
func (p *Process) showWithin(within time.Duration) {
	go func() {
		select {
		case <-p.shown:
		case <-p.done:
		case <-time.After(within):
			p.stopUnit()
		}
	}()
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
	p.stopUnit()
	select {
	case <-p.done:
	case <-time.After(stopBound + time.Second):
	}
}

// stopUnit has systemd kill the unit, and follow see that it is gone.
func (p *Process) stopUnit() {
	ctx, cancel := context.WithTimeout(context.Background(), stopBound)
	defer cancel()
	if err := p.launcher.units.Stop(ctx, Unit); err != nil {
		p.launcher.log.Error("cannot end the browser", "error", err)
	}
	_ = p.conn.Close()
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
	for first := true; ; first = false {
		var a answer
		files, err := receive(p.conn, &a)
		closeAll(files)
		switch {
		case err != nil:
			return browser.Event{Kind: browser.Exited, Problem: p.problem(first)}
		case a.Event == nil:
		case a.Event.Kind == browser.Exited:
			return *a.Event
		default:
			if first {
				close(p.shown)
			}
			p.events <- *a.Event
		}
	}
}

// problem is why a browser ended whose unit did not say so, nor ever said anything when silent.
func (p *Process) problem(silent bool) session.BrowserProblem {
	select {
	case <-p.asked:
		return session.BrowserFine
	default:
	}
	if silent {
		return session.BrowserNoStart
	}
	return session.BrowserCrashed
}

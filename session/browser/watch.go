package browser

import (
	"context"
	"net"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/cgroup"
)

const (
	// closeGrace is how long a browser that was asked to close may take.
	closeGrace = 5 * time.Second
	// firstLook and laterLook are how often the heartbeat is read, before and after the first window.
	firstLook, laterLook = 50 * time.Millisecond, time.Second
	// firstGrace is how long bubblewrap may take to tell the first process, when it is to be killed.
	firstGrace = 2 * time.Second
)

// watch follows one browser, in one goroutine that alone holds all of this.
type watch struct {
	b     *Browser
	begun time.Time

	first  *process         // of the sandbox, nil before it is known
	queue  []Event          // not read yet
	beat   heartbeat        // the last one
	beatAt time.Time        // when it was seen
	shown  bool             // Shown was told
	hung   bool             // Hung was told
	asked  bool             // Close, Kill or ctx asked for the end
	late   bool             // it took too long to show a window
	kill   <-chan time.Time // when to kill, nil for never
	force  <-chan time.Time // when to kill bubblewrap itself, nil for never
	killed int64            // processes of its cgroup that lack of memory had ended before
}

func newWatch(b *Browser, begun time.Time) *watch {
	w := &watch{b: b, begun: begun}
	w.killed = w.killedForMemory()
	return w
}

func (w *watch) run(ctx context.Context) {
	b := w.b
	look := time.NewTicker(firstLook)
	defer look.Stop()
	start := time.NewTimer(b.config.startTimeout() - time.Since(w.begun))
	defer start.Stop()
	closing, killing, ended := b.closing, b.killing, ctx.Done()
	for {
		var out chan<- Event
		var next Event
		if len(w.queue) > 0 {
			out, next = b.events, w.queue[0]
		}
		select {
		case out <- next:
			w.queue = w.queue[1:]
		case w.first = <-b.sandbox.first:
			w.killFirst()
		case <-look.C:
			if wasShown := w.shown; w.look() && !wasShown {
				look.Reset(laterLook)
			}
		case <-start.C:
			if !w.shown && !w.asked {
				w.late = true
				w.killNow()
			}
		case <-closing:
			closing, w.asked = nil, true
			w.signal(unix.SIGTERM)
			w.kill = time.After(closeGrace)
		case <-killing:
			killing, w.asked = nil, true
			w.killNow()
		case <-ended:
			ended, w.asked = nil, true
			w.killNow()
		case <-w.kill:
			w.killNow()
		case <-w.force:
			_ = b.sandbox.bwrap.Kill()
		case <-b.resized:
			w.signal(unix.SIGWINCH)
		case end := <-b.sandbox.ended:
			w.end(end)
			return
		}
	}
}

// end tells the end, to whoever still listens.
func (w *watch) end(end ending) {
	select {
	case w.first = <-w.b.sandbox.first: // it ended before it was looked at
	default:
	}
	if w.first != nil {
		w.first.close()
	}
	close(w.b.done)
	w.tell(Event{Kind: Exited, Problem: w.problem(end)})
	for _, e := range w.queue {
		w.b.events <- e
	}
	close(w.b.events)
}

// problem is why the browser ended.
func (w *watch) problem(end ending) session.BrowserProblem {
	switch {
	case w.asked:
		return session.BrowserFine
	case w.late:
		return session.BrowserNoStart
	case w.shown && end.ran && end.code == 0:
		return session.BrowserFine
	case w.killedForMemory() > w.killed:
		return session.BrowserMemory
	case !end.ran && !end.killed && !w.shown:
		return session.BrowserNoSandbox
	case w.displayGone():
		return session.BrowserNoDisplay
	case w.shown:
		return session.BrowserCrashed
	default:
		return session.BrowserNoStart
	}
}

// killedForMemory counts the processes of the browser's cgroup that ended for lack of memory, of earlier browsers too.
// Where that cannot be known, a browser that ends so has crashed.
func (w *watch) killedForMemory() int64 {
	if w.b.config.Cgroup == nil {
		return 0
	}
	e, err := cgroup.EventsOf(w.b.config.Cgroup)
	if err != nil {
		return 0
	}
	return e.Killed
}

// displayGone says that nobody listens any more where the browser shows itself.
func (w *watch) displayGone() bool {
	c := w.b.config
	socket := c.Display.Wayland
	if socket == "" {
		socket = x11Socket(c.Display.X11)
	}
	if c.Headless || c.text() || socket == "" {
		return false
	}
	conn, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return true
	}
	conn.Close()
	return false
}

// look reads how the browser is, and says whether a window was shown.
func (w *watch) look() bool {
	if !w.b.config.firefox() {
		return w.lookText()
	}
	h, ok := readHeartbeat(w.b.config.Home)
	switch {
	case ok && h.count != w.beat.count:
		w.beat, w.beatAt = h, time.Now()
		if h.shown {
			w.show()
			w.tell(Event{Kind: Idle, Idle: h.idle})
		}
		if w.hung {
			w.hung = false
			w.tell(Event{Kind: Answering})
		}
	case w.shown && !w.hung && !w.asked && time.Since(w.beatAt) > w.b.config.hangTimeout():
		w.hung = true
		w.tell(Event{Kind: Hung})
	}
	return w.shown
}

// lookText says whether the text browser has taken the place of bubblewrap. It has no heart that could be heard.
func (w *watch) lookText() bool {
	program := filepath.Base(command(w.b.config)[0])
	for _, pid := range w.programs() {
		if name(pid) == program[:min(len(program), 15)] {
			w.show()
		}
	}
	return w.shown
}

func (w *watch) show() {
	if !w.shown {
		w.shown = true
		w.tell(Event{Kind: Shown, Took: time.Since(w.begun)})
	}
}

// tell puts an event in the queue. An Idle takes the place of one that nobody has read.
func (w *watch) tell(e Event) {
	if n := len(w.queue); e.Kind == Idle && n > 0 && w.queue[n-1].Kind == Idle {
		w.queue[n-1] = e
		return
	}
	w.queue = append(w.queue, e)
}

// programs are the processes that bubblewrap started in the sandbox: the browser itself.
func (w *watch) programs() []int {
	if w.first == nil {
		return nil
	}
	return children(w.first.pid)
}

// signal reaches the browser itself.
func (w *watch) signal(signal unix.Signal) {
	for _, pid := range w.programs() {
		if p, err := openProcess(pid, w.first.pid); err == nil {
			p.kill(signal)
			p.close()
		}
	}
}

// killNow kills the sandbox. Before its first process is known, killing bubblewrap could leave that one alive.
func (w *watch) killNow() {
	w.kill = nil
	w.force = time.After(firstGrace)
	w.killFirst()
}

// killFirst kills the first process, when that is known and wanted; the kernel kills the others.
func (w *watch) killFirst() {
	if w.first != nil && w.force != nil {
		w.first.kill(unix.SIGKILL)
	}
}

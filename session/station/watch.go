package station

import (
	"context"
	"slices"

	"estran/session"
	"estran/session/browser"
)

// watcher is one reader of Watch: a channel that holds the newest Status only.
type watcher struct{ ch chan session.Status }

// tell replaces what the reader has not read yet. The caller holds mu, so there is one writer.
func (w *watcher) tell(status session.Status) {
	select {
	case <-w.ch:
	default:
	}
	w.ch <- status
}

func (w *watcher) close() { close(w.ch) }

// Status tells the present state.
func (s *Station) Status(context.Context) (session.Status, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return session.Status{}, session.ErrGone
	}
	return s.status(), nil
}

// Watch sends each Status until ctx ends or the station closes.
func (s *Station) Watch(ctx context.Context) (<-chan session.Status, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, session.ErrGone
	}
	w := &watcher{ch: make(chan session.Status, 1)}
	s.watchers[w] = struct{}{}
	w.tell(s.status())
	context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, there := s.watchers[w]; there {
			delete(s.watchers, w)
			w.close()
		}
	})
	return w.ch, nil
}

// changed tells everybody that something changed, and sets the next deadline. The caller holds mu.
func (s *Station) changed() {
	s.serial++
	s.setTimer()
	status := s.status()
	for w := range s.watchers {
		w.tell(status)
	}
}

// change runs f under the lock, then tells.
func (s *Station) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.changed()
}

// status is the present Status. The caller holds mu.
func (s *Station) status() session.Status {
	now := s.clock()
	status := s.machine.Status(now)
	status.Serial = s.serial
	s.agentStatus(&status.Agent, now)
	status.Antivirus = s.virus
	status.Refused = s.refused
	status.Printer = s.printer != ""
	status.Language, status.Large, status.Contrast = s.look.Language, s.look.Large, s.look.Contrast
	status.Wipe = slices.Clone(s.wipe)
	status.Receipt = s.canReadReceipt()
	status.Browser.Text = s.textBrowser()
	status.Medium = s.keys.status()
	if v := s.visit; v != nil {
		status.Browser.State, status.Browser.Problem = v.browser.state, v.browser.problem
		status.Browser.Limited = len(s.limit()) > 0
		status.Documents = v.documents
		if v.ctx.Err() == nil {
			status.PrinterProblem = v.printer
		}
		if v.key != nil {
			status.Medium = v.key.status
		}
	}
	return status
}

// textBrowser says that the browser of this station is the text one.
func (s *Station) textBrowser() bool {
	_, text, _ := browser.Choose(s.cfg.Browser.Program, s.display(), lookPath)
	return text && !s.opts.Headless
}

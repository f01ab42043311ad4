package station

import (
	"context"
	"fmt"
	"sync"

	"estran/session"
)

// visit is one open session: all that belongs to the visitor, and that is let go of when the session is wiped.
type visit struct {
	options session.OpenOptions
	memory  *memory
	browser supervised
	// confinement holds every browser of the visit; nil where there is none to be had.
	confinement Confinement
	key         *key   // the one that is plugged in
	keys        []*key // every one there was
	documents   session.DocumentsStatus
	saved       map[session.DocumentID]version // documents that are on a key, as they were then
	printed     []string                       // jobs given to the printer, unknownJob until the queue named them
	// watchingPrinter says that somebody looks after what was printed; printer is what they found.
	watchingPrinter bool
	printer         session.PrinterProblem
	noted           bool                      // has a line in the access log
	sites           []session.Private         // that a mandate names; nil for no limit
	sheets          map[session.PaperKind]int // how often each was printed

	ctx          context.Context // ends when the wipe begins
	end          context.CancelFunc
	browsing     context.Context // the browser lives until then: ended by the wipe's own step, whose absence must show
	stopBrowsing context.CancelFunc
	starting     sync.WaitGroup // a browser that is being started
	printing     sync.WaitGroup // documents that are being given to the printer

	stopWatching func()        // the documents
	look         chan struct{} // asks to look at the documents now
	code         []byte        // of the pause
}

// prepare makes what a session needs, the record first: a cut between the two leaves too much caution, not too
// little. The caller holds mu.
func (s *Station) prepare() {
	if fault, err := s.makeReady(); err != nil {
		s.log.Error("cannot open a session", "code", string(fault), "error", err)
		_ = s.send(session.Failed{Fault: fault})
		return
	}
	s.visit.look = make(chan struct{}, 1)
	s.visit.saved = map[session.DocumentID]version{}
	s.watchDocuments(s.visit)
	s.useKey()
	s.lookForPrinter(s.visit)
	s.lookAtAntivirus()
}

func (s *Station) makeReady() (session.Fault, error) {
	if err := writeRecord(s.opts.StateDir, recordOpen); err != nil {
		return session.FaultStateDir, err
	}
	if err := s.noteOpen(); err != nil {
		return session.FaultStateDir, err
	}
	m, err := newMemory(s.opts.RunDir, s.tag, s.cfg.Session, s.opts.Credential)
	if err != nil {
		return session.FaultMemory, fmt.Errorf("cannot make the session's memory: %w", err)
	}
	s.visit.memory = m
	if s.opts.Confine != nil {
		if s.visit.confinement, err = s.opts.Confine(); err != nil {
			return session.FaultMemory, fmt.Errorf("cannot confine the browser: %w", err)
		}
	}
	return session.NoFault, nil
}

// lookAtAntivirus asks whether files can be called clean, beside.
func (s *Station) lookAtAntivirus() {
	s.beside(func() {
		health := s.scanner.Health(s.ctx)
		s.change(func() { s.virus = health })
	})
}

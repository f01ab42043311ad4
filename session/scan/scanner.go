// Package scan gives a file its Verdict: the rules of triage, and clamd.
//
// Nothing here can turn an error into "clean". A file is Clean only when no rule speaks, clamd answered exactly OK, the
// file is within what that clamd looks at, and the same clamd, asked by the same path a moment ago, recognised the
// EICAR test file: a clamd that lost its signature base says OK to everything, and this is how it is found out.
package scan

import (
	"context"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"estran/session"
	"estran/session/triage"
)

// Scanner asks one clamd. It is safe for concurrent use, asks as many things at once as there are cores, and holds no
// connection between calls, but for that of a scan that was given up, until clamd has answered.
type Scanner struct {
	clamd clamd
	slots chan struct{}

	examining chan struct{} // one at a time
	found     atomic.Pointer[control]
	files     reach // the largest file that clamd looks at
}

// New returns a Scanner for the clamd that listens on a unix socket. One file may take timeout. It does not connect:
// Health tells how clamd is.
func New(socket string, timeout time.Duration) *Scanner {
	return &Scanner{
		clamd:     clamd{socket: socket, timeout: timeout},
		slots:     make(chan struct{}, runtime.NumCPU()),
		examining: make(chan struct{}, 1),
		files:     reach{make: bigZip},
	}
}

// Health says whether files can be called clean at all, by having the EICAR test file, made in memory, looked at. A
// good answer is kept for ten seconds, a bad one for two at least.
func (s *Scanner) Health(ctx context.Context) session.AntivirusStatus { return s.control(ctx).status }

func (s *Scanner) control(ctx context.Context) control {
	if c := s.found.Load(); c != nil && time.Now().Before(c.until) {
		return *c
	}
	select {
	case s.examining <- struct{}{}:
		defer func() { <-s.examining }()
	case <-ctx.Done():
		return control{status: session.AntivirusStatus{Problem: session.ReasonAntivirusSilent}}
	}
	if c := s.found.Load(); c != nil && time.Now().Before(c.until) {
		return *c // somebody else just found out
	}
	start := time.Now()
	c := examine(ctx, s.clamd)
	if ctx.Err() != nil {
		return c // cut short: worth nothing to others
	}
	c.until = c.believed(time.Now(), time.Since(start))
	if c.status.Problem != session.ReasonNone {
		s.files.forget()
	}
	s.found.Store(&c)
	return c
}

// Scan looks at a whole file. The name is only judged, never sent; but clamd writes the path of an infected descriptor
// to its own log, so give it a file that has no name (media.Stage) and that nobody else can change. The offset of the
// file does not matter. It never answers Clean on any error.
func (s *Scanner) Scan(ctx context.Context, f *os.File, name session.Private, size int64) Result {
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() != size {
		return Judge(triage.Triage(name, nil), session.ReasonChanged)
	}
	verdict := s.antivirus(ctx, f, size)
	// What unpacks is given no more time than the antivirus, however many files come out.
	bounded, cancel := context.WithTimeout(ctx, s.clamd.timeout)
	defer cancel()
	looker := triage.Looker{Limits: triage.DefaultLimits(), Entry: s.antivirus}
	raised, each := looker.LookInto(bounded, f, size, name)
	if each && verdict == session.ReasonLimit {
		verdict = session.ReasonNone // what it holds was looked at by itself
	}
	if verdict == session.ReasonNone && old(s.control(ctx).status, time.Now()) {
		verdict = session.ReasonOldSignatures
	}
	return Judge(raised, verdict)
}

// old says that a signature base is too old for a clean verdict, or that nobody knows how old it is.
func old(a session.AntivirusStatus, now time.Time) bool {
	return a.Signatures.IsZero() || now.Sub(a.Signatures) >= session.SignaturesTooOld
}

// antivirus is why a file is not clean as far as clamd goes; none when it is.
func (s *Scanner) antivirus(ctx context.Context, f *os.File, size int64) session.Reason {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return session.ReasonAntivirusSilent
	}
	known := s.control(ctx)
	if known.status.Problem != session.ReasonNone {
		return known.status.Problem
	}
	if reason := s.within(ctx, &s.files, size); reason != session.ReasonNone {
		return reason
	}
	reply, err := s.clamd.scan(ctx, f)
	if err != nil {
		return s.failed(err)
	}
	if a := parse(reply); a != answerOK {
		return a.reason()
	}
	return session.ReasonNone
}

// within is why clamd does not look at that many bytes; none when it does.
func (s *Scanner) within(ctx context.Context, r *reach, size int64) session.Reason {
	switch covered, err := r.covers(ctx, s.clamd, size); {
	case err != nil:
		return s.failed(err)
	case !covered:
		return session.ReasonLimit
	default:
		return session.ReasonNone
	}
}

// failed tells why a clamd that failed makes a file unchecked, and has it looked at again before the next file.
func (s *Scanner) failed(err error) session.Reason {
	s.found.Store(nil)
	return reasonOf(err)
}

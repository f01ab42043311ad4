// Package scan gives a file its Verdict: rules over its name and its first bytes, then clamd.
//
// Nothing here can turn an error into "clean". A file is Clean only when no rule speaks, clamd answered exactly OK, the
// file is within what that clamd looks at, and the same clamd, asked by the same path a moment ago, recognised the
// EICAR test file: a clamd that lost its signature base says OK to everything, and this is how it is found out.
package scan

import (
	"context"
	"io"
	"os"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"estran/session"
)

// Result is what is known of one file. Its zero value is unchecked.
type Result struct {
	Verdict session.Verdict
	// Reasons are why, the gravest first; none for a clean file.
	Reasons []session.Reason
}

// Scanner asks one clamd. It is safe for concurrent use, asks as many things at once as there are cores, and holds no
// connection between calls.
type Scanner struct {
	clamd clamd
	slots chan struct{}

	examining chan struct{} // one at a time
	found     atomic.Pointer[control]
	files     reach // the largest file that clamd looks at
	totals    reach // the most that it looks at in one archive
}

// New returns a Scanner for the clamd that listens on a unix socket. One file may take timeout. It does not connect:
// Health tells how clamd is.
func New(socket string, timeout time.Duration) *Scanner {
	return &Scanner{
		clamd:     clamd{socket: socket, timeout: timeout},
		slots:     make(chan struct{}, runtime.NumCPU()),
		examining: make(chan struct{}, 1),
		files:     reach{make: bigZip},
		totals:    reach{make: deepZip},
	}
}

// Health says whether files can be called clean at all, by having the EICAR test file, made in memory, looked at. A
// good answer is kept for a minute, a bad one for two seconds.
func (s *Scanner) Health(ctx context.Context) session.AntivirusStatus { return s.control(ctx).status }

func (s *Scanner) control(ctx context.Context) control {
	if c := s.found.Load(); c != nil && c.fresh(time.Now()) {
		return *c
	}
	select {
	case s.examining <- struct{}{}:
		defer func() { <-s.examining }()
	case <-ctx.Done():
		return control{status: session.AntivirusStatus{Problem: session.ReasonAntivirusSilent}}
	}
	if c := s.found.Load(); c != nil && c.fresh(time.Now()) {
		return *c // somebody else just found out
	}
	c := examine(ctx, s.clamd)
	if ctx.Err() != nil {
		return c // cut short: worth nothing to others
	}
	c.when = time.Now()
	if c.status.Problem != session.ReasonNone {
		s.files.forget()
		s.totals.forget()
	}
	s.found.Store(&c)
	return c
}

// Scan looks at a whole file. The name is only judged, never sent; but clamd writes the path of an infected descriptor
// to its own log, so give it a file that has no name (media.Stage) and that nobody else can change. The offset of the
// file does not matter. It never answers Clean on any error.
func (s *Scanner) Scan(ctx context.Context, f *os.File, name session.Private, size int64) Result {
	head := make([]byte, HeadSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return Judge(Triage(name, nil), session.ReasonUnreadable)
	}
	reasons := Triage(name, head[:n])
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() != size {
		return Judge(reasons, session.ReasonChanged)
	}
	return Judge(reasons, s.antivirus(ctx, f, size, sniff(head[:n])))
}

// antivirus is why a file is not clean as far as clamd goes; none when it is.
func (s *Scanner) antivirus(ctx context.Context, f *os.File, size int64, what content) session.Reason {
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
	if !s.files.covers(ctx, s.clamd, size) {
		return session.ReasonLimit
	}
	reply, err := s.clamd.scan(ctx, f)
	if err != nil {
		s.found.Store(nil) // look again before the next file
		return reasonOf(err)
	}
	if a := parse(reply); a != answerOK {
		return a.reason()
	}
	return s.inside(ctx, f, size, what)
}

// inside is why an archive that clamd said OK to is not clean: it may hold what clamd passed over without a word. Tried
// with clamd 1.4: an entry of a zip archive beyond MaxFileSize gives OK even with AlertExceedsMax, and so does one closed
// by a password without AlertEncrypted. What other archives hold is not known here.
func (s *Scanner) inside(ctx context.Context, f *os.File, size int64, what content) session.Reason {
	switch what.family {
	case zipped:
		in := zipContents(f, size)
		switch {
		case in.encrypted:
			return session.ReasonEncrypted
		case in.unknown,
			!s.files.covers(ctx, s.clamd, in.largest),
			!s.totals.covers(ctx, s.clamd, size+in.total):
			return session.ReasonLimit
		}
	case archive:
		return session.ReasonLimit
	}
	return session.ReasonNone
}

// Judge makes a Result of what Triage raised and of why the antivirus does not call the file clean: suspect when
// something was found, clean only when nothing speaks against it. It is pure.
func Judge(raised []session.Reason, unsure session.Reason) Result {
	r := Result{Verdict: session.Clean}
	if unsure == session.ReasonVirus {
		r.Reasons = append(r.Reasons, unsure)
	}
	r.Reasons = append(r.Reasons, raised...)
	if unsure != session.ReasonNone && !slices.Contains(r.Reasons, unsure) {
		r.Reasons = append(r.Reasons, unsure)
	}
	for _, reason := range r.Reasons {
		if isFinding(reason) {
			r.Verdict = session.Suspect
			return r
		}
		r.Verdict = session.Unchecked
	}
	return r
}

// isFinding says that a reason tells of the file, not of why it could not be looked at.
func isFinding(r session.Reason) bool {
	switch r {
	case session.ReasonVirus, session.ReasonProgram, session.ReasonShortcut, session.ReasonAutorun,
		session.ReasonHiddenName, session.ReasonTwoExtensions, session.ReasonExtensionMismatch:
		return true
	default:
		return false
	}
}

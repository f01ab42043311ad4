// Package scan gives a file its Verdict: rules over its name and its first bytes, then clamd.
//
// Nothing here can turn an error into "clean". A file is Clean only when no rule speaks, clamd answered exactly OK, the
// file is within what that clamd looks at, and the same clamd, asked by the same path a moment ago, recognised the
// EICAR test file: a clamd that lost its signature base says OK to everything, and this is how it is found out.
package scan

import (
	"context"
	"os"
	"time"

	"estran/session"
)

// Result is what is known of one file. Its zero value is unchecked.
type Result struct {
	Verdict session.Verdict
	// Reasons are why, the gravest first; none for a clean file.
	Reasons []session.Reason
}

// Scanner asks one clamd. It is safe for concurrent use and holds no connection between calls.
type Scanner struct {
	socket  string
	timeout time.Duration
}

// New returns a Scanner for the clamd that listens on a unix socket. One file may take timeout. It does not connect:
// Health tells how clamd is.
func New(socket string, timeout time.Duration) *Scanner {
	return &Scanner{socket: socket, timeout: timeout}
}

// Scan looks at a whole file. The name is only judged, never sent or logged. Give it a private copy of the file, since
// what could change after the scan was not scanned. It never answers Clean on any error.
func (s *Scanner) Scan(ctx context.Context, f *os.File, name session.Private, size int64) Result {
	return Result{}
}

// Health says whether files can be called clean at all, by scanning the EICAR test file, made in memory. The answer
// is kept for a minute.
func (s *Scanner) Health(ctx context.Context) session.AntivirusStatus {
	return session.AntivirusStatus{Problem: session.ReasonNoAntivirus}
}

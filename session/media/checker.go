package media

import (
	"context"
	"os"

	"estran/session"
	"estran/session/scan"
)

// Checker looks at every file of a key: it copies each to memory, has the copy scanned, and drops the copy.
type Checker struct {
	Medium *Medium
	// Scan judges one copy; it is Scanner.Scan.
	Scan func(ctx context.Context, f *os.File, name session.Private, size int64) scan.Result
	// Staging is a directory in the session's memory. Copies have no name in it.
	Staging string
	// Budget is how many bytes all copies may take at once. A larger file is session.ReasonTooBig, not copied.
	Budget int64
	// Workers bounds how many files are looked at at once; 0 is the number of cores.
	Workers int
	// Order sorts what is looked at first; nil is QuickFirst.
	Order func(a, b File) int
	// Begin is told which file is being looked at; may be nil. Begin and Report are never called at the same time.
	Begin func(id session.FileID)
	// Report is told the result of each file, once, and its size in bytes. A file of a key that vanished is reported
	// unchecked.
	Report func(id session.FileID, r scan.Result, bytes int64)
}

// Check looks at the files, until all are reported, ctx ends or the key vanishes: then ErrPulled.
func (c *Checker) Check(ctx context.Context, files []File) error { return nil }

// QuickFirst puts what people bring and what is quick first: documents and pictures, the small before the big.
func QuickFirst(a, b File) int { return 0 }

package media

import (
	"errors"

	"estran/session"
)

// What a caller acts on, beside session.ErrFull, session.ErrReadOnly and session.ErrNotFound.
var (
	// ErrNeedsRoot: a block device, and no right to mount it.
	ErrNeedsRoot = errors.New("mounting needs root")
	// ErrUnreadable: the key or the file holds nothing that can be read.
	ErrUnreadable = errors.New("cannot be read")
	// ErrPulled: the key was pulled out, or answers no more.
	ErrPulled = errors.New("the key is gone")
	// ErrChanged: the file is not what was listed, or changed while it was read.
	ErrChanged = errors.New("the file changed")
	// ErrTooMany: the key holds more files than are listed. Those listed are good.
	ErrTooMany = errors.New("too many files")
	// ErrDiffers: what was read back is not what was written.
	ErrDiffers = errors.New("read back differently")
)

// ProblemOf tells the visitor's side of an error of this package; session.MediumFine for nil.
func ProblemOf(err error) session.MediumProblem {
	return session.MediumFine
}

// ReasonOf tells why a file that could not be copied from the key stays unchecked.
func ReasonOf(err error) session.Reason {
	return session.ReasonNone
}

package media

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"estran/session"
)

// What a caller acts on, beside session.ErrFull, session.ErrReadOnly and session.ErrNotFound.
var (
	// ErrNeedsRoot: a block device, and no right to mount it.
	ErrNeedsRoot = errors.New("mounting needs root")
	// ErrUnreadable: the key or the file holds nothing that can be read.
	ErrUnreadable = errors.New("cannot be read")
	// ErrEncrypted: closed by a password. Like the next three it is also ErrUnreadable.
	ErrEncrypted = fmt.Errorf("closed by a password: %w", ErrUnreadable)
	// ErrEmpty: never formatted, so that nothing of the visitor's can be on it.
	ErrEmpty = fmt.Errorf("never formatted: %w", ErrUnreadable)
	// ErrDamaged: a file system that keys have, and that the kernel does not accept or the device does not give.
	ErrDamaged = fmt.Errorf("broken: %w", ErrUnreadable)
	// ErrForeign: a file system, or a part of one, that is not opened here.
	ErrForeign = fmt.Errorf("not a file system of keys: %w", ErrUnreadable)
	// ErrPulled: the key was pulled out, or answers no more.
	ErrPulled = errors.New("the key is gone")
	// ErrChanged: the file is not what was listed, or changed while it was read.
	ErrChanged = errors.New("the file changed")
	// ErrTooMany: the key holds more files than are listed. Those listed are good.
	ErrTooMany = errors.New("too many files")
	// ErrDiffers: what was read back is not what was written.
	ErrDiffers = errors.New("read back differently")
	// ErrSessionFull: the copy has no room in the session's memory. It is also session.ErrFull.
	ErrSessionFull = fmt.Errorf("in the session: %w", session.ErrFull)
)

// ProblemOf tells the visitor's side of an error of this package; session.MediumFine for nil.
func ProblemOf(err error) session.MediumProblem {
	for _, known := range []struct {
		err     error
		problem session.MediumProblem
	}{
		{nil, session.MediumFine},
		{context.Canceled, session.MediumCopyCanceled},
		{ErrPulled, session.MediumGone},
		{ErrNeedsRoot, session.MediumNeedsRoot},
		{ErrSessionFull, session.MediumSessionFull},
		{session.ErrFull, session.MediumFull},
		{session.ErrReadOnly, session.MediumReadOnly},
		{ErrTooMany, session.MediumTooMany},
		{ErrDiffers, session.MediumWriteFailed},
		{ErrEncrypted, session.MediumEncrypted},
		{ErrDamaged, session.MediumDamaged},
		{ErrForeign, session.MediumForeign},
		{ErrEmpty, session.MediumEmpty},
	} {
		if errors.Is(err, known.err) {
			return known.problem
		}
	}
	return session.MediumNotReadable
}

// ReasonOf tells why a file that could not be copied from the key stays unchecked; session.ReasonNone for nil.
func ReasonOf(err error) session.Reason {
	switch {
	case err == nil:
		return session.ReasonNone
	case errors.Is(err, session.ErrFull):
		return session.ReasonTooBig
	case errors.Is(err, ErrChanged), errors.Is(err, session.ErrNotFound):
		return session.ReasonChanged
	default:
		return session.ReasonUnreadable
	}
}

// errno is the bare number of an error of a system call. What os wraps around it holds a path, and the path a name that
// belongs to the visitor.
func errno(err error) error {
	var n unix.Errno
	if errors.As(err, &n) {
		return n
	}
	return err
}

// fault makes what a system call answered on the key into what a caller acts on. A key that was pulled out answers in
// many ways, according to the file system and to what was cached, so the key itself is asked whether it is there.
func (m *Medium) fault(doing string, err error) error {
	err = errno(err)
	var kind error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case !m.present():
		kind = ErrPulled
	case errors.Is(err, unix.ENOSPC), errors.Is(err, unix.EDQUOT), errors.Is(err, unix.EFBIG): // vfat takes less than 4 GiB
		kind = session.ErrFull
	case errors.Is(err, unix.EROFS):
		kind = session.ErrReadOnly
	case errors.Is(err, unix.ENOENT):
		kind = session.ErrNotFound
	default:
		kind = ErrUnreadable
	}
	return fmt.Errorf("%s: %w: %w", doing, kind, err)
}

package triage

import (
	"context"
	"errors"
	"fmt"
	"io"

	"estran/session"
)

// What stops unpacking.
var (
	errTotal      = errors.New("more than is unpacked of one file")
	errDictionary = errors.New("unpacking takes more memory than it may")
	errMethod     = errors.New("packed in a way that is not known here")
	errLocked     = errors.New("closed by a password")
	errBroken     = errors.New("the archive is broken")
	errTooMany    = errors.New("more files than are looked at")
	errTwoEnds    = errors.New("two archives in one")
	errOverlap    = errors.New("entries that share their bytes")
	errPanic      = errors.New("unpacking failed")
)

// reasonOf tells why a file that could not be unpacked is unchecked.
func reasonOf(err error) session.Reason {
	switch {
	case errors.Is(err, errTotal), errors.Is(err, errDictionary), errors.Is(err, errTooMany):
		return session.ReasonArchiveLimits
	case errors.Is(err, errMethod):
		return session.ReasonNotOpened
	case errors.Is(err, errTwoEnds):
		return session.ReasonPolyglot
	case errors.Is(err, errOverlap):
		return session.ReasonBomb
	case errors.Is(err, errLocked):
		return session.ReasonEncrypted
	case errors.Is(err, errPanic), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return session.ReasonTooComplex
	default:
		return session.ReasonDamaged
	}
}

// metered counts what comes out of an unpacker in one of the counts of the call, and stops it where all is spent.
func (k *look) metered(r io.Reader, count *int64) io.Reader { return &meter{k: k, r: r, count: count} }

// most is how much is unpacked of one file: an archive of photos may be large, and unpacks to no more than it is.
func (k *look) most() int64 { return max(k.Limits.Total, 2*k.root) }

type meter struct {
	k     *look
	r     io.Reader
	count *int64
}

func (m *meter) Read(p []byte) (n int, err error) {
	if err := m.k.ctx.Err(); err != nil {
		return 0, err
	}
	// One byte more than may be, so that it is seen that there are more.
	left := m.k.most() + 1 - *m.count
	if left <= 0 {
		return 0, errTotal
	}
	n, err = m.k.safely(func() (int, error) { return m.r.Read(p[:min(int64(len(p)), left)]) })
	*m.count += int64(n)
	return n, err
}

// safely turns a panic of an unpacker that was given what its author did not think of into an error. What it says may
// hold bytes of the file, and is dropped.
func (k *look) safely(do func() (int, error)) (n int, err error) {
	defer func() {
		if recover() != nil {
			n, err = 0, errPanic
		}
	}()
	return do()
}

// interruptible is a file whose reading ends when the call does: unpackers may read for long before anything comes out.
type interruptible struct {
	k *look
	r io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.k.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// bytesOf reads a whole file in order.
func (k *look) bytesOf(f file) io.Reader {
	return interruptible{k, io.NewSectionReader(f.content, 0, f.size)}
}

// reserve takes memory for an unpacker, and returns what gives it back.
func (k *look) reserve(n int64) (release func(), err error) {
	if n > k.Limits.Dictionary || n < 0 || k.held+n > k.Limits.Memory {
		return nil, fmt.Errorf("%w: %d bytes", errDictionary, n)
	}
	return k.hold(n), nil
}

// hold counts memory that is in use until it is let go.
func (k *look) hold(n int64) (letGo func()) {
	k.held += n
	k.mostHeld = max(k.mostHeld, k.held)
	return func() { k.held -= n }
}

package media

import (
	"context"
	"os"

	"estran/session"
)

// Medium is one key that is open. Its methods are safe for concurrent use, except that Eject and Close wait for the
// copies that run: cancel those first.
type Medium struct{}

// File is one entry of a key.
type File struct {
	ID   session.FileID
	Name session.Private // with its folders, relative to the key, byte for byte
	Size int64           // in bytes
	// Reason is why it will never be opened (session.ReasonNotAFile), or none.
	Reason session.Reason
}

// Open opens a key. A block device or an image is mounted read-only at no path, which needs CAP_SYS_ADMIN: ErrNeedsRoot
// without. ErrUnreadable when no file system the kernel knows is on it.
func Open(ctx context.Context, src Source) (*Medium, error) { return nil, nil }

// Source is where the key is.
func (m *Medium) Source() Source { return Source{} }

// Present says that the key is still the one that was opened, and still there.
func (m *Medium) Present() bool { return false }

// Writable says that documents can be copied to the key.
func (m *Medium) Writable() bool { return false }

// Free is the room left on the key, in bytes.
func (m *Medium) Free() (int64, error) { return 0, nil }

// List emits the files of the key as they are found, at most max, then ErrTooMany. Links, pipes, sockets and devices are
// emitted with session.ReasonNotAFile and never opened. What systems leave on keys (System Volume Information,
// .Trash-1000, ._photo.jpg) is passed over. Listing again gives new IDs; old ones stay good.
func (m *Medium) List(ctx context.Context, max int, emit func(File)) error { return nil }

// Copy copies a file of the key into dst, which the caller opened and may be empty. progress is told the bytes of each
// step and may be nil. ErrChanged when the file is not as listed; session.ErrFull when dst has no room.
func (m *Medium) Copy(ctx context.Context, id session.FileID, dst *os.File, progress func(n int64)) error {
	return nil
}

// Put copies size bytes of src to the top folder of the key, under name or one like it (« photo (2).jpg ») when that is
// taken; nothing that was there is ever replaced. What was written is flushed, read back and compared before it gets
// its name. On any error nothing of it stays. ErrDiffers, session.ErrFull, session.ErrReadOnly, ErrPulled.
func (m *Medium) Put(ctx context.Context, name session.Private, src *os.File, size int64, progress func(n int64)) error {
	return nil
}

// Eject flushes and unmounts the key: it may then be pulled out. A folder is only flushed and let go.
func (m *Medium) Eject(ctx context.Context) error { return nil }

// Close lets the key go at once, without flushing; after Eject it does nothing.
func (m *Medium) Close() error { return nil }

// InUse says that a block device is still mounted or held by somebody, by asking the device itself for exclusive use. Only
// for checks: it is how a wipe looks again after Eject or Close.
func InUse(src Source) (bool, error) { return false, nil }

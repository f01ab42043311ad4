package media

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Medium is one key that is open. Its methods are safe for concurrent use, except that Eject and Close wait for the
// copies that run: cancel those first. After them every method answers ErrPulled.
type Medium struct {
	src Source
	// who is the file at the path of the source: another key may take its place.
	who identity

	// use is held for reading by whoever uses root, and for writing to let it go.
	use  sync.RWMutex
	root int     // the top folder
	vol  *volume // nil for a folder
	gone bool

	// writing is held by the one who writes to the key.
	writing sync.Mutex

	mu    sync.Mutex
	files []record // by FileID, from 1
}

// record is what is known of a listed file.
type record struct {
	path    string
	regular bool
	size    int64
	mtime   unix.Timespec
}

// Source is where the key is.
func (m *Medium) Source() Source { return m.src }

// enter keeps the key open until leave is called.
func (m *Medium) enter() (leave func(), err error) {
	m.use.RLock()
	if m.gone {
		m.use.RUnlock()
		return nil, ErrPulled
	}
	return m.use.RUnlock, nil
}

// Present says that the key is still the one that was opened, and still there.
func (m *Medium) Present() bool {
	leave, err := m.enter()
	if err != nil {
		return false
	}
	defer leave()
	return m.present()
}

// present is Present for those who have entered.
func (m *Medium) present() bool {
	if who, err := identityAt(m.src.Path); err != nil || who != m.who {
		return false
	}
	if m.vol != nil && !m.vol.present() {
		return false
	}
	// A file system that lost its device still lists what it has in memory, but cannot flush.
	if err := unix.Fsync(m.root); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.EROFS) {
		return false
	}
	fd, err := beneath(m.root, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	_, err = unix.ReadDirent(fd, make([]byte, 4096))
	return err == nil
}

// Writable says that documents can be copied to the key.
func (m *Medium) Writable() bool {
	leave, err := m.enter()
	if err != nil {
		return false
	}
	defer leave()
	if m.vol != nil {
		return m.vol.writable()
	}
	return unix.Faccessat(m.root, ".", unix.W_OK, unix.AT_EACCESS) == nil
}

// Free is the room left on the key, in bytes.
func (m *Medium) Free() (int64, error) {
	leave, err := m.enter()
	if err != nil {
		return 0, err
	}
	defer leave()
	return m.free()
}

func (m *Medium) free() (int64, error) {
	var st unix.Statfs_t
	if err := unix.Fstatfs(m.root, &st); err != nil {
		return 0, m.fault("cannot ask for the room left", err)
	}
	return int64(st.Bavail) * st.Frsize, nil
}

// Eject flushes and unmounts the key: it may then be pulled out. A folder is only flushed and let go. On any error the
// key is let go all the same.
func (m *Medium) Eject(ctx context.Context) error {
	m.use.Lock()
	defer m.use.Unlock()
	if m.gone {
		return nil
	}
	var err error
	if e := unix.Syncfs(m.root); e != nil {
		err = m.fault("cannot flush the key", e)
	} else if !m.present() {
		err = ErrPulled
	}
	return errors.Join(err, m.release(), m.waitUnused(ctx))
}

// Close lets the key go at once, without flushing; after Eject it does nothing.
func (m *Medium) Close() error {
	m.use.Lock()
	defer m.use.Unlock()
	if m.gone {
		return nil
	}
	return m.release()
}

func (m *Medium) release() error {
	m.gone = true
	err := unix.Close(m.root)
	if m.vol != nil {
		err = errors.Join(err, m.vol.close())
	}
	m.mu.Lock()
	m.files = nil // the names go with the key
	m.mu.Unlock()
	return err
}

// waitUnused waits until the kernel has unmounted: it may do so a moment after the last descriptor is closed.
func (m *Medium) waitUnused(ctx context.Context) error {
	for try := 0; ; try++ {
		used, err := InUse(m.src)
		if err != nil || !used {
			return err
		}
		if try == 100 {
			return errors.New("the device is still in use")
		}
		if !pause(ctx) {
			return ctx.Err()
		}
	}
}

// register gives a listed file its ID.
func (m *Medium) register(r record) session.FileID {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files = append(m.files, r)
	return session.FileID(len(m.files))
}

func (m *Medium) lookUp(id session.FileID) (record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if id == 0 || int(id) > len(m.files) {
		return record{}, session.ErrNotFound
	}
	return m.files[id-1], nil
}

package media

import (
	"context"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Medium is one key that is open. Its methods are safe for concurrent use, except that Eject and Close wait for the
// copies that run: cancel those first. After them every method answers ErrPulled.
type Medium struct {
	src Source

	// use is held for reading by whoever uses the parts, and for writing to let them go.
	use   sync.RWMutex
	parts []*part // one at least
	gone  bool
	// partly says that more is on the key, and could not be opened.
	partly bool

	// writing is held by the one who writes to the key.
	writing sync.Mutex

	mu         sync.Mutex
	files      []record // by FileID, from 1
	unfinished bool     // a copy to it was cut
}

// record is what is known of a listed file.
type record struct {
	of      *part
	path    string // in it
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
	return !slices.ContainsFunc(m.parts, func(p *part) bool { return !p.present() })
}

// Problem is what the visitor is to know of a key that was opened: session.MediumUnfinished when Sweep found that a copy to it
// was cut, session.MediumPartly when a part of it cannot be opened here.
func (m *Medium) Problem() session.MediumProblem {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.unfinished:
		return session.MediumUnfinished
	case m.partly:
		return session.MediumPartly
	default:
		return session.MediumFine
	}
}

// Writable says that documents can be copied to the key.
func (m *Medium) Writable() bool {
	leave, err := m.enter()
	if err != nil {
		return false
	}
	defer leave()
	return m.writable()
}

func (m *Medium) writable() bool { return slices.ContainsFunc(m.parts, (*part).writable) }

// Free is the room left on the key, in bytes. A document goes to one partition: of several that can be written, it is the
// room of the one that has most.
func (m *Medium) Free() (int64, error) {
	leave, err := m.enter()
	if err != nil {
		return 0, err
	}
	defer leave()
	most, some := int64(0), m.writable()
	for _, p := range m.parts {
		if some && !p.writable() {
			continue
		}
		free, err := p.free()
		if err != nil {
			return 0, m.fault("cannot ask for the room left", err)
		}
		most = max(most, free)
	}
	return most, nil
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
	for _, p := range m.parts {
		if e := unix.Syncfs(p.root); e != nil {
			err = errors.Join(err, m.fault("cannot flush the key", e))
		}
	}
	if err == nil && !m.present() {
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
	var err error
	for _, p := range m.parts {
		err = errors.Join(err, p.close())
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

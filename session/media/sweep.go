package media

import (
	"context"
	"errors"
	"os"
	"regexp"
	"slices"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Sweep removes what a copy that was cut left on the key, the marker and unfinished files, before anything is listed; Problem
// then tells of it. A key without them is not written, nor made writable. What cannot be removed stays: only ErrPulled and the
// end of ctx are errors.
func (m *Medium) Sweep(ctx context.Context) error {
	m.use.Lock() // the part may be mounted anew
	defer m.use.Unlock()
	if m.gone {
		return ErrPulled
	}
	for _, p := range m.parts {
		found := len(leftovers(p.root)) > 0 || p.hidesLeftovers(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		if !found {
			continue
		}
		m.mu.Lock()
		m.unfinished = true
		m.mu.Unlock()
		if err := m.sweep(ctx, p); errors.Is(err, ErrPulled) {
			return err
		}
	}
	return nil
}

// sweep removes what is left on one part.
func (m *Medium) sweep(ctx context.Context, p *part) error {
	if p.stale() {
		if err := m.replay(ctx, p); err != nil {
			return err
		}
	}
	if !p.writable() {
		return session.ErrReadOnly
	}
	if err := m.unlock(p); err != nil {
		return err
	}
	return errors.Join(m.clear(p), m.lock(p))
}

// clear removes what is ours from a part that was made writable. A FAT turns itself read-only as it comes upon a chain of
// clusters that was cut short (fs/fat/misc.c, __fat_fs_error), as the one of an unfinished file may be: it is made writable
// again for the rest.
func (m *Medium) clear(p *part) error {
	for range 3 {
		remove(p.root, leftovers(p.root))
		if !p.turnedReadOnly() {
			return nil
		}
		if err := m.unlock(p); err != nil {
			return err
		}
	}
	return nil
}

// turnedReadOnly says that the kernel refuses to write to a part that was made writable.
func (p *part) turnedReadOnly() bool {
	var st unix.Statfs_t
	return unix.Fstatfs(p.root, &st) == nil && st.Flags&unix.ST_RDONLY != 0
}

// stale says that a part shows what it held before the last writing to it, which is in its journal.
func (p *part) stale() bool { return p.vol != nil && p.vol.fs.journal && p.vol.fs.dirty }

// oursInJournal are the names of what may be left, as a journal has them.
var oursInJournal = regexp.MustCompile(regexp.QuoteMeta(markerStem) + `|` + regexp.QuoteMeta(unfinishedStart) + `[A-Z2-7]{26}` + regexp.QuoteMeta(unfinishedEnd))

// hidesLeftovers says that something of ours, or what a marker says, is in the journal yet.
func (p *part) hidesLeftovers(ctx context.Context) bool {
	if !p.stale() {
		return false
	}
	if slices.ContainsFunc(topNames(p.root), isMarkerName) {
		return true
	}
	j := liveJournal(p.vol.device)
	return j != nil && j.holds(ctx, oursInJournal)
}

// replay has the kernel bring the journal of a part to its end: so is the writing ended that the station itself began. It is
// done for nothing else, since reading a key must not write to it.
func (m *Medium) replay(ctx context.Context, p *part) error {
	was := p.vol.fs
	p.vol.fs = was.replaying()
	err := p.mountAgain(ctx)
	if err != nil {
		p.vol.fs = was
		err = errors.Join(err, p.mountAgain(ctx))
	}
	if err != nil && !m.present() {
		return ErrPulled
	}
	return err
}

// mountAgain mounts a part with other options.
func (p *part) mountAgain(ctx context.Context) error {
	_ = unix.Close(p.root)
	_ = unix.Close(p.vol.mount)
	p.root, p.vol.mount = -1, -1
	if err := p.vol.open(ctx); err != nil {
		return err
	}
	root, err := p.vol.top()
	if err == nil {
		p.root = root
	}
	return err
}

// leftovers are the names of what a copy that was cut left in a top folder.
func leftovers(root int) []string {
	return slices.DeleteFunc(topNames(root), func(name string) bool { return !isUnfinished(name) && !isMarker(root, name) })
}

// topNames are the names in a top folder.
func topNames(root int) []string {
	fd, err := beneath(root, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil
	}
	dir := os.NewFile(uintptr(fd), "")
	defer dir.Close()
	names, _ := dir.Readdirnames(10_000)
	return names
}

// remove removes files of ours. Failing to do so does not matter.
func remove(root int, names []string) {
	for _, name := range names {
		_ = unix.Unlinkat(root, name, 0)
	}
}

package media

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
)

// spare is the room on the key that a document leaves: its name, and what the file system needs to note it.
const spare = 64 << 10

// Put copies size bytes of src, from its start, to the top folder of the key, under name or one like it
// (« photo (2).jpg ») when that is taken; nothing that was there is ever replaced. What was written is flushed, read back
// and compared before it gets its name. progress is told the bytes as they are on the key; it may be nil. On any error
// nothing of the document stays, as far as the key still answers. ErrDiffers, session.ErrFull, session.ErrReadOnly,
// ErrPulled.
func (m *Medium) Put(ctx context.Context, name session.Private, src *os.File, size int64, progress func(n int64)) (err error) {
	leave, err := m.enter()
	if err != nil {
		return err
	}
	defer leave()
	m.writing.Lock()
	defer m.writing.Unlock()

	lock, err := m.unlock()
	if err != nil {
		return err
	}
	if !m.present() {
		return errors.Join(ErrPulled, lock())
	}
	// A key that stays writable is not what the visitor is told: that it can be pulled out.
	defer func() { err = errors.Join(err, lock()) }()
	free, err := m.free()
	if err != nil {
		return err
	}
	if free < size+spare {
		return fmt.Errorf("%d bytes, %d free: %w", size, free, session.ErrFull)
	}
	m.sweep()
	d := &delivery{m: m, src: src, size: size, progress: progress}
	return d.run(ctx, baseOf(name.Reveal()))
}

// unlock makes the key writable and returns what makes it read-only again.
func (m *Medium) unlock() (lock func() error, err error) {
	if m.vol == nil {
		return func() error { return nil }, nil
	}
	if !m.vol.writable() {
		return nil, session.ErrReadOnly
	}
	lock = func() error {
		if err := m.vol.setWritable(false); err != nil {
			return m.fault("cannot make the key read-only again", err)
		}
		return nil
	}
	err = m.vol.setWritable(true)
	if err == nil {
		return lock, nil
	}
	kind := session.ErrReadOnly // whatever the driver has against it: EINVAL for a file system that is to be mended
	if !m.present() {
		kind = ErrPulled
	}
	return nil, errors.Join(fmt.Errorf("cannot make the key writable: %w: %w", kind, err), lock())
}

// sweep removes what a copy that was cut left on the key. Failing to do so does not matter.
func (m *Medium) sweep() {
	fd, err := beneath(m.root, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return
	}
	dir := os.NewFile(uintptr(fd), "")
	defer dir.Close()
	names, _ := dir.Readdirnames(10_000)
	for _, name := range names {
		if isUnfinished(name) {
			_ = unix.Unlinkat(m.root, name, 0)
		}
	}
}

// delivery is one document on its way to the key.
type delivery struct {
	m        *Medium
	src      *os.File
	size     int64
	progress func(n int64)
	temp     string
	out      *os.File
}

func (d *delivery) run(ctx context.Context, name string) (err error) {
	d.temp = unfinishedStart + rand.Text() + unfinishedEnd
	fd, err := beneath(d.m.root, d.temp, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL, 0o644)
	if err != nil {
		return d.m.writeFault("cannot make the file", err)
	}
	d.out = os.NewFile(uintptr(fd), "")
	defer func() {
		d.out.Close()
		if err != nil {
			_ = unix.Unlinkat(d.m.root, d.temp, 0)
			_ = unix.Fsync(d.m.root)
		}
	}()
	if err := d.write(ctx); err != nil {
		return err
	}
	if err := d.compare(ctx); err != nil {
		return err
	}
	if err := d.rename(name); err != nil {
		return err
	}
	// Some file systems have nothing to flush for a folder, and say so.
	if err := unix.Fsync(d.m.root); err != nil && !errors.Is(err, unix.EINVAL) {
		return d.m.writeFault("cannot flush the folder", err)
	}
	if !d.m.present() {
		return ErrPulled // it was written to something, but not to the key that the visitor holds
	}
	return nil
}

// write copies and flushes, step by step: otherwise all of it would wait in memory, and the last flush would take a
// minute without a sign of life.
func (d *delivery) write(ctx context.Context) error {
	const step = 4 << 20
	buffer := make([]byte, chunk)
	for done, flushed := int64(0), int64(0); done < d.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := d.src.ReadAt(buffer[:min(chunk, d.size-done)], done)
		if n == 0 {
			return fmt.Errorf("cannot read the document: %w: %w", ErrChanged, errno(err))
		}
		if _, err := d.out.WriteAt(buffer[:n], done); err != nil {
			return d.m.writeFault("cannot write the file", err)
		}
		done += int64(n)
		if done-flushed >= step || done == d.size {
			if err := unix.Fdatasync(int(d.out.Fd())); err != nil {
				return d.m.writeFault("cannot flush the file", err)
			}
			if d.progress != nil {
				d.progress(done - flushed)
			}
			flushed = done
		}
	}
	if err := unix.Fsync(int(d.out.Fd())); err != nil {
		return d.m.writeFault("cannot flush the file", err)
	}
	return nil
}

// compare reads back what is on the key, not what is still in memory, and holds it against the document.
func (d *delivery) compare(ctx context.Context) error {
	if err := unix.Fadvise(int(d.out.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		return d.m.writeFault("cannot read the file back", err)
	}
	written, wanted := make([]byte, chunk), make([]byte, chunk)
	for done := int64(0); done < d.size; done += chunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(chunk, d.size-done)
		if _, err := io.ReadFull(io.NewSectionReader(d.out, done, n), written[:n]); err != nil {
			return d.m.writeFault("cannot read the file back", err)
		}
		if _, err := io.ReadFull(io.NewSectionReader(d.src, done, n), wanted[:n]); err != nil {
			return fmt.Errorf("cannot read the document: %w: %w", ErrChanged, errno(err))
		}
		if !bytes.Equal(written[:n], wanted[:n]) {
			if !d.m.present() {
				return ErrPulled
			}
			return ErrDiffers
		}
	}
	return nil
}

// rename gives the document its name, or the next one that is free.
func (d *delivery) rename(name string) error {
	for n := 1; n <= maxTries; n++ {
		err := renameNew(d.m.root, d.temp, Alternative(name, n))
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EEXIST):
		case (errors.Is(err, unix.EINVAL) || errors.Is(err, unix.EILSEQ)) && name != portable(name):
			name, n = portable(name), 0
		default:
			return d.m.writeFault("cannot name the file", err)
		}
	}
	return fmt.Errorf("cannot name the file: %w", unix.EEXIST)
}

// renameNew renames a file without ever replacing another.
func renameNew(dir int, from, to string) error {
	err := unix.Renameat2(dir, from, dir, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EOPNOTSUPP) {
		return renameOnto(dir, from, to)
	}
	return err
}

// renameOnto is renameNew where the file system cannot promise it (FUSE): an empty file takes the name first, and only
// that one is replaced.
func renameOnto(dir int, from, to string) error {
	fd, err := beneath(dir, to, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(unix.Close(fd), unix.Renameat(dir, from, dir, to))
}

// writeFault is fault for what is written: no right to write is a key that cannot be written.
func (m *Medium) writeFault(doing string, err error) error {
	if n := errno(err); errors.Is(n, unix.EACCES) || errors.Is(n, unix.EPERM) {
		return fmt.Errorf("%s: %w: %w", doing, session.ErrReadOnly, n)
	}
	return m.fault(doing, err)
}

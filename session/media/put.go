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

// Put is a delivery of one document.
func (m *Medium) Put(ctx context.Context, name session.Private, src *os.File, size int64, progress func(n int64)) error {
	d, err := m.Deliver(ctx)
	if err != nil {
		return err
	}
	return errors.Join(d.Put(ctx, name, src, size, progress), d.Close())
}

// parcel is one file on its way to the key.
type parcel struct {
	m        *Medium
	root     int // the folder it goes to
	src      io.ReaderAt
	size     int64
	progress func(n int64)
	temp     string
	name     string // what it got
	out      *os.File
	left     bool // something of it is on the key, and could not be removed
}

func (p *parcel) run(ctx context.Context, name string) (err error) {
	p.temp = unfinishedStart + rand.Text() + unfinishedEnd
	fd, err := beneath(p.root, p.temp, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL, 0o644)
	if err != nil {
		return p.m.writeFault("cannot make the file", err)
	}
	p.out = os.NewFile(uintptr(fd), "")
	defer func() {
		p.out.Close()
		if err != nil {
			gone := unix.Unlinkat(p.root, p.temp, 0)
			p.left = gone != nil && !errors.Is(gone, unix.ENOENT)
			_ = unix.Fsync(p.root)
		}
	}()
	if err := p.write(ctx); err != nil {
		return err
	}
	if err := p.compare(ctx); err != nil {
		return err
	}
	if err := p.rename(name); err != nil {
		return err
	}
	// The file again: vfat writes a new entry, in which its size and its place are noted no sooner than now.
	if err := unix.Fsync(int(p.out.Fd())); err != nil {
		return p.m.writeFault("cannot flush the file", err)
	}
	// Some file systems have nothing to flush for a folder, and say so.
	if err := unix.Fsync(p.root); err != nil && !errors.Is(err, unix.EINVAL) {
		return p.m.writeFault("cannot flush the folder", err)
	}
	if !p.m.present() {
		return ErrPulled // it was written to something, but not to the key that the visitor holds
	}
	return nil
}

// write copies and flushes, step by step: otherwise all of it would wait in memory, and the last flush would take a
// minute without a sign of life.
func (p *parcel) write(ctx context.Context) error {
	const step = 4 << 20
	buffer := make([]byte, chunk)
	for done, flushed := int64(0), int64(0); done < p.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := p.src.ReadAt(buffer[:min(chunk, p.size-done)], done)
		if n == 0 {
			return fmt.Errorf("cannot read the document: %w: %w", ErrChanged, errno(err))
		}
		if _, err := p.out.WriteAt(buffer[:n], done); err != nil {
			return p.m.writeFault("cannot write the file", err)
		}
		done += int64(n)
		if done-flushed >= step || done == p.size {
			if err := unix.Fdatasync(int(p.out.Fd())); err != nil {
				return p.m.writeFault("cannot flush the file", err)
			}
			if p.progress != nil {
				p.progress(done - flushed)
			}
			flushed = done
		}
	}
	if err := unix.Fsync(int(p.out.Fd())); err != nil {
		return p.m.writeFault("cannot flush the file", err)
	}
	return nil
}

// compare reads back what is on the key, not what is still in memory, and holds it against the document.
func (p *parcel) compare(ctx context.Context) error {
	if err := unix.Fadvise(int(p.out.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		return p.m.writeFault("cannot read the file back", err)
	}
	written, wanted := make([]byte, chunk), make([]byte, chunk)
	for done := int64(0); done < p.size; done += chunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(chunk, p.size-done)
		if _, err := io.ReadFull(io.NewSectionReader(p.out, done, n), written[:n]); err != nil {
			return p.m.writeFault("cannot read the file back", err)
		}
		if _, err := io.ReadFull(io.NewSectionReader(p.src, done, n), wanted[:n]); err != nil {
			return fmt.Errorf("cannot read the document: %w: %w", ErrChanged, errno(err))
		}
		if !bytes.Equal(written[:n], wanted[:n]) {
			if !p.m.present() {
				return ErrPulled
			}
			return ErrDiffers
		}
	}
	return nil
}

// rename gives the document its name, or the next one that is free.
func (p *parcel) rename(name string) error {
	for n := 1; n <= maxTries; n++ {
		try := Alternative(name, n)
		err := renameNew(p.root, p.temp, try)
		switch {
		case err == nil:
			p.name = try
			return nil
		case errors.Is(err, unix.EEXIST):
		case (errors.Is(err, unix.EINVAL) || errors.Is(err, unix.EILSEQ)) && name != portable(name):
			name, n = portable(name), 0
		default:
			return p.m.writeFault("cannot name the file", err)
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

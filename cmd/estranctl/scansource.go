package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
)

// scanFile is one file that is to be looked at.
type scanFile struct {
	path   string          // for whoever asked
	name   session.Private // as the kiosk would know it
	size   int64
	reason session.Reason // why it is never opened
	copy   func(context.Context, *os.File) error
}

// scanSource is what one path holds.
type scanSource struct {
	files []scanFile
	close func() error
}

// source opens a path: a folder is taken as a key, and so is an image when it was said to be one; anything else is a
// file. An error does not take away what was found.
func (j *scanJob) source(ctx context.Context, path string) (scanSource, error) {
	info, err := os.Stat(path)
	if j.image || (err == nil && info.IsDir() && !isLink(path)) {
		return j.key(ctx, path)
	}
	return scanSource{files: []scanFile{single(path)}}, nil
}

// isLink says that the last part of a path is a link. A slash after it asks for what it leads to, as everywhere.
func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().Type() == os.ModeSymlink
}

// key lists a folder or an image as a key is listed.
func (j *scanJob) key(ctx context.Context, path string) (scanSource, error) {
	where, err := media.SourceAt(path)
	if err != nil {
		return scanSource{}, notOpened(path, err)
	}
	medium, err := media.Open(ctx, where)
	if err != nil {
		return scanSource{}, notOpened(path, err)
	}
	found := scanSource{close: medium.Close}
	err = medium.List(ctx, j.files, func(f media.File) {
		found.files = append(found.files, scanFile{
			path: strings.TrimRight(path, "/") + "/" + f.Name.Reveal(), name: f.Name, size: f.Size, reason: f.Reason,
			copy: func(ctx context.Context, to *os.File) error { return medium.Copy(ctx, f.ID, to, nil) },
		})
	})
	switch {
	case errors.Is(err, media.ErrTooMany):
		err = fmt.Errorf("de tout regarder dans %s : plus de %d fichiers (max_files dans les réglages)", path, j.files)
	case err != nil:
		err = notOpened(path, err)
	}
	return found, err
}

// notOpened says to whoever asked why a path cannot be opened as a key.
func notOpened(path string, err error) error {
	switch {
	case errors.Is(err, media.ErrNeedsRoot):
		return fmt.Errorf("d'ouvrir %s comme une clé : il faut être root, et /dev/loop-control", path)
	case errors.Is(err, unix.ENOENT):
		return fmt.Errorf("d'ouvrir %s : cela n'existe pas", path)
	default:
		return fmt.Errorf("d'ouvrir %s comme une clé : %w", path, err)
	}
}

// single is one file that was named by itself. It is looked at without being opened: opening a device does things, and
// opening a pipe waits.
func single(name string) scanFile {
	f := scanFile{path: name, name: session.Private(path.Base(name))}
	fd, err := unix.Open(name, unix.O_PATH|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		f.reason = session.ReasonUnreadable
		return f
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	switch err := unix.Fstat(fd, &st); {
	case err != nil:
		f.reason = session.ReasonUnreadable
	case st.Mode&unix.S_IFMT != unix.S_IFREG:
		f.reason = session.ReasonNotAFile
	default:
		f.size = st.Size
		f.copy = func(ctx context.Context, to *os.File) error { return copySingle(ctx, name, st, to) }
	}
	return f
}

// copySingle copies a file that is still what it was: the same one, of the same size, not written since.
func copySingle(ctx context.Context, name string, was unix.Stat_t, to *os.File) error {
	fd, err := unix.Open(name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return media.ErrUnreadable
	}
	from := os.NewFile(uintptr(fd), "")
	defer from.Close()
	if err := unchanged(fd, was); err != nil {
		return err
	}
	// One byte more than expected is enough to know.
	n, err := io.Copy(to, io.LimitReader(cancelable{ctx, from}, was.Size+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, unix.ENOSPC):
		return media.ErrSessionFull
	case err != nil:
		return media.ErrUnreadable
	case n != was.Size:
		return media.ErrChanged
	}
	return unchanged(fd, was)
}

func unchanged(fd int, was unix.Stat_t) error {
	var is unix.Stat_t
	if err := unix.Fstat(fd, &is); err != nil {
		return media.ErrUnreadable
	}
	if is.Dev != was.Dev || is.Ino != was.Ino || is.Mode != was.Mode || is.Size != was.Size || is.Mtim != was.Mtim {
		return media.ErrChanged
	}
	return nil
}

// cancelable is a reader that stops when nobody waits for it any more.
type cancelable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancelable) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

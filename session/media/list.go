package media

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
)

// File is one entry of a key.
type File struct {
	ID   session.FileID
	Name session.Private // with its folders, relative to the key, byte for byte
	Size int64           // in bytes
	// Modified is when it was last written, as the key says; zero when it does not, or cannot be right.
	Modified time.Time
	// Reason is why it will never be opened, or none: session.ReasonNotAFile for a link, a pipe, a device or another
	// mount; session.ReasonUnreadable for what the key gives an error on, a folder among others.
	Reason session.Reason
}

// maxDepth bounds how deep folders are followed. A file system may be made so that a folder lies in itself.
const maxDepth = 64

// List emits the files of the key as they are found, at most limit, then ErrTooMany. Links, pipes, sockets and devices
// are emitted with session.ReasonNotAFile and never opened. What systems leave on keys (System Volume Information,
// .Trash-1000, ._photo.jpg) is passed over. The files of several partitions are in a folder each, « Partie 1 » and so on.
// Listing again gives new IDs; old ones stay good.
func (m *Medium) List(ctx context.Context, limit int, emit func(File)) error {
	leave, err := m.enter()
	if err != nil {
		return err
	}
	defer leave()
	l := &listing{
		ctx: ctx, m: m, emit: emit, files: limit,
		// Folders and litter cost time too.
		entries: 2*limit + 1000,
		now:     time.Now(),
	}
	for _, l.part = range m.parts {
		if err := l.folder("", nil); err != nil {
			return err
		}
	}
	return nil
}

// listing is one walk through a key.
type listing struct {
	ctx            context.Context
	m              *Medium
	part           *part // the one that is listed
	now            time.Time
	emit           func(File)
	files, entries int // how many more may be emitted, and looked at
}

// folder lists one folder, then those in it. above are the folders that it lies in.
func (l *listing) folder(path string, above []identity) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	fd, who, err := l.open(path)
	if err != nil {
		return l.failed(path, err)
	}
	defer unix.Close(fd)
	if slices.Contains(above, who) || len(above) == maxDepth {
		return l.add(path, session.ReasonNotAFile, nil)
	}
	names, err := l.names(fd)
	if errors.Is(err, ErrTooMany) {
		return err
	}
	if err != nil {
		if err := l.failed(path, err); err != nil {
			return err
		}
	}
	var folders []string
	for _, name := range names {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		below, err := l.entry(fd, path, name)
		if err != nil {
			return err
		}
		if below {
			folders = append(folders, join(path, name))
		}
	}
	above = append(slices.Clip(above), who)
	for _, f := range folders {
		if err := l.folder(f, above); err != nil {
			return err
		}
	}
	return nil
}

func (l *listing) open(path string) (int, identity, error) {
	if path == "" {
		path = "."
	}
	fd, err := beneath(l.part.root, path, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return -1, identity{}, err
	}
	who, err := identityOf(fd)
	if err != nil {
		return -1, identity{}, errors.Join(err, unix.Close(fd))
	}
	return fd, who, nil
}

// names reads the names in a folder, sorted, litter left out.
func (l *listing) names(fd int) ([]string, error) {
	reading, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	dir := os.NewFile(uintptr(reading), "")
	defer dir.Close()
	var names []string
	for {
		some, err := dir.Readdirnames(512)
		l.entries -= len(some)
		names = append(names, slices.DeleteFunc(some, isLitter)...)
		switch {
		case errors.Is(err, io.EOF):
			slices.Sort(names)
			return names, nil
		case err != nil:
			slices.Sort(names)
			return names, errno(err)
		case l.entries < 0:
			return nil, ErrTooMany
		}
	}
}

// entry emits one entry of a folder, or says that it is a folder itself.
func (l *listing) entry(dir int, path, name string) (folder bool, err error) {
	path = join(path, name)
	var st unix.Stat_t
	if err := unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		if errors.Is(err, unix.ENOENT) {
			return false, nil // gone since
		}
		return false, l.failed(path, err)
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFDIR:
		return true, nil
	case unix.S_IFREG:
		return false, l.add(path, session.ReasonNone, &st)
	default:
		return false, l.add(path, session.ReasonNotAFile, nil)
	}
}

// failed goes on after an error on one entry, which is emitted as unreadable, unless the whole key is gone.
func (l *listing) failed(path string, err error) error {
	err = l.m.fault("cannot read a folder", err)
	switch {
	case path == "" && len(l.m.parts) == 1, errors.Is(err, ErrPulled):
		return err
	case errors.Is(err, unix.EXDEV), errors.Is(err, unix.ELOOP):
		return l.add(path, session.ReasonNotAFile, nil)
	default:
		return l.add(path, session.ReasonUnreadable, nil)
	}
}

func (l *listing) add(path string, reason session.Reason, st *unix.Stat_t) error {
	if l.files == 0 {
		return ErrTooMany
	}
	l.files--
	r := record{of: l.part, path: path}
	f := File{Name: session.Private(shown(l.part.name, path)), Reason: reason}
	if st != nil {
		r.regular, r.size, r.mtime = true, st.Size, st.Mtim
		f.Size, f.Modified = st.Size, modified(st.Mtim, l.now)
	}
	f.ID = l.m.register(r)
	l.emit(f)
	return nil
}

// shown is a path as the visitor sees it.
func shown(part, path string) string {
	if path == "" {
		return part
	}
	return join(part, path)
}

// modified is a time that a key gives, zero when it cannot be right: a camera or a computer whose clock was never set writes
// 1980, when the time of FAT begins, or 1970; and what comes from the future would stay the newest for years.
func modified(t unix.Timespec, now time.Time) time.Time {
	at := time.Unix(t.Unix())
	begin := time.Date(1980, time.January, 2, 0, 0, 0, 0, time.UTC) // a day later: FAT keeps local time
	if at.Before(begin) || at.After(now.Add(24*time.Hour)) {
		return time.Time{}
	}
	return at
}

// join puts a name after its folder, byte for byte: path.Join would clean what a hostile name means.
func join(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

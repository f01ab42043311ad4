package hunt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// FileHit is a canary in the name or the content of a file.
type FileHit struct {
	Hit
	// Path is the file, when the canary is not in its name; else the directory that it is in. What a symbolic link says is
	// a name.
	Path   string
	InName bool
}

// Files are directories whose files are looked through.
type Files struct {
	Roots []string
	// Since passes over the content of files that were changed before. Take it from time.Now in this process: how long ago
	// that was is known even when somebody sets the clock back, unless they also set it forward again before the look.
	Since time.Time

	now func() time.Time // nil is time.Now
}

// kernelOwn are file systems that hold no files but views of the kernel (statfs(2)).
var kernelOwn = map[int64]bool{
	unix.PROC_SUPER_MAGIC: true, unix.SYSFS_MAGIC: true, unix.CGROUP2_SUPER_MAGIC: true, unix.DEBUGFS_MAGIC: true,
	unix.TRACEFS_MAGIC: true, unix.SECURITYFS_MAGIC: true, unix.BPF_FS_MAGIC: true, unix.DEVPTS_SUPER_MAGIC: true,
	unix.EFIVARFS_MAGIC: true, unix.PSTOREFS_MAGIC: true,
}

// Search looks through the names of all files and the contents of those that changed, and tells how many they were. What a
// symbolic link says is a name. A file that goes away meanwhile is none. denied is told the directories and files that could
// not be read, and those of which nobody can tell when they changed.
func (f Files) Search(n *Net, found func(FileHit), denied func(path string, err error)) (names, contents int) {
	l := &look{searcher: n.Searcher(), since: f.since(), found: found}
	for _, root := range f.Roots {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil {
				err = l.at(path, d)
			}
			if err == nil || errors.Is(err, filepath.SkipDir) {
				return err
			}
			if !errors.Is(err, fs.ErrNotExist) {
				denied(path, err)
			}
			return nil
		})
	}
	return l.names, l.contents
}

// since is the earliest time of what is looked at.
func (f Files) since() time.Time {
	now := time.Now
	if f.now != nil {
		now = f.now
	}
	at := now()
	return earliest(f.Since.Round(0), at.Round(0), at.Sub(f.Since)).Add(-grain)
}

// grain is how much older than it is a change may look: FAT notes even seconds.
const grain = 2 * time.Second

// earliest is when it began, by a clock that may have been set back meanwhile: what was written since is then older than the
// time that was noted. Where not even the time that passed is known, it is the beginning of all times.
func earliest(began, now time.Time, passed time.Duration) time.Time {
	if passed < 0 {
		return time.Time{}
	}
	if again := now.Add(-passed); again.Before(began) {
		return again
	}
	return began
}

// look is one look through files.
type look struct {
	searcher        *Searcher
	since           time.Time
	found           func(FileHit)
	names, contents int
}

// at looks at a file.
func (l *look) at(path string, d fs.DirEntry) error {
	l.names++
	l.name(path, filepath.Base(path))
	switch {
	case d.IsDir():
		return passKernelOwn(path)
	case d.Type() == fs.ModeSymlink:
		target, err := os.Readlink(path)
		l.name(path, target)
		return err
	case d.Type().IsRegular():
		return l.content(path, d)
	default:
		return nil
	}
}

// name looks through what a directory says of a file.
func (l *look) name(path, name string) {
	l.searcher.Bytes([]byte(name), 0, func(h Hit) { l.found(FileHit{h, filepath.Dir(path), true}) })
}

// content looks through a file that was changed.
func (l *look) content(path string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil || changed(info).Before(l.since) {
		return err
	}
	l.contents++
	return searchFile(l.searcher, path, l.found)
}

// changed is when a file was changed. Whoever may write to a file can set the time of its content to any other, as a copy
// does that keeps the time of the first; the kernel alone notes when they did so.
func changed(info fs.FileInfo) time.Time {
	at := info.ModTime()
	if noted := time.Unix(info.Sys().(*syscall.Stat_t).Ctim.Unix()); noted.After(at) {
		return noted
	}
	return at
}

func passKernelOwn(dir string) error {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) == nil && kernelOwn[int64(st.Type)] {
		return filepath.SkipDir
	}
	return nil
}

func searchFile(s *Searcher, path string, found func(FileHit)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = s.Reader(f, func(h Hit) { found(FileHit{h, path, false}) })
	return err
}

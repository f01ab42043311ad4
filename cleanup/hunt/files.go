package hunt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// FileHit is a canary in the name or the content of a file.
type FileHit struct {
	Hit
	// Path is the file, when the canary is not in its name; else the directory that it is in.
	Path   string
	InName bool
}

// Files are directories whose files are looked through.
type Files struct {
	Roots []string
	// Since passes over the content of files that were changed before.
	Since time.Time
}

// kernelOwn are file systems that hold no files but views of the kernel (statfs(2)).
var kernelOwn = map[int64]bool{
	unix.PROC_SUPER_MAGIC: true, unix.SYSFS_MAGIC: true, unix.CGROUP2_SUPER_MAGIC: true, unix.DEBUGFS_MAGIC: true,
	unix.TRACEFS_MAGIC: true, unix.SECURITYFS_MAGIC: true, unix.BPF_FS_MAGIC: true, unix.DEVPTS_SUPER_MAGIC: true,
	unix.EFIVARFS_MAGIC: true, unix.PSTOREFS_MAGIC: true,
}

// Search looks through the names of all files and the contents of those that changed, and tells how many they were. A file
// that goes away meanwhile is none. denied is told the directories and files that could not be read.
func (f Files) Search(n *Net, found func(FileHit), denied func(path string, err error)) (names, contents int) {
	s := n.Searcher()
	for _, root := range f.Roots {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				denied(path, err)
				return nil
			}
			names++
			s.Bytes([]byte(filepath.Base(path)), 0, func(h Hit) { found(FileHit{h, filepath.Dir(path), true}) })
			if d.IsDir() {
				return passKernelOwn(path)
			}
			if !d.Type().IsRegular() || !f.changed(d) {
				return nil
			}
			contents++
			if err := searchFile(s, path, found); err != nil && !errors.Is(err, fs.ErrNotExist) {
				denied(path, err)
			}
			return nil
		})
	}
	return names, contents
}

func passKernelOwn(dir string) error {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) == nil && kernelOwn[int64(st.Type)] {
		return filepath.SkipDir
	}
	return nil
}

func (f Files) changed(d fs.DirEntry) bool {
	info, err := d.Info()
	return err == nil && !info.ModTime().Before(f.Since)
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

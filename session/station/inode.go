package station

import (
	"io/fs"
	"syscall"
)

// inodeOf is the inode number of a file, which names it for as long as its file system is mounted.
func inodeOf(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ino
	}
	return 0
}

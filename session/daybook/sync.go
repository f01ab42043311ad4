package daybook

import (
	"os"
	"path/filepath"
)

// syncDirectory waits until the name of a new file is on the disk, too (fsync(2)).
func syncDirectory(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

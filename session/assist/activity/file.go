package activity

import (
	"errors"
	"io/fs"
	"path/filepath"

	"estran/session/ownfile"
)

// Path is the file of the counts of an installed station; in another state directory it has the same name.
const Path = "/var/lib/estran/activity"

// Files lists the names of all files that the counts may have in their directory: nothing of a visitor, and so no remains.
func Files() []string {
	name := filepath.Base(Path)
	return []string{name, name + ownfile.Next, name + aside, name + aside + ownfile.Next}
}

// aside is added to the path for the lines that could not be read.
const aside = ".aside"

// largest bounds the file in bytes: some hundred years. That of what was put aside too: the newest is kept.
const largest = 4 << 20

// putAside adds lines that could not be read to those that were put aside before.
func putAside(path string, lost []byte) error {
	before, err := ownfile.Read(path+aside, largest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	all := append(before, lost...)
	return ownfile.Replace(path+aside, all[max(0, len(all)-largest):])
}

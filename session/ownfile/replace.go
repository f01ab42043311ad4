package ownfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Next is added to the path of a file for the one that is about to take its place. A crash may leave that behind: nobody
// reads it, and the next Replace begins it anew.
const Next = ".new"

// Replace puts a new file in the place of another, or where there is none, and has it on the disk before it answers
// (fsync(2), rename(2)). Its mode is 0600, whatever the umask. A reader, or a start after a power cut, finds the old one
// or the new one, never a half. One caller at a time: who shares a file with other processes takes a lock around it.
//
// On an error the old one stands, and the new one is taken away: it may hold the last room of the disk. Only where the
// error is that of the directory may the new one stand.
func Replace(path string, data []byte) error {
	next := path + Next
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return SyncDirectory(path)
}

// Remove takes a file away, on the disk too. One that is not there is no error.
func Remove(path string) error {
	if err := os.Remove(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return SyncDirectory(path)
}

// SyncDirectory waits until the name of a file is on the disk, too: that of one that was made, or is gone (fsync(2)).
func SyncDirectory(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

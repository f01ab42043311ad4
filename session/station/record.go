package station

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// record is the one line of the state file. It says that a session is open before one opens, so that a start after
// a power cut knows; it holds nothing of the session.
type record string

const (
	recordOpen   record = "open\n"
	recordClosed record = "closed\n"
	recordName          = "station.state"
	recordNew           = recordName + ".new" // the next one, until it is on the disk
)

// closeRecord leaves a record alone that says so already: a disk that takes nothing cannot take that from it.
func closeRecord(dir string) error {
	if data, err := os.ReadFile(filepath.Join(dir, recordName)); err == nil && record(data) == recordClosed {
		return nil
	}
	return writeRecord(dir, recordClosed)
}

// writeRecord replaces the state file whole, and has it on the disk before it answers.
func writeRecord(dir string, r record) (err error) {
	next := filepath.Join(dir, recordNew)
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write the state file: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write the state file: %w", errors.Join(err, f.Close()))
		}
	}()
	if _, err := f.WriteString(string(r)); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(next, filepath.Join(dir, recordName)); err != nil {
		return err
	}
	return syncDir(dir)
}

// readRecord reads the state file; a station that never ran has a closed one, anything strange is an open one.
func readRecord(dir string) (record, error) {
	data, err := os.ReadFile(filepath.Join(dir, recordName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return recordClosed, nil
	case err != nil:
		return recordOpen, fmt.Errorf("cannot read the state file: %w", err)
	case record(data) == recordClosed:
		return recordClosed, nil
	default:
		return recordOpen, nil
	}
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

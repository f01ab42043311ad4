package station

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"estran/session/ownfile"
)

// record is the one line of the state file. It says that a session is open before one opens, so that a start after
// a power cut knows; it holds nothing of the session.
type record string

const (
	recordOpen   record = "open\n"
	recordClosed record = "closed\n"
	recordName          = "station.state"
)

// closeRecord leaves a record alone that says so already: a disk that takes nothing cannot take that from it.
func closeRecord(dir string) error {
	if data, err := os.ReadFile(filepath.Join(dir, recordName)); err == nil && record(data) == recordClosed {
		return nil
	}
	return writeRecord(dir, recordClosed)
}

// writeRecord replaces the state file whole, and has it on the disk before it answers.
func writeRecord(dir string, r record) error {
	if err := ownfile.Replace(filepath.Join(dir, recordName), []byte(r)); err != nil {
		return fmt.Errorf("cannot write the state file: %w", err)
	}
	return nil
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

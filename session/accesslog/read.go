package accesslog

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"estran/session/ownfile"
)

// Path is the access log of a station.
const Path = "/var/lib/estran/access-log"

// Largest bounds a log in bytes: some hundred thousand sessions.
const Largest = 64 << 20

// Reading is what a log holds.
type Reading struct {
	// Entries are those that could be read, the oldest first.
	Entries []Entry
	// Damaged are the lines that could not, counted from 1.
	Damaged []int
}

// Read reads a log. One that is not there is an empty one; one that is not the caller's alone is an error.
func Read(path string) (Reading, error) {
	data, err := read(path)
	if err != nil {
		return Reading{}, err
	}
	var r Reading
	for i, l := range parse(data) {
		if l.damaged {
			r.Damaged = append(r.Damaged, i+1)
		} else {
			r.Entries = append(r.Entries, l.Entry)
		}
	}
	return r, nil
}

// parsed is a line of the file, with its end.
type parsed struct {
	Entry
	raw     []byte
	damaged bool
}

// parse reads every line. The last one is given an end where it has none: a log is written whole, and so somebody else
// cut it.
func parse(data []byte) []parsed {
	var all []parsed
	for raw := range bytes.Lines(ended(data)) {
		e, err := decode(raw)
		all = append(all, parsed{e, raw, err != nil})
	}
	return all
}

// ended is data with an end to its last line.
func ended(data []byte) []byte {
	if len(data) > 0 && data[len(data)-1] != '\n' {
		return append(bytes.Clone(data), '\n')
	}
	return data
}

// read gives the bytes of a log, none where there is none.
func read(path string) ([]byte, error) {
	data, err := ownfile.Read(path, Largest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the access log: %w", err)
	}
	return data, nil
}

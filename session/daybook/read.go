package daybook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"estran/session/ownfile"
)

// largest bounds a daybook: some hundred thousand lines.
const largest = 64 << 20

// Reading is what a daybook holds.
type Reading struct {
	// Entries are those that could be read, in order.
	Entries []Entry
	// Broken is the first line that is not as it was written, or whose link to the line before does not hold; nil when
	// all hold.
	Broken *Broken
	// Cut says that the last line has no end: a crash, or somebody writes it now.
	Cut bool
	// Last is the fingerprint of the last whole line, "" for none: IT notes it elsewhere.
	Last string
}

// Broken is where the chain does not hold.
type Broken struct {
	Line int // from 1
	Why  string
}

// Error reads "line 3: it cannot be read".
func (b *Broken) Error() string { return fmt.Sprintf("line %d: %s", b.Line, b.Why) }

// Read reads the whole book. A book that is not there is an empty one. What is wrong inside is in the Reading, not in
// the error.
func (b Book) Read() (Reading, error) {
	data, err := ownfile.Read(b.Path, largest)
	if errors.Is(err, fs.ErrNotExist) {
		return Reading{}, nil
	}
	if err != nil {
		return Reading{}, fmt.Errorf("cannot read the daybook: %w", err)
	}
	return parse(data), nil
}

// Verify gives the first broken link as a *Broken, or why the book cannot be read; nil when all holds.
func (b Book) Verify() error {
	r, err := b.Read()
	if err == nil && r.Broken != nil {
		return r.Broken
	}
	return err
}

// parse reads what a file holds. A line that cannot be read is excused when the line after it says that it was cut, and
// is linked to it. Two crashes in a row, the second while the first was being noted, read as broken: rather that than
// excuse what somebody put in.
func parse(data []byte) Reading {
	var r Reading
	end := bytes.LastIndexByte(data, '\n') + 1
	r.Cut = end < len(data)
	previous, number := origin, 0
	var unread *Broken
	for raw := range bytes.Lines(data[:end]) {
		number++
		raw = bytes.TrimSuffix(raw, []byte("\n"))
		l, err := decode(raw)
		switch {
		case err == nil && l.Previous != previous:
			r.breaks(unread)
			r.breaks(&Broken{number, "it does not follow the line before it"})
		case err == nil && unread != nil && l.What != LineCut:
			r.breaks(unread)
		case err != nil:
			r.breaks(unread)
		}
		unread = nil
		if err != nil {
			unread = &Broken{number, err.Error()}
		} else {
			r.Entries = append(r.Entries, l.Entry)
		}
		previous = fingerprint(raw)
		r.Last = previous
	}
	r.breaks(unread)
	// A line that lacks nothing but its end was not cut by a crash if it does not follow.
	if l, err := decode(data[end:]); err == nil && l.Previous != previous {
		r.breaks(&Broken{number + 1, "it does not follow the line before it"})
	}
	return r
}

// breaks keeps the first broken line.
func (r *Reading) breaks(b *Broken) {
	if r.Broken == nil {
		r.Broken = b
	}
}

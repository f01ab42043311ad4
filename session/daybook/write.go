package daybook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/ownfile"
)

// Path is the daybook of a station.
const Path = "/var/lib/estran/daybook"

// Book is a daybook. Several processes may write into one: each takes a lock.
type Book struct{ Path string }

// longestWait is how long Write waits for another one to finish.
const longestWait = 5 * time.Second

// Write appends an entry and waits until it is on the disk. Where the last line was cut by a crash, it closes that line
// and says so in a line of its own first. An error means that the entry may not be there.
func (b Book) Write(e Entry) error {
	if e.Time.IsZero() {
		e.Time = time.Now()
	}
	if e.What.ByDay() {
		e.Time = dayOf(e.Time)
	}
	if e.What == LineCut {
		return errors.New("cannot write the daybook: what: a cut line is found, not told")
	}
	if err := b.write(e); err != nil {
		return fmt.Errorf("cannot write the daybook: %w", err)
	}
	return nil
}

func (b Book) write(e Entry) error {
	f, err := ownfile.Open(b.Path, unix.O_RDWR|unix.O_APPEND|unix.O_CREAT)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := ownfile.Lock(context.Background(), f, longestWait); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	more, err := following(f, info.Size(), e)
	if err != nil {
		return err
	}
	if _, err := f.Write(more); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return ownfile.SyncDirectory(b.Path)
}

// following is what to append to a book of that many bytes for an entry.
func following(book io.ReaderAt, size int64, e Entry) ([]byte, error) {
	last, cut, err := lastLine(book, size)
	if err != nil {
		return nil, err
	}
	previous := origin
	if last != nil {
		previous = fingerprint(last)
	}
	var more []byte
	if cut {
		repair, err := encode(Entry{Time: e.Time, What: LineCut, Who: Station}, previous)
		if err != nil {
			return nil, err
		}
		more = append(append([]byte("\n"), repair...), '\n')
		previous = fingerprint(repair)
	}
	raw, err := encode(e, previous)
	if err != nil {
		return nil, err
	}
	return append(append(more, raw...), '\n'), nil
}

// lastLine is the last line of a book, nil where it is empty; cut says that it has no end.
func lastLine(book io.ReaderAt, size int64) (last []byte, cut bool, err error) {
	if size == 0 {
		return nil, false, nil
	}
	tail := make([]byte, min(size, longestLine+2))
	if _, err := book.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	cut = tail[len(tail)-1] != '\n'
	tail = bytes.TrimSuffix(tail, []byte("\n"))
	start := bytes.LastIndexByte(tail, '\n') + 1
	if start == 0 && size > int64(len(tail)+1) {
		return nil, false, errors.New("its last line is too long to be one of ours")
	}
	return tail[start:], cut, nil
}

package triage

import (
	"bytes"
	"encoding/binary"
	"io"
)

// The records of a zip archive, from the APPNOTE of PKWARE, 4.3.7, 4.3.12 and 4.3.14 to 4.3.16.
const (
	endSize     = 22
	recordSize  = 46
	localSize   = 30
	locatorSize = 20
	end64Size   = 56
	// mostDirectory bounds the directory of an archive: ten thousand names of 1600 bytes.
	mostDirectory = 16 << 20
)

var (
	endMark     = []byte("PK\x05\x06")
	recordMark  = []byte("PK\x01\x02")
	localMark   = []byte("PK\x03\x04")
	locatorMark = []byte("PK\x06\x07")
	end64Mark   = []byte("PK\x06\x06")
)

// zipEnd is what the end of an archive says of its directory.
type zipEnd struct {
	count  uint64
	start  int64 // where the directory is
	length int64
	base   int64 // bytes before the archive, which its offsets do not count
}

// findZipEnd looks for the end record of an archive, after which there may be nothing but blanks: two of them are two
// archives, of which programs open the one or the other.
func findZipEnd(f io.ReaderAt, size int64) (zipEnd, error) {
	tail := make([]byte, min(size, endSize+1<<16+1<<10))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return zipEnd{}, err
	}
	fits, last := -1, -1
	for at := bytes.Index(tail, endMark); at >= 0; {
		if endFits(tail[at:]) {
			if fits >= 0 {
				return zipEnd{}, errTwoEnds
			}
			fits = at
		}
		last = at
		next := bytes.Index(tail[at+1:], endMark)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	switch {
	case fits < 0:
		return zipEnd{}, errBroken
	case last > fits:
		return zipEnd{}, errTwoEnds
	}
	return readZipEnd(f, tail[fits:], size-int64(len(tail)-fits))
}

// endFits says that the comment of an end record reaches to the end of the file, but for blanks.
func endFits(end []byte) bool {
	if len(end) < endSize {
		return false
	}
	comment := endSize + int(binary.LittleEndian.Uint16(end[20:]))
	return comment <= len(end) && len(bytes.Trim(end[comment:], "\x00\r\n\t ")) == 0
}

func readZipEnd(f io.ReaderAt, end []byte, at int64) (zipEnd, error) {
	disk, count := binary.LittleEndian.Uint16(end[4:]), binary.LittleEndian.Uint16(end[10:])
	length, offset := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	if disk != 0 && disk != 0xffff {
		return zipEnd{}, errMethod // one part of several
	}
	e := zipEnd{count: uint64(count), length: int64(length)}
	said := int64(offset)
	if count == 0xffff || length == 0xffffffff || offset == 0xffffffff {
		var err error
		if at, said, err = readZip64End(f, at, &e); err != nil {
			return zipEnd{}, err
		}
	}
	e.start = at - e.length
	e.base = e.start - said
	if e.length < 0 || said < 0 || e.start < 0 || e.base < 0 {
		return zipEnd{}, errBroken
	}
	return e, nil
}

// readZip64End reads the record that has room for large numbers; it ends the directory in place of the other.
func readZip64End(f io.ReaderAt, at int64, e *zipEnd) (end, said int64, err error) {
	locator, record := make([]byte, locatorSize), make([]byte, end64Size)
	if _, err := f.ReadAt(locator, at-locatorSize); err != nil || !bytes.HasPrefix(locator, locatorMark) {
		return at, 0, errBroken
	}
	for _, try := range []int64{int64(binary.LittleEndian.Uint64(locator[8:])), at - locatorSize - end64Size} { //nolint:gosec // checked by reading there
		if try < 0 {
			continue
		}
		if _, err := f.ReadAt(record, try); err != nil || !bytes.HasPrefix(record, end64Mark) {
			continue
		}
		e.count = binary.LittleEndian.Uint64(record[32:])
		e.length = int64(min(binary.LittleEndian.Uint64(record[40:]), 1<<62))       //nolint:gosec // bounded
		return try, int64(min(binary.LittleEndian.Uint64(record[48:]), 1<<62)), nil //nolint:gosec // bounded
	}
	return at, 0, errBroken
}

// hasZip says that a file ends as an archive does, with a directory where its end says.
func hasZip(f io.ReaderAt, size int64) bool {
	e, err := findZipEnd(f, size)
	if err != nil {
		return err == errTwoEnds
	}
	mark := make([]byte, len(recordMark))
	_, err = f.ReadAt(mark, e.start)
	return err == nil && e.count > 0 && bytes.Equal(mark, recordMark)
}

package triage

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
)

// contents is what an archive says of what it holds.
type contents struct {
	total     int64 // bytes of all entries, once opened
	largest   int64 // bytes of the largest
	encrypted bool  // an entry is closed by a password
	// unknown says that it holds more than is looked into here: archives in it, too many entries, or broken records.
	unknown bool
}

// maxEntries is the default of clamd's MaxFiles.
const maxEntries = 10_000

// The records of a zip archive, from the APPNOTE of PKWARE, 4.3.12 and 4.3.16.
const (
	endSize    = 22
	recordSize = 46
)

var (
	endMark    = []byte("PK\x05\x06")
	recordMark = []byte("PK\x01\x02")
)

// zipContents reads the directory of a zip archive, record by record, in little memory whatever the archive claims.
// An archive that needs the 64-bit records is unknown: it is beyond what is looked at anyway.
func zipContents(f io.ReaderAt, size int64) contents {
	unknown := contents{unknown: true}
	tail := make([]byte, min(size, endSize+1<<16))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return unknown
	}
	// Two end records are two archives, of which programs open the one or the other.
	at := bytes.Index(tail, endMark)
	if at < 0 || len(tail)-at < endSize || bytes.Count(tail, endMark) > 1 {
		return unknown
	}
	end := tail[at:]
	if int(binary.LittleEndian.Uint16(end[20:])) != len(end)-endSize {
		return unknown
	}
	count := int(binary.LittleEndian.Uint16(end[10:]))
	length := int64(binary.LittleEndian.Uint32(end[12:]))
	start := size - int64(len(end)) - length
	if count > maxEntries || start < 0 {
		return unknown
	}
	return readRecords(io.NewSectionReader(f, start, length), count)
}

func readRecords(directory *io.SectionReader, count int) contents {
	var found contents
	record, name := make([]byte, recordSize), make([]byte, 1<<16)
	var at int64
	for range count {
		if _, err := directory.ReadAt(record, at); err != nil || !bytes.HasPrefix(record, recordMark) {
			return contents{unknown: true}
		}
		n := int64(binary.LittleEndian.Uint16(record[28:]))
		if _, err := directory.ReadAt(name[:n], at+recordSize); err != nil && err != io.EOF {
			return contents{unknown: true}
		}
		found.encrypted = found.encrypted || binary.LittleEndian.Uint16(record[8:])&1 != 0
		found.unknown = found.unknown || slices.Contains(archives, extension(string(name[:n])))
		opened := int64(binary.LittleEndian.Uint32(record[24:]))
		found.total += opened
		found.largest = max(found.largest, opened)
		at += recordSize + n + int64(binary.LittleEndian.Uint16(record[30:])) + int64(binary.LittleEndian.Uint16(record[32:]))
	}
	found.unknown = found.unknown || at != directory.Size()
	return found
}

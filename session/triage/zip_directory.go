package triage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// zipRecord is what the directory of an archive says of one entry.
type zipRecord struct {
	name         string
	flags        uint16
	method       uint16
	sum          uint32
	packed, size int64
	offset       int64 // of its local header, in the file
	mode         uint32
	data         int64 // where its bytes begin; known once its local header was read
}

const (
	flagEncrypted  = 1 << 0
	flagEndMark    = 1 << 1 // LZMA: a mark tells the end
	flagSizesAfter = 1 << 3
	flagMasked     = 1 << 13
	madeOnUnix     = 3
)

// readZipDirectory reads the directory of an archive, which must be exactly as long as its end says.
func readZipDirectory(f io.ReaderAt, e zipEnd, most int) ([]zipRecord, error) {
	if e.count > uint64(most) || e.length > mostDirectory { //nolint:gosec // never negative
		return nil, errTooMany
	}
	directory := make([]byte, e.length)
	if _, err := f.ReadAt(directory, e.start); err != nil && err != io.EOF {
		return nil, err
	}
	records := make([]zipRecord, 0, e.count)
	for range e.count {
		r, length := readZipRecord(directory)
		if length == 0 {
			return nil, errBroken
		}
		r.offset += e.base
		records = append(records, r)
		directory = directory[length:]
	}
	if len(directory) > 0 {
		return nil, errBroken
	}
	return records, nil
}

func readZipRecord(b []byte) (r zipRecord, length int) {
	if len(b) < recordSize || !bytes.HasPrefix(b, recordMark) {
		return r, 0
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	name, extra := recordSize+int(u16(b[28:])), int(u16(b[30:]))
	length = name + extra + int(u16(b[32:]))
	if length > len(b) {
		return r, 0
	}
	r = zipRecord{
		name: string(b[recordSize:name]), flags: u16(b[8:]), method: u16(b[10:]), sum: u32(b[16:]),
		packed: int64(u32(b[20:])), size: int64(u32(b[24:])), offset: int64(u32(b[42:])),
	}
	if b[5] == madeOnUnix {
		r.mode = u32(b[38:]) >> 16
	}
	if !r.large(b[name : name+extra]) {
		return r, 0
	}
	return r, length
}

// large reads the numbers that did not fit (APPNOTE 4.5.3): those that are all ones, in that order.
func (r *zipRecord) large(extra []byte) bool {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return true // some programs pad with zeros
		}
		if id == 1 {
			field := extra[4 : 4+n]
			for _, v := range []*int64{&r.size, &r.packed, &r.offset} {
				if *v != 0xffffffff {
					continue
				}
				if len(field) < 8 {
					return false
				}
				*v = int64(binary.LittleEndian.Uint64(field)) //nolint:gosec // checked below
				if *v < 0 || *v > 1<<50 {
					return false
				}
				field = field[8:]
			}
		}
		extra = extra[4+n:]
	}
	return true
}

// checkZipLayout reads the header that stands before each entry, and sees that it says what the directory says: programs
// read the one or the other. Entries that share bytes are made to unpack to more than there is
// (https://www.bamsoftware.com/hacks/zipbomb/).
func checkZipLayout(f io.ReaderAt, e zipEnd, records []zipRecord) error {
	order := make([]int, len(records))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return int(max(-1, min(1, records[a].offset-records[b].offset)))
	})
	var differs error
	var end int64
	for _, i := range order {
		r := &records[i]
		if r.offset < end {
			return errOverlap
		}
		if hidden(f, end, r.offset) {
			differs = fmt.Errorf("%w: an entry that its directory does not list", errBroken)
		}
		if err := r.local(f); err != nil {
			differs = err
			if r.data == 0 {
				return err
			}
		}
		end = r.data + r.packed
	}
	switch {
	case end > e.start:
		return errOverlap
	case hidden(f, end, e.start):
		return fmt.Errorf("%w: an entry that its directory does not list", errBroken)
	}
	return differs
}

// hidden says that there is an entry between two others, where there may be the sizes of the first.
func hidden(f io.ReaderAt, from, to int64) bool {
	return to-from >= localSize && find(io.NewSectionReader(f, from, to-from), to-from, 0, localMark) >= 0
}

// local compares an entry with the header that stands before it.
func (r *zipRecord) local(f io.ReaderAt) error {
	b := make([]byte, localSize)
	if _, err := f.ReadAt(b, r.offset); err != nil || !bytes.HasPrefix(b, localMark) {
		return errBroken
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	name := make([]byte, u16(b[26:]))
	if _, err := f.ReadAt(name, r.offset+localSize); err != nil && len(name) > 0 {
		return errBroken
	}
	r.data = r.offset + localSize + int64(len(name)) + int64(u16(b[28:]))
	flags, packed, size := u16(b[6:]), int64(u32(b[18:])), int64(u32(b[22:]))
	switch {
	case string(name) != r.name && flags&flagMasked == 0,
		(flags^r.flags)&flagEncrypted != 0,
		u16(b[8:]) != r.method:
		return fmt.Errorf("%w: an entry is not what its directory says", errBroken)
	case flags&flagSizesAfter != 0 || packed == 0xffffffff || size == 0xffffffff:
		return nil
	case packed != r.packed || size != r.size:
		return fmt.Errorf("%w: an entry has not the size that its directory says", errBroken)
	}
	return nil
}

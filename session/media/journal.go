package media

import (
	"context"
	"encoding/binary"
	"io"
	"regexp"
)

// journal is where an ext file system has its journal, and where the transactions begin that were not brought to their place.
// The names are those of the kernel's documentation (filesystems/ext4/journal.rst and super.rst).
type journal struct {
	dev       io.ReaderAt
	blockSize int64
	extents   []extent
	first     int64 // the first block that transactions go to
	blocks    int64 // where they go round
	start     int64
	sequence  uint32 // of the first transaction
}

// extent is blocks that follow each other: the count first ones of what is not told yet begin at block at.
type extent struct{ at, count int64 }

const (
	journalMagic  = 0xc03b3998
	journalCommit = 2
	// mostJournal bounds what is read of a journal, in bytes. mke2fs(8) makes one of 4 to 64 MiB for what a key holds.
	mostJournal = 256 << 20
)

// liveJournal finds the journal of an ext file system, nil when nothing in it waits, or it is not where mke2fs puts it: in a
// few pieces, which the superblock keeps a copy of.
func liveJournal(dev io.ReaderAt) *journal {
	superblock := (&blocks{dev: dev}).at(1024, 1024)
	if superblock == nil || superblock[253] != 1 { // no copy is kept
		return nil
	}
	log := binary.LittleEndian.Uint32(superblock[24:])
	if log > 6 {
		return nil
	}
	j := &journal{dev: dev, blockSize: 1024 << log, extents: extentsOf(superblock[268:328])}
	head := j.block(0)
	if head == nil || binary.BigEndian.Uint32(head) != journalMagic {
		return nil
	}
	word := func(at int) int64 { return int64(binary.BigEndian.Uint32(head[at:])) }
	j.blocks, j.first, j.sequence, j.start = word(16), word(20), uint32(word(24)), word(28)
	if word(12) != j.blockSize || j.first < 1 || j.start < j.first || j.start >= j.blocks {
		return nil
	}
	return j
}

// extentsOf reads the extents that an inode itself holds, none when it holds a tree of them.
func extentsOf(inode []byte) []extent {
	const magic, most = 0xf30a, 4
	number, depth := binary.LittleEndian.Uint16(inode[2:]), binary.LittleEndian.Uint16(inode[6:])
	if binary.LittleEndian.Uint16(inode) != magic || depth != 0 || number > most {
		return nil
	}
	var all []extent
	for i := range int(number) {
		e := inode[12*(i+1):]
		high, low := binary.LittleEndian.Uint16(e[6:]), binary.LittleEndian.Uint32(e[8:])
		all = append(all, extent{at: int64(high)<<32 | int64(low), count: int64(binary.LittleEndian.Uint16(e[4:]))})
	}
	return all
}

// block reads one block of the journal, nil when it is not there.
func (j *journal) block(n int64) []byte {
	for _, e := range j.extents {
		if n < e.count {
			return (&blocks{dev: j.dev}).at((e.at+n)*j.blockSize, int(j.blockSize))
		}
		n -= e.count
	}
	return nil
}

// holds says that a name is in a transaction that waits to be brought to its place. What older ones left is not looked at, nor
// anything once ctx has ended.
func (j *journal) holds(ctx context.Context, name *regexp.Regexp) bool {
	sequence, ended := j.sequence, false
	at := j.start
	for range min(j.blocks, mostJournal/j.blockSize) {
		b := j.block(at)
		if b == nil || ctx.Err() != nil {
			return false
		}
		if at++; at >= j.blocks {
			at = j.first
		}
		switch head := binary.BigEndian.Uint32(b) == journalMagic; {
		case !head && ended, head && binary.BigEndian.Uint32(b[8:]) != sequence:
			return false // what follows was written before
		case head && binary.BigEndian.Uint32(b[4:]) == journalCommit:
			sequence, ended = sequence+1, true
		case head:
			ended = false
		case name.Match(b):
			return true
		}
	}
	return false
}

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// mark is what a file system writes of itself at a place of its own.
type mark struct {
	at   int64
	text string
}

// encryptedMarks: LUKS 1 and 2 (LUKS2 On-Disk Format Specification, 2.1). VeraCrypt has none: all of it looks random.
var encryptedMarks = []mark{{0, "LUKS\xba\xbe"}}

// foreignMarks are those of file systems, and of parts of some, that are not opened here, as blkid(8) looks for them.
var foreignMarks = []mark{
	{1024, "H+\x00"},
	{1024, "HX\x00"},
	{1024, "BD"},          // HFS+ and HFS
	{32, "NXSB"},          // APFS
	{88, "CS"},            // CoreStorage, of older Macs
	{0x10040, "_BHRfS_M"}, // btrfs
	{0, "XFSB"},
	{3, "ReFS\x00"},
	{0, "hsqs"},
	{0, "sqsh"},                // squashfs
	{1024, "\x10\x20\xf5\xf2"}, // f2fs
	{1024, "\xe2\xe1\xf5\xe0"}, // erofs
	{1030, "\x34\x34"},         // nilfs2
	{32768, "JFS1"},
	{0x10034, "ReIsEr"},
	{32769, "BEA01"}, // UDF alone
	{0, "LABELONE"},
	{512, "LABELONE"},
	{1024, "LABELONE"},
	{1536, "LABELONE"}, // LVM
	{0, "\xfc\x4e\x2b\xa9"},
	{4096, "\xfc\x4e\x2b\xa9"}, // a member of a RAID (md 1.1 and 1.2)
	{4118, "\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81"}, // bcache
	{4086, "SWAPSPACE2"},
	{8182, "SWAPSPACE2"},
	{16374, "SWAPSPACE2"},
	{65526, "SWAPSPACE2"},
}

// blocks is a device that is looked at.
type blocks struct {
	dev    io.ReaderAt
	failed bool // the device gave an error: that it ends is none
}

// at reads from a place; nil when there is not as much.
func (d *blocks) at(offset int64, n int) []byte {
	b := make([]byte, n)
	got, err := d.dev.ReadAt(b, offset)
	if got == n {
		return b
	}
	d.failed = d.failed || (err != nil && !errors.Is(err, io.EOF))
	return nil
}

func (d *blocks) is(offset int64, text string) bool {
	return string(d.at(offset, len(text))) == text
}

func (d *blocks) has(marks []mark) bool {
	for _, m := range marks {
		if d.is(m.at, m.text) {
			return true
		}
	}
	return false
}

// hasSpare knows a file system whose first block is gone, by the copy of it that it keeps: FAT32 in its sixth block, exFAT
// in its twelfth.
func (d *blocks) hasSpare() bool {
	for _, sector := range []int64{512, 4096} {
		if isFAT(d.at(6*sector, 512)) || d.is(12*sector+3, "EXFAT   ") {
			return true
		}
	}
	return false
}

// isEmpty says that nothing was ever put on the device: it begins with nothing, or with a table without partitions.
func (d *blocks) isEmpty() bool {
	const look = 128 << 10 // more than where any of the marks is
	begin := make([]byte, look)
	n, _ := d.dev.ReadAt(begin, 0)
	begin = begin[:n]
	if n < 512 {
		return false
	}
	if isOnly(begin, 0) || isOnly(begin, 0xff) { // as memory is when it was erased
		return true
	}
	if begin[510] != 0x55 || begin[511] != 0xaa {
		return false
	}
	table := begin[446:510]
	if table[4] != 0xee { // the old style
		return isOnly(table, 0)
	}
	return d.isEmptyGPT(begin)
}

func isOnly(b []byte, what byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c != what })
}

// isEmptyGPT says that a table of the new style names no partition (UEFI specification, 5.3).
func (d *blocks) isEmptyGPT(begin []byte) bool {
	for _, sector := range []int64{512, 4096} {
		if int64(len(begin)) < 2*sector || !bytes.HasPrefix(begin[sector:], []byte("EFI PART")) {
			continue
		}
		header := begin[sector:]
		first := binary.LittleEndian.Uint64(header[72:])
		number, size := binary.LittleEndian.Uint32(header[80:]), binary.LittleEndian.Uint32(header[84:])
		if first > 1<<20 || number == 0 || number > 1024 || size < 128 || size > 4096 {
			return false
		}
		entries := d.at(int64(first)*sector, int(number*size))
		for at := 0; at < len(entries); at += int(size) {
			if !isOnly(entries[at:at+16], 0) {
				return false
			}
		}
		return entries != nil
	}
	return false
}

package triage

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
)

// A disk image opens like a key of its own at a double click, and what came out of it is not marked as coming from
// elsewhere. That is what it is sent for (https://attack.mitre.org/techniques/T1553/005/).

// imageMarks are the first bytes of images, and where they stand. Sources: the specifications of each maker, and
// file(1).
var imageMarks = []struct {
	at   int64
	mark string
}{
	{0, "conectix"},
	{0, "vhdxfile"},
	{0, "KDMV"},
	{0, "COWD\x01"},
	{0, "# Disk DescriptorFile"},
	{0, "QFI\xfb"},
	{64, "\x7f\x10\xda\xbe"},
	{0, "MSWIM\x00\x00\x00"},
	{0, "WLPWM\x00\x00\x00"},
	{0, "hsqs"},
	{512, "EFI PART"},
	{0, "WithoutFreeSpace"},
	{0, "WithouFreSpacExt"},
	{0, "LUKS\xba\xbe"},
	{3, "-FVE-FS-"},
	{3, "NTFS    "},
	{3, "EXFAT   "},
	{0x8001, "BEA01"},
	{0x9001, "BEA01"},
}

// tailMarks stand at a distance from the end.
var tailMarks = []struct {
	before int64
	mark   string
}{
	{512, "koly"}, {512, "conectix"}, {511, "conectix"}, {8, "NERO"}, {12, "NER5"},
}

// isDiskImage knows an image by its bytes. What is an image by its name is a matter of Triage.
func isDiskImage(f io.ReaderAt, size int64, head []byte, what content) bool {
	switch {
	case bytes.HasPrefix(head, []byte("# Disk DescriptorFile")): // of VMware, in words
		return true
	case what.family == text || len(head) < 512:
		return false
	}
	for _, m := range imageMarks {
		if marked(f, m.at, m.mark) {
			return true
		}
	}
	for _, m := range tailMarks {
		if marked(f, size-m.before, m.mark) {
			return true
		}
	}
	return isISO(f) || isFAT(head) || isPartitioned(head)
}

func marked(f io.ReaderAt, at int64, mark string) bool {
	if at < 0 {
		return false
	}
	b := make([]byte, len(mark))
	_, err := f.ReadAt(b, at)
	return (err == nil || err == io.EOF) && string(b) == mark
}

// isISO knows the first volume descriptor of ISO 9660 (ECMA-119, 8.1), also in an image of raw sectors.
func isISO(f io.ReaderAt) bool {
	for _, at := range []int64{0x8000, 0x9310, 0x9318} {
		if marked(f, at, "\x01CD001\x01") {
			return true
		}
	}
	return false
}

// isFAT knows the first sector of a FAT file system (Microsoft's FAT specification, section 3).
func isFAT(head []byte) bool {
	if head[510] != 0x55 || head[511] != 0xaa || (head[0] != 0xeb && head[0] != 0xe9) {
		return false
	}
	bytesPerSector := binary.LittleEndian.Uint16(head[11:])
	known := bytesPerSector == 512 || bytesPerSector == 1024 || bytesPerSector == 2048 || bytesPerSector == 4096
	return known && (head[16] == 1 || head[16] == 2) && head[21] >= 0xf0
}

// isPartitioned knows a table of partitions: four entries that are empty or can be, and one that is not.
func isPartitioned(head []byte) bool {
	if head[510] != 0x55 || head[511] != 0xaa {
		return false
	}
	used := 0
	for i := range 4 {
		entry := head[446+16*i : 462+16*i]
		if len(bytes.Trim(entry, "\x00")) == 0 {
			continue
		}
		if entry[0]&0x7f != 0 || entry[4] == 0 || binary.LittleEndian.Uint32(entry[12:]) == 0 {
			return false
		}
		used++
	}
	return used > 0
}

// images are the extensions of disk images.
var images = strings.Fields(`
	iso img ima vfd flp udf nrg mdf mds cdi isz toast ccd
	vhd vhdx avhd avhdx vmdk vdi qcow qcow2 qed ova ovf
	dmg smi sparseimage sparsebundle wim esd swm ffu
`)

package triage_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// at is a file of zeros with marks where they are said to be; below zero they count from the end.
func at(size int, marks map[int]string) []byte {
	b := make([]byte, size)
	for where, mark := range marks {
		if where < 0 {
			where += size
		}
		copy(b[where:], mark)
	}
	return b
}

func iso() []byte { return at(40<<10, map[int]string{0x8000: "\x01CD001\x01"}) }

func fat() []byte {
	b := at(8<<10, map[int]string{0: "\xeb\x3c\x90MSDOS5.0", 510: "\x55\xaa"})
	binary.LittleEndian.PutUint16(b[11:], 512)
	b[16], b[21] = 2, 0xf8
	return b
}

func partitioned() []byte {
	b := at(8<<10, map[int]string{510: "\x55\xaa"})
	b[446+4] = 0x0c
	binary.LittleEndian.PutUint32(b[446+8:], 8)
	binary.LittleEndian.PutUint32(b[446+12:], 8)
	return b
}

func TestDiskImages(t *testing.T) {
	files := everyday(t)
	for name, c := range map[string]struct {
		file    session.Private
		content []byte
	}{
		"by its name":             {"a.iso", []byte("\x01\x02\x03")},
		"in capitals":             {"A.ISO", []byte("\x01\x02\x03")},
		"a floppy by its name":    {"a.vfd", []byte("\x01\x02\x03")},
		"a Mac image by its name": {"a.dmg", []byte("\x01\x02\x03")},
		"ISO 9660":                {"a", iso()},
		"ISO 9660, raw sectors":   {"a", at(60<<10, map[int]string{0x9310: "\x01CD001\x01"})},
		"UDF":                     {"a", at(60<<10, map[int]string{0x8001: "BEA01"})},
		"FAT":                     {"a.dat", fat()},
		"NTFS":                    {"a.dat", at(4096, map[int]string{3: "NTFS    "})},
		"exFAT":                   {"a.dat", at(4096, map[int]string{3: "EXFAT   "})},
		"partitions":              {"a.dat", partitioned()},
		"GPT":                     {"a.dat", at(4096, map[int]string{512: "EFI PART"})},
		"VHD":                     {"a.dat", at(4096, map[int]string{-512: "conectix"})},
		"VHDX":                    {"a.dat", at(4096, map[int]string{0: "vhdxfile"})},
		"VMDK":                    {"a.dat", at(4096, map[int]string{0: "KDMV"})},
		"VDI":                     {"a.dat", at(4096, map[int]string{64: "\x7f\x10\xda\xbe"})},
		"qcow2":                   {"a.dat", at(4096, map[int]string{0: "QFI\xfb"})},
		"dmg":                     {"a.dat", at(4096, map[int]string{-512: "koly"})},
		"WIM":                     {"a.dat", at(4096, map[int]string{0: "MSWIM\x00\x00\x00"})},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]session.Reason{session.ReasonDiskImage}, lookAt(t, c.file, c.content)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for name, content := range map[session.Private][]byte{
		"zeros.dat":  make([]byte, 64<<10),
		"sector.dat": at(4096, map[int]string{510: "\x55\xaa"}),
		"text.txt":   bytes.Repeat([]byte("conectix koly NTFS\n"), 100),
		"photo.jpg":  append(bytes.Clone(files["photo.jpg"]), make([]byte, 64<<10)...),
	} {
		if got := lookAt(t, name, content); len(got) > 0 {
			t.Errorf("%s is a false alarm: %v", name.Reveal(), got)
		}
	}
}

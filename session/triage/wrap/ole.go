package wrap

import (
	"encoding/binary"
	"unicode/utf16"
)

const (
	oleSector = 512
	oleEnd    = 0xfffffffe
	oleFree   = 0xffffffff
	oleFAT    = 0xfffffffd
)

// Package is a file that was put into an Office document as an object ([MS-OLEDS] 2.3.6, OLENativeStream).
func Package(name string, content []byte) []byte {
	b := []byte{2, 0}
	b = append(append(b, name...), 0)
	b = append(append(b, "C:\\"+name...), 0)
	b = append(b, 0, 0, 3, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(name)+4))
	b = append(append(b, "C:\\"+name...), 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(content)))
	b = append(b, content...)
	b = append(b, make([]byte, 4096)...) // so that it does not go where small streams are
	return OLE("\x01Ole10Native", append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...))
}

// OLE is a compound file ([MS-CFB]) of one stream of 4096 bytes at least.
func OLE(name string, stream []byte) []byte {
	sectors := (len(stream) + oleSector - 1) / oleSector
	header := make([]byte, oleSector)
	copy(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	put16(header[24:], 0x3e)
	put16(header[26:], 3)
	put16(header[28:], 0xfffe)
	put16(header[30:], 9)
	put16(header[32:], 6)
	put32(header[44:], 1) // sectors of the FAT
	put32(header[48:], 1) // where the directory is
	put32(header[56:], 4096)
	put32(header[60:], oleEnd)
	put32(header[68:], oleEnd)
	for i := 76; i < oleSector; i += 4 {
		put32(header[i:], oleFree)
	}
	put32(header[76:], 0)

	fat := make([]byte, oleSector)
	for i := 0; i < oleSector; i += 4 {
		put32(fat[i:], oleFree)
	}
	put32(fat, oleFAT)
	put32(fat[4:], oleEnd)
	for i := range sectors {
		put32(fat[4*(2+i):], uint32(3+i))
	}
	put32(fat[4*(1+sectors):], oleEnd)

	directory := make([]byte, oleSector)
	oleEntry(directory, "Root Entry", 5, 1, oleEnd, 0)
	oleEntry(directory[128:], name, 2, oleFree, 2, len(stream))
	out := append(append(header, fat...), directory...)
	out = append(out, stream...)
	return append(out, make([]byte, sectors*oleSector-len(stream))...)
}

func oleEntry(b []byte, name string, kind byte, child, start uint32, size int) {
	letters := utf16.Encode([]rune(name + "\x00"))
	for i, u := range letters {
		binary.LittleEndian.PutUint16(b[2*i:], u)
	}
	binary.LittleEndian.PutUint16(b[64:], uint16(2*len(letters)))
	b[66], b[67] = kind, 1
	binary.LittleEndian.PutUint32(b[68:], oleFree)
	binary.LittleEndian.PutUint32(b[72:], oleFree)
	binary.LittleEndian.PutUint32(b[76:], child)
	binary.LittleEndian.PutUint32(b[116:], start)
	binary.LittleEndian.PutUint32(b[120:], uint32(size))
}

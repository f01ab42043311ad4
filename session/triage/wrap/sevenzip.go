package wrap

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"unicode/utf16"
)

// Coder is a method of a 7z archive (Methods.txt of the LZMA SDK).
type Coder struct {
	ID         string
	Properties []byte
}

// The coders that tests use.
var (
	SevenCopy  = Coder{ID: "\x00"}
	SevenLzma2 = Coder{ID: "\x21", Properties: []byte{22}} // a dictionary of 8 MiB
	SevenAES   = Coder{ID: "\x06\xf1\x07\x01", Properties: []byte{19, 0}}
)

// SevenZip is a 7z archive whose files are as they are.
func SevenZip(files ...File) []byte {
	return SevenZipOf(SevenCopy, joined(files), files...)
}

func joined(files []File) []byte {
	var all []byte
	for _, f := range files {
		all = append(all, f.Content...)
	}
	return all
}

// SevenZipOf is a 7z archive (7zFormat.txt of the LZMA SDK) of one folder, whose packed bytes are given.
func SevenZipOf(coder Coder, packed []byte, files ...File) []byte {
	return SevenZipFrom(packed, SevenHeader(coder, 0, len(packed), files...))
}

// SevenZipPackedHeader is the same, with a header that is packed too, as 7-Zip writes it.
func SevenZipPackedHeader(coder Coder, packed, packedHeader []byte, header []byte, headerCoder Coder) []byte {
	b := []byte{0x17}
	b = append(b, streams(headerCoder, len(packed), len(packedHeader), len(header))...)
	b = append(b, 0)
	return SevenZipFrom(append(slices.Clone(packed), packedHeader...), b)
}

// SevenZipFrom is a 7z archive of what is packed and of a header.
func SevenZipFrom(packed, header []byte) []byte {
	start := binary.LittleEndian.AppendUint64(nil, uint64(len(packed)))
	start = binary.LittleEndian.AppendUint64(start, uint64(len(header)))
	start = binary.LittleEndian.AppendUint32(start, crc32.ChecksumIEEE(header))
	out := []byte("7z\xbc\xaf\x27\x1c\x00\x04")
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(start))
	out = append(out, start...)
	out = append(out, packed...)
	return append(out, header...)
}

// SevenHeader is the header of an archive of one folder.
func SevenHeader(coder Coder, start, packed int, files ...File) []byte {
	b := []byte{0x01, 0x04}
	b = append(b, streams(coder, start, packed, len(joined(files)))...)
	b = append(b, 0x08, 0x0d)
	b = number(b, len(files))
	b = append(b, 0x09)
	for _, f := range files[:len(files)-1] {
		b = number(b, len(f.Content))
	}
	b = append(b, 0x0a, 1)
	for _, f := range files {
		b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(f.Content))
	}
	b = append(b, 0, 0, 0x05)
	b = number(b, len(files))
	names := []byte{0}
	for _, f := range files {
		for _, u := range utf16.Encode([]rune(f.Name)) {
			names = binary.LittleEndian.AppendUint16(names, u)
		}
		names = append(names, 0, 0)
	}
	b = append(b, 0x11)
	b = number(b, len(names))
	b = append(b, names...)
	return append(b, 0, 0)
}

// streams is the section that says where the packed bytes are and how they were packed.
func streams(coder Coder, start, packed, size int) []byte {
	b := []byte{0x06}
	b = number(b, start)
	b = number(b, 1)
	b = append(b, 0x09)
	b = number(b, packed)
	b = append(b, 0, 0x07, 0x0b)
	b = number(b, 1)
	b = append(b, 0, 1)
	flags := byte(len(coder.ID))
	if coder.Properties != nil {
		flags |= 0x20
	}
	b = append(append(b, flags), coder.ID...)
	if coder.Properties != nil {
		b = append(number(b, len(coder.Properties)), coder.Properties...)
	}
	b = append(b, 0x0c)
	b = number(b, size)
	return append(b, 0)
}

// number is written in its longest form, which any reader must take.
func number(b []byte, n int) []byte {
	return binary.LittleEndian.AppendUint64(append(b, 0xff), uint64(n))
}

package wrap

import (
	"encoding/binary"
	"hash/crc32"
)

// Rar4 is a RAR archive of version 1.5 to 4 (technote.txt of RAR 3), whose files are as they are.
func Rar4(files ...File) []byte {
	out := append([]byte("Rar!\x1a\x07\x00"), rar4Block(0x73, 0, make([]byte, 6))...)
	for _, f := range files {
		out = append(out, rar4File(f, 0x8000)...)
		out = append(out, f.Content...)
	}
	return append(out, rar4Block(0x7b, 0x4000, nil)...)
}

// Rar4Locked is the same, with files that say that they are closed by a password.
func Rar4Locked(files ...File) []byte {
	out := append([]byte("Rar!\x1a\x07\x00"), rar4Block(0x73, 0, make([]byte, 6))...)
	for _, f := range files {
		out = append(out, rar4File(f, 0x8004)...)
		out = append(out, f.Content...)
	}
	return append(out, rar4Block(0x7b, 0x4000, nil)...)
}

func rar4File(f File, flags uint16) []byte {
	var b []byte
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Content)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Content)))
	b = append(b, 3) // Unix
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(f.Content))
	b = append(b, 0, 0, 0x21, 0x50, 20, 0x30) // when, the version that opens it, stored
	b = binary.LittleEndian.AppendUint16(b, uint16(len(f.Name)))
	b = binary.LittleEndian.AppendUint32(b, 0o100644)
	return rar4Block(0x74, flags, append(b, f.Name...))
}

func rar4Block(kind byte, flags uint16, rest []byte) []byte {
	b := []byte{kind}
	b = binary.LittleEndian.AppendUint16(b, flags)
	b = binary.LittleEndian.AppendUint16(b, uint16(7+len(rest)))
	b = append(b, rest...)
	return append(binary.LittleEndian.AppendUint16(nil, uint16(crc32.ChecksumIEEE(b))), b...)
}

// Rar5 is a RAR archive of version 5 (the RAR 5.0 archive format), whose files are as they are.
func Rar5(files ...File) []byte {
	return rar5(0, files...)
}

// Rar5Packed is the same, but says that the files were packed with a dictionary of 128 KiB times two to that power.
func Rar5Packed(power byte, files ...File) []byte {
	return rar5(3<<7|uint64(power)<<10, files...)
}

// Rar5Locked is an archive whose every header is closed by a password.
func Rar5Locked() []byte {
	b := []byte{4, 0, 0, 0, 15}
	b = append(b, make([]byte, 16)...)
	return append([]byte("Rar!\x1a\x07\x01\x00"), rar5Block(b)...)
}

func rar5(method uint64, files ...File) []byte {
	out := append([]byte("Rar!\x1a\x07\x01\x00"), rar5Block([]byte{1, 0, 0})...)
	for _, f := range files {
		b := []byte{2, 2}
		b = binary.AppendUvarint(b, uint64(len(f.Content)))
		b = append(b, 4)
		b = binary.AppendUvarint(b, uint64(len(f.Content)))
		b = binary.AppendUvarint(b, 0o100644)
		b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(f.Content))
		b = binary.AppendUvarint(b, method)
		b = append(b, 1) // Unix
		b = binary.AppendUvarint(b, uint64(len(f.Name)))
		out = append(out, rar5Block(append(b, f.Name...))...)
		out = append(out, f.Content...)
	}
	return append(out, rar5Block([]byte{5, 0, 0})...)
}

func rar5Block(b []byte) []byte {
	sized := append(binary.AppendUvarint(nil, uint64(len(b))), b...)
	return append(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(sized)), sized...)
}

package triagetest

import (
	"hash/crc32"
	"unicode/utf16"
)

// sevenZipped is a 7z archive whose files are stored one after the other in one folder (7zFormat.txt of the LZMA SDK).
// With a password, the folder has the coder 7zAES and its content is noise.
func sevenZipped(password bool, parts ...part) []byte {
	var data []byte
	for _, p := range parts {
		data = append(data, p.data...)
	}
	packed := data
	coder := []byte{0x01, 0x00} // one byte of id: Copy
	if password {
		packed = noise(9, (len(data)+15)&^15)
		// Four bytes of id, with properties: 2^19 rounds, 16 bytes of salt and of vector each.
		coder = join([]byte{0x24, 0x06, 0xf1, 0x07, 0x01, 18, 0x53, 0x0f}, noise(4, 16))
	}
	header := []byte{0x01, 0x04} // Header, MainStreamsInfo
	header = join(header, []byte{0x06}, number7(0), number7(1), []byte{0x09}, number7(len(packed)), []byte{0x00})
	header = join(header, []byte{0x07, 0x0b}, number7(1), []byte{0x00}, number7(1), coder, []byte{0x0c}, number7(len(data)), []byte{0x00})
	header = join(header, []byte{0x08, 0x0d}, number7(len(parts)))
	if len(parts) > 1 {
		header = append(header, 0x09)
		for _, p := range parts[:len(parts)-1] {
			header = append(header, number7(len(p.data))...)
		}
	}
	header = append(header, 0x0a, 0x01)
	for _, p := range parts {
		header = append(header, le32(int(crc32.ChecksumIEEE(p.data)))...)
	}
	header = append(header, 0x00, 0x00)

	header = join(header, []byte{0x05}, number7(len(parts)))
	names := []byte{0x00}
	for _, p := range parts {
		names = join(names, wide(p.name), []byte{0, 0})
	}
	header = join(header, []byte{0x11}, number7(len(names)), names, []byte{0x00, 0x00})

	start := join(le64(len(packed)), le64(len(header)), le32(int(crc32.ChecksumIEEE(header))))
	return join([]byte("7z\xbc\xaf\x27\x1c\x00\x04"), le32(int(crc32.ChecksumIEEE(start))), start, packed, header)
}

// number7 is a number of 7z: the first byte tells how many follow.
func number7(n int) []byte {
	switch {
	case n < 0x80:
		return []byte{byte(n)}
	case n < 0x4000:
		return []byte{0x80 | byte(n>>8), byte(n)}
	case n < 0x200000:
		return []byte{0xc0 | byte(n>>16), byte(n), byte(n >> 8)}
	default:
		return []byte{0xe0 | byte(n>>24), byte(n), byte(n >> 8), byte(n >> 16)}
	}
}

// wide is text as Windows writes it, UTF-16 with the low byte first.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

package triagetest

import "hash/crc32"

// rarred is a RAR 5 archive whose files are stored (RAR 5.0 archive format, rarlab.com/technote.htm). With a password,
// each file has an encryption record and its content is noise.
func rarred(password bool, parts ...part) []byte {
	out := []byte("Rar!\x1a\x07\x01\x00")
	out = append(out, block5(join(vint(1), vint(0), vint(0)), nil)...) // main header
	for _, p := range parts {
		data, extra := p.data, []byte(nil)
		if password {
			data = noise(5, (len(p.data)+15)&^15)
			record := join(vint(1), vint(0), vint(0), []byte{15}, noise(6, 16), noise(7, 16)) // AES-256, 2^15 rounds
			extra = join(vint(len(record)), record)
		}
		flags := 2 // a data area follows
		head := join(vint(2))
		if extra != nil {
			head = join(head, vint(flags|1), vint(len(extra)))
		} else {
			head = join(head, vint(flags))
		}
		head = join(head, vint(len(data)), vint(4), vint(len(p.data)), vint(0x20), le32(int(crc32.ChecksumIEEE(p.data))))
		head = join(head, vint(0), vint(1), vint(len(p.name)), []byte(p.name), extra)
		out = append(out, block5(head, data)...)
	}
	return append(out, block5(join(vint(5), vint(0), vint(0)), nil)...)
}

// block5 is a header with its size and checksum, and its data.
func block5(head, data []byte) []byte {
	sized := join(vint(len(head)), head)
	return join(le32(int(crc32.ChecksumIEEE(sized))), sized, data)
}

// vint is a number of RAR 5, seven bits a byte.
func vint(n int) []byte {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

// rarredOld is a RAR 4 archive whose files are stored; RAR 2.9 to 4 made most of those that are around.
func rarredOld(password bool, parts ...part) []byte {
	out := join([]byte("Rar!\x1a\x07\x00"), block4(0x73, 0, make([]byte, 6)))
	for _, p := range parts {
		data, flags := p.data, 0x8000
		var salt []byte
		if password {
			data, flags, salt = noise(8, (len(p.data)+15)&^15), flags|0x04|0x400, noise(2, 8)
		}
		body := join(le32(len(data)), le32(len(p.data)), []byte{2}, le32(int(crc32.ChecksumIEEE(p.data))), le32(0x5b624bc0),
			[]byte{29, 0x30}, le16(len(p.name)), le32(0x20), []byte(p.name), salt)
		out = join(out, block4(0x74, flags, body), data)
	}
	return join(out, block4(0x7b, 0x4000, nil))
}

func block4(kind byte, flags int, body []byte) []byte {
	head := join([]byte{kind}, le16(flags), le16(7+len(body)), body)
	return join(le16(int(crc32.ChecksumIEEE(head)&0xffff)), head)
}

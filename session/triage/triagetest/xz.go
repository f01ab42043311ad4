package triagetest

import "hash/crc32"

// xzed is a file packed by xz without being made smaller (The .xz File Format, 1.2.1): LZMA2 has chunks for what does not
// compress.
func xzed(data []byte) []byte {
	flags := []byte{0x00, 0x01} // a CRC32 of the content
	checked := func(b []byte) []byte { return join(b, le32(int(crc32.ChecksumIEEE(b)))) }
	out := join([]byte("\xfd7zXZ\x00"), checked(flags))

	// The header of a block: 12 bytes, one filter, a dictionary of 8 MiB.
	header := checked([]byte{0x02, 0x00, 0x21, 0x01, 0x16, 0x00, 0x00, 0x00})
	var chunks []byte
	for at, control := 0, byte(1); at < len(data); control = 2 {
		n := min(len(data)-at, 1<<16)
		chunks = join(chunks, []byte{control, byte((n - 1) >> 8), byte(n - 1)}, data[at:at+n])
		at += n
	}
	chunks = append(chunks, 0)
	unpadded := len(header) + len(chunks) + 4
	block := join(header, chunks, make([]byte, (4-len(chunks)%4)%4), le32(int(crc32.ChecksumIEEE(data))))

	index := join([]byte{0x00, 0x01}, vint(unpadded), vint(len(data)))
	index = checked(join(index, make([]byte, (4-len(index)%4)%4)))
	footer := join(le32(len(index)/4-1), flags)
	return join(out, block, index, le32(int(crc32.ChecksumIEEE(footer))), footer, []byte("YZ"))
}

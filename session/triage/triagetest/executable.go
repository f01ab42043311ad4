package triagetest

// The programs here are headers alone, as whoever recognises them sees them: none runs.

// pe is a Windows program that has no code (Microsoft PE and COFF specification).
func pe() []byte {
	dos := make([]byte, 128)
	copy(dos, "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8")
	copy(dos[60:], le32(128))
	copy(dos[64:], "\x0e\x1f\xba\x0e\x00\xb4\x09\xcd\x21\xb8\x01\x4c\xcd\x21This program cannot be run in DOS mode.\r\r\n$")
	coff := join([]byte("PE\x00\x00"), le16(0x8664), le16(1), make([]byte, 12), le16(240), le16(0x22))
	optional := make([]byte, 240)
	copy(optional, le16(0x20b))
	section := join([]byte(".text\x00\x00\x00"), le32(0x1000), le32(0x1000), le32(0x200), le32(0x200), make([]byte, 12), le32(0x60000020))
	out := join(dos, coff, optional, section)
	return join(out, make([]byte, 0x200-len(out)), noise(21, 0x200))
}

// elf is a Linux program of 64 bits without segments (ELF-64 object file format).
func elf() []byte {
	return join([]byte("\x7fELF\x02\x01\x01\x00"), make([]byte, 8), le16(2), le16(62), le32(1), le64(0x400078), le64(64), le64(0),
		le32(0), le16(64), le16(56), le16(1), le16(0), le16(0), le16(0), make([]byte, 56), noise(22, 300))
}

// machO is a Mac program of 64 bits.
func machO() []byte {
	return join([]byte("\xcf\xfa\xed\xfe"), le32(0x0100000c), le32(0), le32(2), le32(1), le32(72), le32(0x85), le32(0),
		le32(0x19), le32(72), make([]byte, 64), noise(23, 300))
}

// lnk is a Windows shortcut to cmd.exe with arguments ([MS-SHLLINK]).
func lnk(arguments string) []byte {
	header := join(le32(0x4c), []byte("\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"), le32(0xa8), le32(0x20),
		make([]byte, 24), le32(0), le32(0), le32(7), make([]byte, 12))
	text := func(s string) []byte { return join(le16(len(s)), wide(s)) }
	return join(header, text(`..\..\..\Windows\System32\cmd.exe`), text(arguments), le32(0))
}

// ar is the archive that Debian packages are (deb(5)).
func ar(parts ...part) []byte {
	out := []byte("!<arch>\n")
	for _, p := range parts {
		h := []byte("                                                          `\n")
		copy(h, p.name)
		copy(h[16:], "1730000000  0     0     100644  ")
		copy(h[48:], digits(len(p.data)))
		out = join(out, h, p.data)
		if len(p.data)%2 == 1 {
			out = append(out, '\n')
		}
	}
	return out
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + string(rune('0'+n%10))
}

// iso is a CD of one file (ECMA-119): 16 sectors of nothing, a volume descriptor, its end, a folder, a file.
func iso(name string, data []byte) []byte {
	const size = 2048
	both32 := func(n int) []byte {
		return join(le32(n), []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	}
	record := func(id string, at, length int, flags byte) []byte {
		total := (33 + len(id) + 1) &^ 1
		r := join([]byte{byte(total), 0}, both32(at), both32(length), make([]byte, 7), []byte{flags, 0, 0, 1, 0, 0, 1, byte(len(id))}, []byte(id))
		return join(r, make([]byte, total-len(r)))
	}
	padded := func(b []byte) []byte { return join(b, make([]byte, (size-len(b)%size)%size)) }
	root := join(record("\x00", 18, size, 2), record("\x01", 18, size, 2), record(name, 19, len(data), 0))
	pvd := join([]byte("\x01CD001\x01\x00"), blanks(32), []byte("CLE                             "), make([]byte, 8),
		both32(20+len(data)/size), make([]byte, 32), []byte("\x01\x00\x00\x01\x01\x00\x00\x01\x00\x08\x08\x00"), both32(10),
		le32(0), le32(0), make([]byte, 8), record("\x00", 18, size, 2))
	return join(make([]byte, 16*size), padded(pvd), padded([]byte("\xffCD001\x01")), padded(root), padded(data))
}

func blanks(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = ' '
	}
	return b
}

// fat12 is the image of a floppy, empty but for its boot sector (ECMA-107).
func fat12() []byte {
	boot := make([]byte, 512)
	copy(boot, "\xeb\x3c\x90MSDOS5.0\x00\x02\x01\x01\x00\x02\xe0\x00\x40\x0b\xf0\x09\x00\x12\x00\x02\x00")
	copy(boot[38:], "\x29\x78\x56\x34\x12CLE        FAT12   ")
	boot[510], boot[511] = 0x55, 0xaa
	return join(boot, []byte("\xf0\xff\xff"), make([]byte, 64*512))
}

// partitioned is the image of a disk with one partition (an MBR).
func partitioned() []byte {
	mbr := make([]byte, 512)
	copy(mbr, "\xfa\x33\xc0\x8e\xd0\xbc\x00\x7c")
	copy(mbr[446:], join([]byte("\x80\x20\x21\x00\x0c\xdf\x13\x0c"), le32(64), le32(66)))
	mbr[510], mbr[511] = 0x55, 0xaa
	return join(mbr, make([]byte, 63*512), fat12())
}

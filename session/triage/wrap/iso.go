package wrap

import "encoding/binary"

const isoSector = 2048

// ISO is an image of a disc with one file (ECMA-119).
func ISO(name string, content []byte) []byte {
	const root, data = 20, 21
	out := make([]byte, data*isoSector)
	volume := out[16*isoSector:]
	copy(volume, "\x01CD001\x01")
	copy(volume[40:72], "DISQUE                          ")
	sectors := (len(content) + isoSector - 1) / isoSector
	both32(volume[80:], uint32(data+sectors))
	both16(volume[120:], 1)
	both16(volume[124:], 1)
	both16(volume[128:], isoSector)
	both32(volume[132:], 10) // bytes of the table of paths
	binary.LittleEndian.PutUint32(volume[140:], 18)
	binary.BigEndian.PutUint32(volume[148:], 19)
	copy(volume[156:], isoRecord("\x00", root, isoSector, 2))
	volume[881] = 1
	copy(out[17*isoSector:], "\xffCD001\x01")
	copy(out[18*isoSector:], "\x01\x00\x14\x00\x00\x00\x01\x00\x00\x00")
	copy(out[19*isoSector:], "\x01\x00\x00\x00\x00\x14\x00\x01\x00\x00")
	folder := append(isoRecord("\x00", root, isoSector, 2), isoRecord("\x01", root, isoSector, 2)...)
	copy(out[root*isoSector:], append(folder, isoRecord(name+";1", data, len(content), 0)...))
	out = append(out, content...)
	return append(out, make([]byte, sectors*isoSector-len(content))...)
}

func isoRecord(name string, at, size int, flags byte) []byte {
	b := make([]byte, (33+len(name)+1)&^1)
	b[0] = byte(len(b))
	both32(b[2:], uint32(at))
	both32(b[10:], uint32(size))
	b[25] = flags
	both16(b[28:], 1)
	b[32] = byte(len(name))
	copy(b[33:], name)
	return b
}

func both32(b []byte, n uint32) {
	binary.LittleEndian.PutUint32(b, n)
	binary.BigEndian.PutUint32(b[4:], n)
}

func both16(b []byte, n uint16) {
	binary.LittleEndian.PutUint16(b, n)
	binary.BigEndian.PutUint16(b[2:], n)
}

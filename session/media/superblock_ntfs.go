package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// isDirtyNTFS says that a volume was pulled out while Windows wrote to it. The kernel then refuses to write it, which the
// visitor is to know beforehand. The mark is in the file $Volume, the fourth of the table of files, in its attribute
// $VOLUME_INFORMATION (linux-ntfs documentation). What cannot be read is dirty.
func isDirtyNTFS(dev io.ReaderAt, boot []byte) bool {
	const volume, information, dirty = 3, 0x70, 1
	sector, sectors := int64(binary.LittleEndian.Uint16(boot[11:])), int64(boot[13])
	if sectors > 128 {
		sectors = 1 << (256 - sectors) // clusters of more than 64 KiB
	}
	cluster, table := sector*sectors, int64(binary.LittleEndian.Uint64(boot[48:]))
	size := int64(boot[64]) * cluster
	if boot[64] > 128 {
		size = 1 << (256 - int64(boot[64])) // records of less than a cluster
	}
	if cluster <= 0 || cluster > 2<<20 || size < 512 || size > 64<<10 || table < 0 || table > 1<<40 {
		return true
	}
	record := make([]byte, size)
	if _, err := dev.ReadAt(record, table*cluster+volume*size); err != nil || !bytes.HasPrefix(record, []byte("FILE")) {
		return true
	}
	for at := int(binary.LittleEndian.Uint16(record[20:])); at+24 <= len(record); {
		kind, length := binary.LittleEndian.Uint32(record[at:]), int(binary.LittleEndian.Uint32(record[at+4:]))
		value := at + int(binary.LittleEndian.Uint16(record[at+20:]))
		switch {
		case kind == information && value+12 <= len(record):
			return binary.LittleEndian.Uint16(record[value+10:])&dirty != 0
		case length < 24 || length > len(record):
			return true
		}
		at += length
	}
	return true
}

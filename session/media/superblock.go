package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// filesystem is how one type of file system is mounted.
type filesystem struct {
	types    []string // what the kernel may call it, the best first
	options  []string // "name" or "name=value"; one that the kernel does not know is left out
	readOnly bool     // it can never be written
	dirty    bool     // it was not unmounted: writing to it would first replay its journal
}

// recognize reads from a device which file system is on it; false for none that keys have. What the list leaves out, like
// squashfs, btrfs and xfs, nobody carries on a key, and each is code of the kernel that a hostile key could try.
func recognize(dev io.ReaderAt) (filesystem, bool) {
	at := func(offset int64, n int) []byte {
		b := make([]byte, n)
		if got, err := dev.ReadAt(b, offset); err != nil && got < n {
			return nil
		}
		return b
	}
	boot := at(0, 512)
	switch {
	case bytes.Equal(at(1080, 2), []byte{0x53, 0xef}):
		return ext(at(1024, 1024)), true
	case boot == nil:
		return filesystem{}, false
	case bytes.Equal(boot[3:11], []byte("EXFAT   ")):
		return filesystem{types: []string{"exfat"}, options: []string{"iocharset=utf8"}}, true
	case bytes.Equal(boot[3:11], []byte("NTFS    ")):
		return filesystem{types: []string{"ntfs3", "ntfs"}, options: []string{"iocharset=utf8"}}, true
	case bytes.Equal(boot[510:], []byte{0x55, 0xaa}) && (bytes.HasPrefix(boot[54:], []byte("FAT")) || bytes.HasPrefix(boot[82:], []byte("FAT32"))):
		return filesystem{types: []string{"vfat"}, options: []string{"iocharset=utf8", "utf8"}}, true
	case bytes.Equal(at(32769, 5), []byte("CD001")):
		return filesystem{types: []string{"iso9660"}, options: []string{"iocharset=utf8"}, readOnly: true}, true
	default:
		return filesystem{}, false
	}
}

// ext knows ext2, ext3 and ext4, which one driver reads. The key says in its superblock what is to be done on an error,
// and may say "panic": errors= takes that from it. Without noload even a read-only mount writes the journal back to the
// key. See ext4(5).
func ext(superblock []byte) filesystem {
	const incompatible, recover = 96, 4
	f := filesystem{types: []string{"ext4", "ext3", "ext2"}, options: []string{"errors=remount-ro"}}
	if superblock != nil && binary.LittleEndian.Uint32(superblock[incompatible:])&recover != 0 {
		f.dirty, f.options = true, append(f.options, "noload")
	}
	return f
}

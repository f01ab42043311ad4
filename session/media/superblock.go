package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// filesystem is how one type of file system is mounted.
type filesystem struct {
	types    []string // what the kernel may call it, the best first
	options  []string // "name" or "name=value"; one that the kernel does not know is left out
	readOnly bool     // it can never be written
	dirty    bool     // it was not unmounted, and is better not written before it is mended
	journal  bool     // a copy that was cut may have left something in it
}

// How names are read. Each driver has its own way to say UTF-8.
//
// vfat: the flag, and not iocharset=utf8, with which it tells « CV.pdf » from « cv.pdf », so that we would write both, and
// Windows would find one of them (Documentation/filesystems/vfat.rst). exfat: its default, and the only right one. ntfs3:
// iocharset, and again each time it is made writable: it compares (fs/ntfs3/super.c, ntfs_fs_reconfigure). The owner of
// files is whoever mounts, which is root, and errors turn them all read-only by default. With windows_names, ntfs3 refuses
// as vfat and exfat do what Windows could not open, and the document gets a name that it can.
var (
	vfat  = filesystem{types: []string{"vfat"}, options: []string{"utf8"}}
	exfat = filesystem{types: []string{"exfat"}, options: []string{"iocharset=utf8"}}
	ntfs  = filesystem{types: []string{"ntfs3", "ntfs"}, options: []string{"iocharset=utf8", "windows_names"}}
	iso   = filesystem{types: []string{"iso9660"}, options: []string{"iocharset=utf8"}, readOnly: true}
)

// recognize reads from a device which file system is on it, or why none is opened. What the list leaves out, like squashfs,
// btrfs and xfs, hardly anybody carries on a key, and each is code of the kernel that a hostile key could try.
func recognize(dev io.ReaderAt) (filesystem, error) {
	d := &blocks{dev: dev}
	boot := d.at(0, 512)
	switch {
	case d.has(encryptedMarks) || isBitLocker(boot):
		return filesystem{}, ErrEncrypted
	case d.is(1080, "\x53\xef"):
		return ext(d.at(1024, 1024)), nil
	case d.is(3, "EXFAT   "):
		return exfat, nil
	case d.is(3, "NTFS    "):
		f := ntfs
		f.dirty = isDirtyNTFS(dev, boot)
		return f, nil
	case isFAT(boot):
		return vfat, nil
	case d.is(32769, "CD001"):
		return iso, nil
	case d.has(foreignMarks):
		return filesystem{}, ErrForeign
	case d.failed, d.hasSpare():
		return filesystem{}, ErrDamaged
	case d.isEmpty():
		return filesystem{}, ErrEmpty
	default:
		return filesystem{}, fmt.Errorf("nothing that is known: %w", ErrUnreadable)
	}
}

// ext knows ext2, ext3 and ext4, which one driver reads. The key says in its superblock what is to be done on an error,
// and may say "panic": errors= takes that from it. Without noload even a read-only mount writes the journal back to the
// key. See ext4(5).
func ext(superblock []byte) filesystem {
	const incompatible, recover = 96, 4
	f := filesystem{types: []string{"ext4", "ext3", "ext2"}, options: []string{"errors=remount-ro"}, journal: true}
	if superblock != nil && binary.LittleEndian.Uint32(superblock[incompatible:])&recover != 0 {
		f.dirty, f.options = true, append(f.options, "noload")
	}
	return f
}

// replaying is how the same file system is mounted once its journal may be replayed.
func (f filesystem) replaying() filesystem {
	f.dirty = false
	f.options = slices.DeleteFunc(slices.Clone(f.options), func(o string) bool { return o == "noload" })
	return f
}

// isFAT knows FAT12, FAT16 and FAT32 by what each must say of itself, since not every camera writes the name.
func isFAT(boot []byte) bool {
	if boot == nil {
		return false
	}
	sector, cluster := binary.LittleEndian.Uint16(boot[11:]), boot[13]
	reserved, fats, media := binary.LittleEndian.Uint16(boot[14:]), boot[16], boot[21]
	return bytes.Equal(boot[510:], []byte{0x55, 0xaa}) && (boot[0] == 0xeb || boot[0] == 0xe9) &&
		sector >= 512 && sector <= 4096 && sector&(sector-1) == 0 && cluster > 0 && cluster&(cluster-1) == 0 &&
		reserved > 0 && (fats == 1 || fats == 2) && (media == 0xf0 || media >= 0xf8)
}

// isBitLocker knows an encrypted volume, by the identifier of its header. On a key it looks like FAT, with a program on it
// and none of the visitor's files.
func isBitLocker(boot []byte) bool {
	if boot == nil {
		return false
	}
	id := []byte{0x3b, 0xd6, 0x67, 0x49, 0x29, 0x2e, 0xd8, 0x4a, 0x83, 0x99, 0xf6, 0xa3, 0x39, 0xe3, 0xd0, 0x01}
	return bytes.Equal(boot[3:11], []byte("-FVE-FS-")) || bytes.Equal(boot[160:176], id) || bytes.Equal(boot[424:440], id)
}

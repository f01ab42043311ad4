package media

import (
	"cmp"
	"slices"

	"github.com/godbus/dbus/v5"
)

// candidate is a drive that is a key, and what of it is told.
type candidate struct {
	name     string   // the object of the drive; it holds the serial number of the key
	source   Source   // what is told
	readable bool     // it has a file system that we know
	settled  bool     // UDisks2 knows all the partitions that the kernel does
	devices  []string // all block devices of the drive
	canRead  []string // those of them that can be read
}

// readableTypes are the file systems that recognize knows, as blkid(8) calls them.
var readableTypes = []string{"vfat", "exfat", "ntfs", "ext2", "ext3", "ext4", "iso9660"}

// isKey is the rule: something that is plugged in and taken away, and not a part of the computer.
func isKey(b block, d drive) bool {
	plugged := d.bus == "usb" || d.bus == "sdio"
	return plugged && (d.removable || d.changeable || d.ejectable) && !d.builtIn && !b.system
}

// drives are the drives that are keys, in the order of their devices.
func (o objects) drives(isKey func(block, drive) bool, k kernel) []candidate {
	byDrive := map[dbus.ObjectPath][]block{}
	for _, b := range o.blocks {
		byDrive[group(b)] = append(byDrive[group(b)], b)
	}
	var all []candidate
	for name, blocks := range byDrive {
		ours := !slices.ContainsFunc(blocks, func(b block) bool {
			return !isKey(b, o.drive[b.drive]) || b.mounted || b.swapped || k.held(b.device)
		})
		if c, found := choose(blocks, k); ours && found {
			c.name = string(name)
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b candidate) int { return cmp.Compare(a.source.Path, b.source.Path) })
	return all
}

// group is what a block device is on: its drive, or the disk itself where UDisks2 knows no drive.
func group(b block) dbus.ObjectPath {
	switch {
	case b.drive != nothing:
		return b.drive
	case b.whole != nothing:
		return b.whole
	default:
		return b.path
	}
}

// choose finds what to tell of one drive: its partitions, or the disk when it has none, or none that can be read while it
// can. What UDisks2 hides, like the partition from which a computer starts, is passed over. One that cannot be read is told
// too: Open says of it what it is. Nothing is told of a reader without a card.
func choose(blocks []block, k kernel) (candidate, bool) {
	blocks = slices.DeleteFunc(slices.Clone(blocks), func(b block) bool { return b.size == 0 })
	if len(blocks) == 0 {
		return candidate{}, false
	}
	slices.SortFunc(blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.partition, b.partition), cmp.Compare(a.device, b.device))
	})
	c := candidate{}
	var parts []string
	partitions, ofParts := 0, 0
	for _, b := range blocks {
		c.devices = append(c.devices, b.device)
		reads := !b.ignore && b.usage == "filesystem" && slices.Contains(readableTypes, b.kind)
		if reads {
			c.canRead = append(c.canRead, b.device)
		}
		if b.partition == 0 {
			continue
		}
		partitions++
		if !b.ignore && !b.container {
			parts = append(parts, b.device)
		}
		if reads {
			ofParts++
		}
	}
	c.settled = partitions >= k.partitions(c.devices[0])
	c.readable = len(c.canRead) > 0
	switch {
	case ofParts > 0: // a disk with a file system across its partitions is a disk image: they come first
		c.source = Partitions(parts[0], parts[1:]...)
	case c.readable:
		c.source = Partitions(c.canRead[0])
	case len(parts) > 0:
		c.source = Partitions(parts[0], parts[1:]...)
	default:
		c.source = Partitions(c.devices[0])
	}
	return c, true
}

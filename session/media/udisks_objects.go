package media

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/godbus/dbus/v5"
)

// The interfaces of UDisks2, of which each property is described in its reference manual.
const (
	udisksName       = "org.freedesktop.UDisks2"
	udisksPath       = dbus.ObjectPath("/org/freedesktop/UDisks2")
	blockInterface   = udisksName + ".Block"
	driveInterface   = udisksName + ".Drive"
	partInterface    = udisksName + ".Partition"
	tableInterface   = udisksName + ".PartitionTable"
	fsInterface      = udisksName + ".Filesystem"
	swapInterface    = udisksName + ".Swapspace"
	nothing          = dbus.ObjectPath("/") // how UDisks2 says none
	managerInterface = "org.freedesktop.DBus.ObjectManager"
	properties       = "org.freedesktop.DBus.Properties"
)

// managed is what GetManagedObjects answers: properties, by interface, by object.
type managed map[dbus.ObjectPath]map[string]map[string]dbus.Variant

// objects is what a key is told by.
type objects struct {
	blocks []block
	drive  map[dbus.ObjectPath]drive
}

// block is a block device, of the interfaces Block and those that say what is on it.
type block struct {
	path   dbus.ObjectPath
	device string // its path, below /dev
	drive  dbus.ObjectPath
	usage  string // "filesystem", "crypto", "raid", "other" or "" for nothing that is known
	kind   string // "vfat" and the like

	system, ignore   bool // the computer's own; to be shown to nobody
	size             uint64
	table            bool            // it has partitions
	partition        uint32          // its number, 0 when it is none
	container        bool            // it holds partitions itself, and nothing else (an extended one)
	whole            dbus.ObjectPath // the disk that it is a partition of, nothing when it is none
	mounted, swapped bool
}

// drive is what block devices are on.
type drive struct {
	bus        string // "usb", "sdio", "ieee1394" or ""
	removable  bool   // it is plugged in and taken away
	changeable bool   // its medium is: a reader of cards or discs, and most sticks say so of themselves
	ejectable  bool
	builtIn    bool // a card that is soldered in (eMMC), which is on the bus of the others

	canPowerOff bool
	sibling     string // drives of one device have the same; "" when it is not known
}

// decode takes in what it needs. An object that lacks a property, or has it with another type, is left out: what is not
// known is no key.
func decode(all managed) objects {
	o := objects{drive: map[dbus.ObjectPath]drive{}}
	for path, interfaces := range all {
		if d, ok := decodeDrive(interfaces[driveInterface]); ok {
			o.drive[path] = d
		}
		if b, ok := decodeBlock(interfaces); ok {
			b.path = path
			o.blocks = append(o.blocks, b)
		}
	}
	return o
}

func decodeDrive(of map[string]dbus.Variant) (d drive, ok bool) {
	p := reader{of: of}
	d.bus = value[string](&p, "ConnectionBus")
	d.removable = value[bool](&p, "Removable")
	d.changeable = value[bool](&p, "MediaRemovable")
	d.ejectable = value[bool](&p, "Ejectable")
	d.builtIn = slices.Contains(value[[]string](&p, "MediaCompatibility"), "flash_mmc")
	ok = !p.lacks
	d.canPowerOff, d.sibling = value[bool](&p, "CanPowerOff"), value[string](&p, "SiblingId")
	return d, ok
}

func decodeBlock(interfaces map[string]map[string]dbus.Variant) (b block, ok bool) {
	p := reader{of: interfaces[blockInterface]}
	b.device = devicePath(value[[]byte](&p, "Device"))
	b.drive = value[dbus.ObjectPath](&p, "Drive")
	b.usage, b.kind = value[string](&p, "IdUsage"), value[string](&p, "IdType")
	b.system, b.ignore = value[bool](&p, "HintSystem"), value[bool](&p, "HintIgnore")
	b.size = value[uint64](&p, "Size")
	b.whole = nothing
	_, b.table = interfaces[tableInterface]
	if of, is := interfaces[partInterface]; is {
		part := reader{of: of}
		b.partition, b.whole = value[uint32](&part, "Number"), value[dbus.ObjectPath](&part, "Table")
		p.lacks = p.lacks || part.lacks
		b.container = value[bool](&part, "IsContainer")
	}
	if of, is := interfaces[fsInterface]; is {
		fs := reader{of: of}
		b.mounted = len(value[[][]byte](&fs, "MountPoints")) > 0 || fs.lacks
	}
	if of, is := interfaces[swapInterface]; is {
		swap := reader{of: of}
		b.swapped = value[bool](&swap, "Active") || swap.lacks
	}
	return b, !p.lacks && b.device != ""
}

// devicePath is a path that UDisks2 gives as bytes with a zero at the end; "" for one that leads out of /dev.
func devicePath(b []byte) string {
	path := string(bytes.TrimSuffix(b, []byte{0}))
	below := strings.HasPrefix(path, "/dev/") && filepath.Clean(path) == path
	if !below || strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return ""
	}
	return path
}

// reader reads properties, and notes that one is missing or of another type.
type reader struct {
	of    map[string]dbus.Variant
	lacks bool
}

func value[T any](r *reader, name string) T {
	v, ok := r.of[name].Value().(T)
	if !ok {
		r.lacks = true
	}
	return v
}

package media

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"
)

// computer is what its UDisks2 tells, by object, and what its kernel does.
type computer struct {
	all managed
	k   kernel
	t   *testing.T
}

func newComputer(t *testing.T) *computer {
	return &computer{managed{}, kernel{blocks: filepath.Join(t.TempDir(), "class")}, t}
}

type props map[string]any

func (c *computer) object(path dbus.ObjectPath, of string, p props) {
	if c.all[path] == nil {
		c.all[path] = map[string]map[string]dbus.Variant{}
	}
	if c.all[path][of] == nil {
		c.all[path][of] = map[string]dbus.Variant{}
	}
	for name, v := range p {
		c.all[path][of][name] = dbus.MakeVariant(v)
	}
}

// drive adds one with what UDisks2 says of a stick, but for what differs.
func (c *computer) drive(name string, differs props) dbus.ObjectPath {
	path := dbus.ObjectPath("/org/freedesktop/UDisks2/drives/" + name)
	c.object(path, driveInterface, props{
		"ConnectionBus": "usb", "Removable": true, "MediaRemovable": true, "Ejectable": true, "MediaAvailable": true,
		"CanPowerOff": true, "SiblingId": "/sys/devices/" + name, "MediaCompatibility": []string{}, "Serial": "4C530001",
	})
	c.object(path, driveInterface, differs)
	return path
}

// disk adds a block device with what UDisks2 says of an empty stick, but for what differs, and gives it to the kernel.
func (c *computer) disk(name string, on dbus.ObjectPath, differs props) dbus.ObjectPath {
	path := dbus.ObjectPath("/org/freedesktop/UDisks2/block_devices/" + name)
	c.object(path, blockInterface, props{
		"Device": []byte("/dev/" + name + "\x00"), "Drive": on, "IdUsage": "", "IdType": "", "IdLabel": "ZOE",
		"HintSystem": false, "HintIgnore": false, "HintAuto": true, "Size": uint64(16 << 30),
	})
	c.object(path, blockInterface, differs)
	c.sysfs(filepath.Join(c.k.blocks, name), name, len(c.all))
	return path
}

// part adds a partition.
func (c *computer) part(of dbus.ObjectPath, name string, number int, differs props) dbus.ObjectPath {
	on := c.all[of][blockInterface]["Drive"].Value().(dbus.ObjectPath)
	path := c.disk(name, on, differs)
	c.object(of, tableInterface, props{"Type": "dos"})
	c.object(path, partInterface, props{"Number": uint32(number), "Table": of, "IsContainer": false})
	disk := filepath.Join(c.k.blocks, filepath.Base(string(of)))
	if err := os.Rename(filepath.Join(c.k.blocks, name), filepath.Join(disk, name)); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(disk, name), filepath.Join(c.k.blocks, name)); err != nil {
		c.t.Fatal(err)
	}
	c.file(filepath.Join(disk, name, "partition"), fmt.Sprint(number))
	return path
}

func (c *computer) sysfs(dir, name string, minor int) {
	c.file(filepath.Join(dir, "dev"), fmt.Sprintf("8:%d", minor))
	c.file(filepath.Join(dir, "size"), "1000")
	c.file(filepath.Join(dir, "diskseq"), "7")
}

func (c *computer) file(path, content string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content+"\n"), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func holds(kind string) props { return props{"IdUsage": "filesystem", "IdType": kind} }

// Which block devices of a computer are keys, and which part of a key is told.
func TestDrives(t *testing.T) {
	readable := func(device string, more ...string) candidate {
		return candidate{source: Partitions(device, more...), readable: true, settled: true}
	}
	unreadable := func(device string, more ...string) candidate {
		return candidate{source: Partitions(device, more...), settled: true}
	}
	fixed := props{"ConnectionBus": "", "Removable": false, "MediaRemovable": false, "Ejectable": false, "CanPowerOff": false}
	own := props{"HintSystem": true, "HintAuto": false}
	cases := map[string]struct {
		with func(c *computer)
		want []candidate
	}{
		"nothing": {func(*computer) {}, nil},
		"a stick with one partition": {func(c *computer) {
			disk := c.disk("sdb", c.drive("SanDisk", nil), nil)
			c.part(disk, "sdb1", 1, holds("vfat"))
		}, []candidate{readable("/dev/sdb1")}},
		"a stick without partitions": {func(c *computer) {
			c.disk("sdb", c.drive("Kingston", nil), holds("exfat"))
		}, []candidate{readable("/dev/sdb")}},
		"two sticks": {func(c *computer) {
			c.disk("sdc", c.drive("B", nil), holds("vfat"))
			c.disk("sdb", c.drive("A", nil), holds("vfat"))
		}, []candidate{readable("/dev/sdb"), readable("/dev/sdc")}},
		"a stick made by a Mac: the first partition is hidden": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Mac", nil), nil)
			c.part(disk, "sdb1", 1, props{"IdUsage": "filesystem", "IdType": "vfat", "HintIgnore": true})
			c.part(disk, "sdb2", 2, holds("exfat"))
		}, []candidate{readable("/dev/sdb2")}},
		"two partitions that can be read: both, by their numbers": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Two", nil), nil)
			c.part(disk, "sdb10", 10, holds("ext4"))
			c.part(disk, "sdb2", 2, holds("ntfs"))
		}, []candidate{readable("/dev/sdb2", "/dev/sdb10")}},
		"partitions in an extended one, which holds nothing itself": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Old", nil), nil)
			c.part(disk, "sdb1", 1, holds("vfat"))
			c.object(c.part(disk, "sdb2", 2, nil), partInterface, props{"IsContainer": true})
			c.part(disk, "sdb5", 5, holds("ntfs"))
		}, []candidate{readable("/dev/sdb1", "/dev/sdb5")}},
		"an image of an installer, which is partitioned too": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Installer", nil), holds("iso9660"))
			c.part(disk, "sdb1", 1, holds("iso9660"))
			c.part(disk, "sdb2", 2, props{"IdUsage": "filesystem", "IdType": "vfat", "HintIgnore": true})
		}, []candidate{readable("/dev/sdb1")}},
		"an image of a disc, whose one partition nobody knows": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Installer", nil), holds("iso9660"))
			c.part(disk, "sdb1", 1, nil)
		}, []candidate{readable("/dev/sdb")}},
		"an encrypted stick": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Secret", nil), nil)
			c.part(disk, "sdb1", 1, props{"IdUsage": "crypto", "IdType": "crypto_LUKS"})
		}, []candidate{unreadable("/dev/sdb1")}},
		"a stick that is encrypted without partitions": {func(c *computer) {
			c.disk("sdb", c.drive("Secret", nil), props{"IdUsage": "crypto", "IdType": "crypto_LUKS"})
		}, []candidate{unreadable("/dev/sdb")}},
		"a stick with nothing but what is hidden": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Boot", nil), nil)
			c.part(disk, "sdb1", 1, props{"IdUsage": "filesystem", "IdType": "vfat", "HintIgnore": true})
		}, []candidate{unreadable("/dev/sdb")}},
		"an encrypted partition beside one that can be read": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Half", nil), nil)
			c.part(disk, "sdb1", 1, props{"IdUsage": "crypto", "IdType": "BitLocker"})
			c.part(disk, "sdb2", 2, holds("vfat"))
		}, []candidate{readable("/dev/sdb1", "/dev/sdb2")}},
		"a file system that keys do not have": {func(c *computer) {
			c.disk("sdb", c.drive("Apple", nil), holds("hfsplus"))
		}, []candidate{unreadable("/dev/sdb")}},
		"an empty stick": {func(c *computer) {
			c.disk("sdb", c.drive("New", nil), nil)
		}, []candidate{unreadable("/dev/sdb")}},
		"a partition that UDisks2 has yet to tell": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Slow", nil), nil)
			path := c.part(disk, "sdb1", 1, holds("vfat"))
			c.part(disk, "sdb2", 2, holds("vfat"))
			delete(c.all, path)
		}, []candidate{{source: Partitions("/dev/sdb2"), readable: true}}},
		"a USB disk": {func(c *computer) {
			disk := c.disk("sdb", c.drive("WD", props{"MediaRemovable": false, "Ejectable": false}), nil)
			c.part(disk, "sdb1", 1, holds("ntfs"))
		}, []candidate{readable("/dev/sdb1")}},
		"a card in a reader beside an empty slot": {func(c *computer) {
			c.disk("sdb", c.drive("Reader-0", props{"MediaCompatibility": []string{"flash_sd"}}), props{"Size": uint64(0)})
			disk := c.disk("sdc", c.drive("Reader-1", props{"MediaCompatibility": []string{"flash_cf"}}), nil)
			c.part(disk, "sdc1", 1, holds("vfat"))
		}, []candidate{readable("/dev/sdc1")}},
		"a card in a reader that is not on USB": {func(c *computer) {
			disk := c.disk("mmcblk0", c.drive("SD", props{
				"ConnectionBus": "sdio", "MediaCompatibility": []string{"flash_sd"}, "MediaRemovable": false,
				"Ejectable": false, "CanPowerOff": false,
			}), nil)
			c.part(disk, "mmcblk0p1", 1, holds("exfat"))
		}, []candidate{readable("/dev/mmcblk0p1")}},
		"a disc in a USB drive": {func(c *computer) {
			c.disk("sr0", c.drive("DVD", props{"MediaCompatibility": []string{"optical_dvd"}}), holds("iso9660"))
		}, []candidate{readable("/dev/sr0")}},

		"a soldered card, though UDisks2 calls it removable": {func(c *computer) {
			disk := c.disk("mmcblk0", c.drive("eMMC", props{
				"ConnectionBus": "sdio", "MediaCompatibility": []string{"flash_mmc"}, "MediaRemovable": false, "Ejectable": false,
			}), nil)
			c.part(disk, "mmcblk0p1", 1, holds("ntfs"))
		}, nil},
		"the computer's SATA and NVMe disks": {func(c *computer) {
			for _, name := range []string{"sda", "nvme0n1"} {
				disk := c.disk(name, c.drive(name, fixed), own)
				c.part(disk, name+"p1", 1, props{"IdUsage": "filesystem", "IdType": "ext4", "HintSystem": true})
			}
		}, nil},
		"a SATA disk in a tray that can be taken out": {func(c *computer) {
			c.disk("sdb", c.drive("Tray", props{"ConnectionBus": "", "Removable": true}), holds("ext4"))
		}, nil},
		"a disc in the computer's drive": {func(c *computer) {
			c.disk("sr0", c.drive("ATA-DVD", props{"ConnectionBus": ""}), holds("iso9660"))
		}, nil},
		"a loop device": {func(c *computer) {
			c.disk("loop0", nothing, props{"HintSystem": true, "HintAuto": false, "IdUsage": "filesystem", "IdType": "vfat"})
		}, nil},
		"a stick that IT calls the computer's own": {func(c *computer) {
			c.disk("sdb", c.drive("Dongle", nil), props{"HintSystem": true, "IdUsage": "filesystem", "IdType": "vfat"})
		}, nil},
		"a stick that the computer runs from": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Root", nil), nil)
			root := c.part(disk, "sdb1", 1, holds("ext4"))
			c.part(disk, "sdb2", 2, holds("vfat"))
			c.object(root, fsInterface, props{"MountPoints": [][]byte{[]byte("/\x00")}})
		}, nil},
		"a stick with the computer's swap": {func(c *computer) {
			disk := c.disk("sdb", c.drive("Swap", nil), nil)
			swap := c.part(disk, "sdb1", 1, props{"IdUsage": "other", "IdType": "swap"})
			c.part(disk, "sdb2", 2, holds("vfat"))
			c.object(swap, swapInterface, props{"Active": true})
		}, nil},
		"a stick with a disk that was unlocked or assembled": {func(c *computer) {
			disk := c.disk("sdb", c.drive("LVM", nil), nil)
			c.part(disk, "sdb1", 1, props{"IdUsage": "raid", "IdType": "LVM2_member"})
			c.part(disk, "sdb2", 2, holds("vfat"))
			c.file(filepath.Join(c.k.blocks, "sdb1", "holders", "dm-0"), "")
		}, nil},
		"a stick that nobody plugged in: mounted by hand": {func(c *computer) {
			disk := c.disk("sdb", c.drive("IT", nil), holds("vfat"))
			c.object(disk, fsInterface, props{"MountPoints": [][]byte{[]byte("/mnt\x00")}})
		}, nil},

		"a property is missing": {func(c *computer) {
			path := c.disk("sdb", c.drive("Odd", nil), holds("vfat"))
			delete(c.all[path][blockInterface], "HintSystem")
		}, nil},
		"a property has another type": {func(c *computer) {
			c.disk("sdb", c.drive("Odd", nil), props{"IdUsage": "filesystem", "IdType": "vfat", "HintSystem": "false"})
		}, nil},
		"the drive is missing": {func(c *computer) {
			c.disk("sdb", "/org/freedesktop/UDisks2/drives/None", holds("vfat"))
		}, nil},
		"the drive lacks its bus": {func(c *computer) {
			on := c.drive("Odd", nil)
			delete(c.all[on][driveInterface], "ConnectionBus")
			c.disk("sdb", on, holds("vfat"))
		}, nil},
		"mounts that cannot be read": {func(c *computer) {
			path := c.disk("sdb", c.drive("Odd", nil), holds("vfat"))
			c.object(path, fsInterface, props{"MountPoints": "none"})
		}, nil},
		"a device elsewhere": {func(c *computer) {
			c.disk("sdb", c.drive("Odd", nil), props{"Device": []byte("/dev/../etc/shadow\x00"), "IdUsage": "filesystem", "IdType": "vfat"})
		}, nil},
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			c := newComputer(t)
			tt.with(c)
			got := decode(c.all).drives(isKey, c.k)
			for i := range got {
				if got[i].name == "" || !slices.Contains(got[i].devices, got[i].source.Path) {
					t.Errorf("%+v has no name, or is no device of its drive", got[i])
				}
				got[i].name, got[i].devices, got[i].canRead = "", nil, nil
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(candidate{}, Source{})); diff != "" {
				t.Errorf("keys (-want +got):\n%s", diff)
			}
		})
	}
}

// How the drive of a key is stopped.
func TestStop(t *testing.T) {
	cases := map[string]struct {
		with func(c *computer) dbus.ObjectPath
		want string
	}{
		"a stick, whose medium can be changed as far as it says": {func(c *computer) dbus.ObjectPath {
			return c.drive("SanDisk", nil)
		}, "Eject"},
		"a stick that UDisks2 knows": {func(c *computer) dbus.ObjectPath {
			return c.drive("Kingston", props{"MediaRemovable": false, "MediaCompatibility": []string{"thumb"}})
		}, "PowerOff"},
		"a disk": {func(c *computer) dbus.ObjectPath {
			return c.drive("WD", props{"MediaRemovable": false, "Ejectable": false})
		}, "PowerOff"},
		"a disk that shares its device": {func(c *computer) dbus.ObjectPath {
			c.drive("Other", props{"SiblingId": "one"})
			return c.drive("WD", props{"MediaRemovable": false, "Ejectable": false, "SiblingId": "one"})
		}, ""},
		"a disk that may share its device": {func(c *computer) dbus.ObjectPath {
			on := c.drive("WD", props{"MediaRemovable": false, "Ejectable": false})
			delete(c.all[on][driveInterface], "SiblingId")
			return on
		}, ""},
		"a card that is only pulled": {func(c *computer) dbus.ObjectPath {
			return c.drive("SD", props{"ConnectionBus": "sdio", "Ejectable": false, "CanPowerOff": false})
		}, ""},
		"a disk of the computer": {func(c *computer) dbus.ObjectPath {
			return c.drive("ATA", props{"ConnectionBus": "", "Removable": false})
		}, ""},
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			c := newComputer(t)
			on := tt.with(c)
			c.disk("sdb", on, holds("vfat"))
			path, got := decode(c.all).stop("/dev/sdb", isKey)
			if got != tt.want || (got != "" && path != on) {
				t.Errorf("%q of %s, want %q of %s", got, path, tt.want, on)
			}
			if _, other := decode(c.all).stop("/dev/sdz", isKey); other != "" {
				t.Errorf("%q of a device that is not there", other)
			}
		})
	}
}

// A key that was told stays the one that it is while its partitions come and go, unless a file would be missing.
func TestKeeps(t *testing.T) {
	two := candidate{source: Partitions("/dev/sdb1", "/dev/sdb2"), canRead: []string{"/dev/sdb1", "/dev/sdb2"}}
	for name, c := range map[string]struct {
		now  candidate
		was  Source
		keep bool
	}{
		"the same":                         {two, Partitions("/dev/sdb1", "/dev/sdb2"), true},
		"one more that can be read":        {two, Partitions("/dev/sdb1"), false},
		"one that UDisks2 has lost":        {candidate{source: Partitions("/dev/sdb2"), canRead: []string{"/dev/sdb2"}}, two.source, true},
		"all that UDisks2 has lost":        {candidate{source: Partitions("/dev/sdb")}, two.source, true},
		"the disk, before its partitions":  {two, Partitions("/dev/sdb"), false},
		"an image, and a partition of it":  {candidate{source: Partitions("/dev/sdb1"), canRead: []string{"/dev/sdb", "/dev/sdb1"}}, Partitions("/dev/sdb1"), true},
		"one more that cannot be read":     {candidate{source: two.source, canRead: []string{"/dev/sdb1"}}, Partitions("/dev/sdb1"), true},
		"a key that never could be opened": {candidate{source: two.source}, Partitions("/dev/sdb"), true},
	} {
		if got := c.now.keeps(c.was); got != c.keep {
			t.Errorf("%s: %v", name, got)
		}
	}
}

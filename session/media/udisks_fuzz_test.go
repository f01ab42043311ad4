package media

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// FuzzDecode: whatever UDisks2 tells of two devices on a drive, what is taken for a key is a path in /dev that was told to
// be plugged in and nothing of the computer's own.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29})
	good := []byte{10, 3, 3, 3, 3, 12, 3, 10, 7, 5, 2, 2, 9, 2, 2, 6, 0, 0}
	f.Add(append(good, good...))
	drive := dbus.ObjectPath("/org/freedesktop/UDisks2/drives/d")
	values := []any{
		nil, "", false, true, "vfat", "filesystem", uint64(1 << 30), drive, []byte("/dev/../etc"), []byte("/dev/sdb\x00"),
		"usb", uint32(1),
		[]string{},
		[]string{"flash_mmc"},
		[][]byte{[]byte("/\x00")},
		[][]byte{},
		[]byte("/dev/s\x1b"), nothing,
		map[string]dbus.Variant{},
		int64(-1), "sdio", uint64(0), dbus.ObjectPath(""),
	}
	names := []struct {
		of    string
		names []string
	}{
		{driveInterface, []string{"ConnectionBus", "Removable", "MediaRemovable", "Ejectable", "CanPowerOff", "MediaCompatibility", "SiblingId"}},
		{blockInterface, []string{"Device", "Drive", "IdUsage", "HintSystem", "HintIgnore", "IdType", "Size"}},
		{partInterface, []string{"Number", "Table", "IsContainer"}},
		{fsInterface, []string{"MountPoints"}},
		{swapInterface, []string{"Active"}},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		next := func() (any, bool) {
			if len(data) == 0 {
				return nil, false
			}
			v := values[int(data[0])%len(values)]
			data = data[1:]
			return v, v != nil
		}
		all := managed{}
		for _, path := range []dbus.ObjectPath{drive, "/a", "/b"} {
			all[path] = map[string]map[string]dbus.Variant{}
			for _, i := range names {
				all[path][i.of] = map[string]dbus.Variant{}
				for _, name := range i.names {
					if v, some := next(); some {
						all[path][i.of][name] = dbus.MakeVariant(v)
					}
				}
			}
		}
		o := decode(all)
		for _, c := range o.drives(isKey, kernel{blocks: "/nonexistent"}) {
			for _, device := range c.source.paths() {
				mayBeKey(t, o, c, device)
				o.stop(device, isKey)
			}
		}
	})
}

func mayBeKey(t *testing.T, o objects, c candidate, device string) {
	t.Helper()
	if !strings.HasPrefix(device, "/dev/") || filepath.Clean(device) != device || strings.ContainsAny(device, "\x1b\n") {
		t.Errorf("%q is a key", device)
	}
	for _, b := range o.blocks {
		d := o.drive[b.drive]
		if b.device == device && string(group(b)) == c.name && (b.system || b.mounted || b.swapped || (d.bus != "usb" && d.bus != "sdio")) {
			t.Errorf("%+v on %+v is a key", b, d)
		}
	}
}

func TestDevicePath(t *testing.T) {
	for path, want := range map[string]string{
		"/dev/sdb1\x00": "/dev/sdb1", "/dev/mapper/key\x00": "/dev/mapper/key", "": "", "/dev/": "", "/dev/\x00": "",
		"/etc/passwd\x00": "", "/dev/../etc\x00": "", "/dev/a\x00b\x00": "", "/dev/a\nb\x00": "", "/dev//sdb\x00": "",
	} {
		if got := devicePath([]byte(path)); got != want {
			t.Errorf("%q is %q, want %q", path, got, want)
		}
	}
}

package usb

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"estran/session"
)

// devices is where the kernel tells of USB devices.
const devices = "/sys/bus/usb/devices"

// enough bounds what is read of one device: no honest one has more than a few kilobytes of descriptors, and the kernel
// allows half a megabyte.
const enough = 64 << 10

// outside looks at who is kept outside now: what to call each, by its port and its number, which no other device has
// until the computer restarts or 127 came after it.
func outside(dir string) (map[string]session.Refusal, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // a computer without USB
	}
	if err != nil {
		return nil, fmt.Errorf("cannot list the USB devices: %w", err)
	}
	found := map[string]session.Refusal{}
	for _, e := range entries {
		// "1-2.3" is a device, "usb1" a controller, "1-2.3:1.0" an interface of a device that was let in.
		if strings.HasPrefix(e.Name(), "usb") || strings.Contains(e.Name(), ":") {
			continue
		}
		device := filepath.Join(dir, e.Name())
		if word(device, "authorized") == "0" {
			found[e.Name()+" "+word(device, "devnum")] = refusalOf(device)
		}
	}
	return found, nil
}

// word reads a short file of sysfs; "" when it is gone, as its device may be at any time.
func word(device, name string) string {
	text, err := read(filepath.Join(device, name), 32)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

func refusalOf(device string) session.Refusal {
	raw, err := read(filepath.Join(device, "descriptors"), enough)
	if err != nil {
		return session.RefusedOther
	}
	return decode(raw).refusal()
}

// read reads a file, and no more of it than that.
func read(path string, bound int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, bound))
}

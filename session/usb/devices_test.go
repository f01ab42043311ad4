package usb

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// part is an interface of a made device: its class and how many endpoints it has.
type part struct {
	class     [3]byte
	endpoints byte
}

var (
	keyboard  = part{[3]byte{3, 1, 1}, 1}
	mouse     = part{[3]byte{3, 1, 2}, 1}
	plainHID  = part{[3]byte{3, 0, 0}, 1}
	storage   = part{[3]byte{8, 6, 0x50}, 2}
	uas       = part{[3]byte{8, 6, 0x62}, 4}
	hub       = part{[3]byte{9, 0, 0}, 1}
	camera    = part{[3]byte{6, 1, 1}, 3}
	vendor    = part{[3]byte{0xFF, 0xFF, 0xFF}, 2}
	mtp       = part{[3]byte{0xFF, 0xFF, 0}, 3}
	adb       = part{[3]byte{0xFF, 0x42, 1}, 2}
	mux       = part{[3]byte{0xFF, 0xFE, 2}, 2}
	cdcRNDIS  = part{[3]byte{2, 2, 0xFF}, 1}
	cdcECM    = part{[3]byte{2, 6, 0}, 1}
	cdcNCM    = part{[3]byte{2, 0x0D, 0}, 1}
	modem     = part{[3]byte{2, 2, 1}, 1}
	data      = part{[3]byte{10, 0, 0}, 2}
	radio     = part{[3]byte{0xE0, 1, 1}, 3}
	tethering = part{[3]byte{0xEF, 4, 1}, 1}
	printer   = part{[3]byte{7, 1, 2}, 2}
	webcam    = part{[3]byte{14, 1, 0}, 1}
	audio     = part{[3]byte{1, 1, 0}, 0}
)

// dump is what sysfs shows of a device of this vendor with these configurations (Universal Serial Bus 2.0, 9.6; the
// descriptor of a HID, Device Class Definition for HID 1.11, 6.2.1).
func dump(vendor uint16, configurations ...[]part) []byte {
	raw := []byte{
		18, typeDevice, 0x00, 0x02, 0, 0, 0, 64,
		byte(vendor), byte(vendor >> 8), 0x34, 0x12, 0x00, 0x01, 1, 2, 3, byte(len(configurations)),
	}
	for i, parts := range configurations {
		var body []byte
		for n, p := range parts {
			body = append(body, 9, typeInterface, byte(n), 0, p.endpoints, p.class[0], p.class[1], p.class[2], 0)
			if p.class[0] == baseHID {
				body = append(body, 9, 0x21, 0x11, 0x01, 0, 1, 0x22, 63, 0)
			}
			for e := range p.endpoints {
				body = append(body, 7, 5, 0x81+e, 2, 0x00, 0x02, 0)
			}
		}
		total := len(body) + 9
		raw = append(raw, 9, typeConfiguration, byte(total), byte(total>>8), byte(len(parts)), byte(i+1), 0, 0x80, 50)
		raw = append(raw, body...)
	}
	return raw
}

// bus is a made /sys/bus/usb/devices.
type bus string

// newBus has a controller, and a keyboard that was there at boot.
func newBus(t testing.TB) bus {
	t.Helper()
	b := bus(t.TempDir())
	b.plug(t, "usb1", "1", dump(0x1D6B, []part{hub}))
	b.plug(t, "1-1", "1", dump(0x0627, []part{keyboard}))
	check(t, os.MkdirAll(filepath.Join(string(b), "1-1:1.0"), 0o700))
	b.write(t, "1-1:1.0", "authorized", "1")
	return b
}

// plug puts a device into a port, another one each time that it is called.
func (b bus) plug(t testing.TB, port, authorized string, raw []byte) {
	t.Helper()
	number++
	check(t, os.MkdirAll(filepath.Join(string(b), port), 0o700))
	b.write(t, port, "devnum", strconv.Itoa(number)+"\n")
	b.write(t, port, "descriptors", string(raw))
	b.write(t, port, "authorized", authorized+"\n")
}

var number int

func (b bus) write(t testing.TB, port, name, text string) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(string(b), port, name), []byte(text), 0o600))
}

func (b bus) pull(t testing.TB, port string) {
	t.Helper()
	check(t, os.RemoveAll(filepath.Join(string(b), port)))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

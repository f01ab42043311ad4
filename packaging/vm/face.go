//go:build vm

package vm

import "encoding/binary"

// face is what a device says that it is: one class for each of its interfaces.
type face [][3]byte

// The faces that tests show.
var (
	keyFace      = face{{8, 6, 0x50}}
	doubleFace   = face{{8, 6, 0x50}, {3, 1, 1}}
	keyboardFace = face{{3, 1, 1}}
)

// packetSize is what each endpoint takes at once.
const packetSize = 64

// endpoint is one of an interface.
type endpoint struct{ address, kind, interval byte }

// endpointsOf gives those of the n-th interface: two for a key, one for a keyboard.
func endpointsOf(n int, class [3]byte) []endpoint {
	const bulk, interrupt, in = 2, 3, 0x80
	number := byte(2*n + 1)
	if class[0] == 3 {
		return []endpoint{{in | number, interrupt, 10}}
	}
	return []endpoint{{in | number, bulk, 0}, {number + 1, bulk, 0}}
}

// descriptor gives one of the descriptors of a device (Universal Serial Bus 2.0, 9.6), nil for those that it has not.
func (f face) descriptor(kind byte) []byte {
	const device, configuration, reportOfHID = 1, 2, 0x22
	switch kind {
	case device:
		return []byte{18, device, 0x00, 0x02, 0, 0, 0, packetSize, 0x34, 0x12, 0x78, 0x56, 0x00, 0x01, 0, 0, 0, 1}
	case configuration:
		return f.configuration()
	case reportOfHID: // a keyboard of 8 bytes (Device Class Definition for HID 1.11, appendix B.1)
		return keyboardReport
	default:
		return nil
	}
}

// keyboardReport is the shortest that Linux makes a keyboard of.
var keyboardReport = []byte{
	0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08,
	0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00,
	0x29, 0x65, 0x81, 0x00, 0xC0,
}

func (f face) configuration() []byte {
	var body []byte
	for n, class := range f {
		ends := endpointsOf(n, class)
		body = append(body, 9, 4, byte(n), 0, byte(len(ends)), class[0], class[1], class[2], 0)
		if class[0] == 3 {
			body = append(body, 9, 0x21, 0x11, 0x01, 0, 1, 0x22, byte(len(keyboardReport)), 0)
		}
		for _, e := range ends {
			body = append(body, 7, 5, e.address, e.kind, packetSize, 0, e.interval)
		}
	}
	head := []byte{9, 2, 0, 0, byte(len(f)), 1, 0, 0x80, 50}
	binary.LittleEndian.PutUint16(head[2:], uint16(len(head)+len(body)))
	return append(head, body...)
}

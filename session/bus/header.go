package bus

import (
	"encoding/binary"
	"errors"

	"github.com/godbus/dbus/v5"
)

// The fixed beginning of a message, in bytes, and the most that a message may take (D-Bus Specification, "Message
// Format").
const (
	fixedLength = 16
	longest     = 1 << 27
)

// header is the beginning of a message.
type header struct {
	kind                             dbus.Type
	flags                            dbus.Flags
	serial                           uint32
	path, iface, member, sender, sig string

	fields, body int64 // lengths in bytes, padding included
}

var errHeader = errors.New("the beginning of a message cannot be read")

func readFixed(b []byte) (header, binary.ByteOrder, error) {
	var order binary.ByteOrder = binary.LittleEndian
	switch b[0] {
	case 'l':
	case 'B':
		order = binary.BigEndian
	default:
		return header{}, nil, errHeader
	}
	h := header{kind: dbus.Type(b[1]), flags: dbus.Flags(b[2]), serial: order.Uint32(b[8:])}
	h.body = int64(order.Uint32(b[4:]))
	h.fields = (int64(order.Uint32(b[12:])) + 7) &^ 7
	if h.fields > longest || h.body > longest {
		return header{}, nil, errHeader
	}
	return h, order, nil
}

// readFields walks the fields, an a(yv) whose values are strings, signatures and numbers of 32 bits.
func (h *header) readFields(order binary.ByteOrder, b []byte, length int) error {
	r := walker{order: order, b: b[:length]}
	for r.at < length && !r.bad {
		r.align(8)
		code := dbus.HeaderField(r.byte())
		switch sig := r.text(int(r.byte())); sig {
		case "s", "o":
			h.put(code, r.text(int(r.uint32())))
		case "g":
			h.put(code, r.text(int(r.byte())))
		case "u":
			r.uint32()
		default:
			return errHeader
		}
	}
	if r.bad {
		return errHeader
	}
	return nil
}

func (h *header) put(code dbus.HeaderField, text string) {
	switch code {
	case dbus.FieldPath:
		h.path = text
	case dbus.FieldInterface:
		h.iface = text
	case dbus.FieldMember:
		h.member = text
	case dbus.FieldSender:
		h.sender = text
	case dbus.FieldSignature:
		h.sig = text
	}
}

// walker reads values one after the other; past the end it is bad and gives nothing.
type walker struct {
	order binary.ByteOrder
	b     []byte
	at    int
	bad   bool
}

func (w *walker) take(n int) []byte {
	if w.bad || n < 0 || n > len(w.b)-w.at {
		w.bad = true
		return nil
	}
	w.at += n
	return w.b[w.at-n : w.at]
}

func (w *walker) align(n int) { w.take((n - w.at%n) % n) }

func (w *walker) byte() byte {
	if b := w.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (w *walker) uint32() uint32 {
	w.align(4)
	if b := w.take(4); b != nil {
		return w.order.Uint32(b)
	}
	return 0
}

// text is n bytes and the zero that ends them.
func (w *walker) text(n int) string {
	b := w.take(n + 1)
	if len(b) == 0 {
		return ""
	}
	return string(b[:n])
}

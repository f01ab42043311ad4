package wayland

import (
	"encoding/binary"
	"errors"
)

// message is one request or event: a header of two words, then its arguments. All words are in the order of the
// machine's bytes.
type message struct {
	object uint32
	opcode uint16
	args   []byte
}

const (
	headerSize = 8
	// maxMessage is the largest message that libwayland takes (WL_MAX_MESSAGE_SIZE), the header included.
	maxMessage = 4096
)

var errGarbage = errors.New("the compositor does not speak Wayland")

var order = binary.NativeEndian

// parseHeader gives whom a message is from and how many bytes follow.
func parseHeader(h [headerSize]byte) (m message, size int, err error) {
	second := order.Uint32(h[4:])
	m = message{object: order.Uint32(h[:]), opcode: uint16(second)}
	size = int(second>>16) - headerSize
	if m.object == 0 || size < 0 || size > maxMessage-headerSize || size%4 != 0 {
		return message{}, 0, errGarbage
	}
	return m, size, nil
}

// reader takes the arguments of an event, one after the other. It is broken for good by the first that is not there.
type reader struct {
	left   []byte
	broken bool
}

func (m message) reader() *reader { return &reader{left: m.args} }

func (r *reader) uint() uint32 {
	if len(r.left) < 4 {
		r.broken = true
		return 0
	}
	v := order.Uint32(r.left)
	r.left = r.left[4:]
	return v
}

// string takes a length that counts a final zero, the bytes, and what fills the last word. It may be no string at all:
// length 0.
func (r *reader) string() string {
	size := uint64(r.uint())
	padded := (size + 3) &^ 3
	if r.broken || padded > uint64(len(r.left)) || size > 0 && r.left[size-1] != 0 {
		r.broken = true
		return ""
	}
	var s string
	if size > 0 {
		s = string(r.left[:size-1])
	}
	r.left = r.left[padded:]
	return s
}

// end says whether the arguments were all there, and nothing more.
func (r *reader) end() error {
	if r.broken || len(r.left) > 0 {
		return errGarbage
	}
	return nil
}

// request makes the bytes of a request. Its arguments are uint32 and string.
func request(object uint32, opcode uint16, args ...any) []byte {
	b := make([]byte, headerSize)
	for _, a := range args {
		switch a := a.(type) {
		case uint32:
			b = order.AppendUint32(b, a)
		case string:
			b = order.AppendUint32(b, uint32(len(a)+1))
			b = append(append(b, a...), 0)
			b = append(b, make([]byte, -len(b)&3)...)
		default:
			panic("a request holds words and strings")
		}
	}
	order.PutUint32(b, object)
	order.PutUint32(b[4:], uint32(len(b))<<16|uint32(opcode))
	return b
}

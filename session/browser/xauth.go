package browser

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// familyWild matches any host (Xau.h): the sandbox has another host name than the one the cookie was made for.
const familyWild = 0xffff

// wildCookie is an .Xauthority with the cookie of one local display, for any host name; nil when there is none. The
// format is that of libXau: a family, then address, display number, name and data, each with its length, all numbers
// of 16 bits in network order (Xsecurity(7), Xau(3)).
func wildCookie(authority []byte, display string) []byte {
	number := strings.TrimPrefix(display, ":")
	number, _, _ = strings.Cut(number, ".")
	for len(authority) > 2 {
		authority = authority[2:]
		var fields [4][]byte
		for i := range fields {
			if len(authority) < 2 {
				return nil
			}
			n := int(binary.BigEndian.Uint16(authority))
			if len(authority) < 2+n {
				return nil
			}
			fields[i], authority = authority[2:2+n], authority[2+n:]
		}
		if shown := string(fields[1]); shown != number && shown != "" {
			continue
		}
		var out bytes.Buffer
		put := func(n int) { _ = binary.Write(&out, binary.BigEndian, uint16(n)) }
		put(familyWild)
		for _, f := range [][]byte{nil, []byte(number), fields[2], fields[3]} {
			put(len(f))
			out.Write(f)
		}
		return out.Bytes()
	}
	return nil
}

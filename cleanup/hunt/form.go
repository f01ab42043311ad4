package hunt

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"unicode/utf16"
)

// Form is a way in which programs write a text.
type Form string

// The forms.
const (
	UTF8    Form = "utf-8"
	UTF16   Form = "utf-16le"         // JavaScript, Windows file systems
	Latin1  Form = "latin-1"          // JavaScript keeps so what fits in it
	Base64  Form = "base64"           // at each of its three places
	Percent Form = "percent-encoding" // addresses
	Bus     Form = "d-bus"            // a string in a message: its length, its bytes, a zero (D-Bus Specification, "Marshalling")
)

// Forms lists the forms that every canary is looked for in. Bus is for those alone that are too short to be looked for
// as they are.
func Forms() []Form { return []Form{UTF8, UTF16, Latin1, Base64, Percent} }

// write gives the bytes of a text in a form. Several are the same text: base64 depends on what stands before.
func (f Form) write(text string) [][]byte {
	switch f {
	case UTF8:
		return [][]byte{[]byte(text)}
	case UTF16:
		var wide []byte
		for _, u := range utf16.Encode([]rune(text)) {
			wide = binary.LittleEndian.AppendUint16(wide, u)
		}
		return [][]byte{wide}
	case Latin1:
		var narrow []byte
		for _, r := range text {
			if r > 0xff {
				return nil
			}
			narrow = append(narrow, byte(r))
		}
		return [][]byte{narrow}
	case Base64:
		return base64s(text)
	case Percent:
		return [][]byte{percent(text, "%%%02X"), percent(text, "%%%02x")}
	case Bus:
		length := binary.LittleEndian.AppendUint32(nil, uint32(len(text)))
		return [][]byte{append(append(length, text...), 0)}
	default:
		return nil
	}
}

// base64s is a text at each of the three places of base64: what stands before and after it changes the first figure and
// the last, which are cut off.
func base64s(text string) [][]byte {
	var all [][]byte
	for before := range 3 {
		whole := base64.RawStdEncoding.EncodeToString(append(make([]byte, before), text...))
		from := (before*8 + 5) / 6
		to := (before + len(text)) * 8 / 6
		all = append(all, []byte(whole[from:to]))
	}
	return all
}

// percent writes what is no letter, figure or one of "-._~" by its bytes (RFC 3986, 2.1).
func percent(text, format string) []byte {
	var out bytes.Buffer
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', bytes.IndexByte([]byte("-._~"), c) >= 0:
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, format, c)
		}
	}
	return out.Bytes()
}

package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// wholeName is a name as text that names nothing else. A name of Linux is bytes, JSON is text: a byte that is not UTF-8
// becomes U+FFFD and its two hexadecimal digits. A name that has U+FFFD itself gets its three bytes written so, or it
// could be taken for another.
func wholeName(name string) string {
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError {
			for i := range size {
				fmt.Fprintf(&b, "\ufffd%02x", name[i])
			}
		} else {
			b.WriteString(name[:size])
		}
		name = name[size:]
	}
	return b.String()
}

// visibleJSON is a JSON text whose strings have an escape for each character that is not seen: JSON allows U+009B and
// U+202E as they are (RFC 8259, 7), a terminal obeys them.
func visibleJSON(text []byte) string {
	var b strings.Builder
	for _, r := range string(text) {
		switch {
		case unicode.IsGraphic(r) && !unicode.Is(unicode.Bidi_Control, r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

package tagged

import (
	"fmt"
	"strings"
	stdutf16 "unicode/utf16"
)

// utf16 is a text as a PDF string of any characters (ISO 32000-1, 7.9.2.2).
func utf16(text string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range stdutf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}

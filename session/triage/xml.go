package triage

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// element is what stands in a text of XML: the start or the end of an element, by its name without prefix, or letters.
type element struct {
	name string
	end  bool
	text string
	attr []xml.Attr
}

// value is an attribute by its name without prefix.
func (e element) value(name string) string {
	for _, a := range e.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elements reads XML one piece after the other: nothing nests, and no entity is replaced but those of XML itself, so that
// no bomb goes off. It says whether it came to the end: it stops where a text breaks.
func elements(b []byte, each func(element)) (whole bool) {
	d := xml.NewDecoder(bytes.NewReader(asUTF8(b)))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := d.RawToken()
		if err != nil {
			return err == io.EOF
		}
		switch t := token.(type) {
		case xml.StartElement:
			each(element{name: t.Name.Local, attr: t.Attr})
		case xml.EndElement:
			each(element{name: t.Name.Local, end: true})
		case xml.CharData:
			each(element{text: string(t)})
		}
	}
}

// asUTF8 turns UTF-16 with its mark, or that begins with a plain <, into UTF-8.
func asUTF8(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return []byte(fromUTF16(b[2:], 0, 1))
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return []byte(fromUTF16(b[2:], 1, 0))
	case bytes.HasPrefix(b, []byte("<\x00")):
		return []byte(fromUTF16(b, 0, 1))
	case bytes.HasPrefix(b, []byte("\x00<")):
		return []byte(fromUTF16(b, 1, 0))
	default:
		return bytes.ToValidUTF8(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), []byte("?"))
	}
}

// fetches says that an address is fetched from a network, or run.
func fetches(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	for _, scheme := range []string{
		"http:", "https:", "ftp:", "ftps:", "mhtml:", "script:", "scriptlet:", "javascript:", "vbscript:", "ms-its:", "res:",
		"x-usc:", "its:", "mk:", "ldap:", "webdav:", "dav:", "smb:", "shell:", "ms-msdt:", "search-ms:",
	} {
		if strings.HasPrefix(address, scheme) {
			return true
		}
	}
	return false
}

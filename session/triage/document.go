package triage

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"estran/session"
)

// The most that is read of one part of a document, and of all of them. A part that is larger is not a letter's text: the
// largest are the cells of tables, which are not read.
const (
	mostPart  = 64 << 20
	mostParts = 256 << 20
)

// document raises what is wrong with a document that is a zip archive, of Office, LibreOffice or a book, by what its parts
// say. It says whether it is one. What the parts hold is for the caller to unpack and to look at.
func (k *look) document(f file, z *zip.Reader) (is bool) {
	if f.closed {
		return true // its parts cannot be read
	}
	is = true // also where it panics
	defer k.survive()
	d := &parts{k: k, z: z}
	types := strings.ToLower(string(d.read("[Content_Types].xml")))
	switch kind := string(d.read("mimetype")); {
	case strings.Contains(kind, "opendocument"), strings.Contains(kind, "vnd.sun.xml"):
		d.openDocument()
	case strings.HasPrefix(kind, "application/epub"):
	case strings.Contains(types, "officedocument"), strings.Contains(types, "vnd.ms-"):
		d.office()
	case d.has("meta-inf/manifest.xml") && d.has("content.xml"):
		d.openDocument()
	default:
		return false
	}
	return true
}

// parts reads the parts of a document.
type parts struct {
	k     *look
	z     *zip.Reader
	total int64
}

func (d *parts) has(lower string) bool {
	for _, e := range d.z.File {
		if partName(e) == lower {
			return true
		}
	}
	return false
}

// partName is a name as Office compares it: without case, slashes either way (ISO/IEC 29500-2, 6.2.2).
func partName(e *zip.File) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(e.Name, `\`, "/")), "/")
}

// read is what all parts of a name hold, one after the other; programs differ in which of two they take.
func (d *parts) read(name string) []byte {
	var all []byte
	for _, e := range d.z.File {
		if partName(e) == strings.ToLower(name) {
			all = append(all, d.part(e, 4<<20)...)
		}
	}
	return all
}

// part is what one part holds, at most so much.
func (d *parts) part(e *zip.File, most int64) []byte {
	if d.k.ctx.Err() != nil || d.total > mostParts {
		d.k.raise(session.ReasonTooComplex)
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return nil // whoever unpacks it says so
	}
	defer r.Close()
	var b bytes.Buffer
	n, _ := io.Copy(&b, io.LimitReader(r, most+1))
	if d.total += n; n > most {
		d.k.raise(session.ReasonTooComplex)
	}
	return b.Bytes()
}

// walk looks at a part of XML; one that breaks was not wholly looked at.
func (d *parts) walk(b []byte, each func(element)) {
	if !elements(b, each) && len(b) > 0 {
		d.k.raise(session.ReasonDamaged)
	}
}

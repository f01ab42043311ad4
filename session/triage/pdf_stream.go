package triage

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// decoded is what a stream holds, once its filters are undone, in at most most bytes. What a broken stream gives before it
// breaks counts. A filter that nobody can undo (a picture's) gives nothing.
func (p *pdfFile) decoded(o pdfObject, most int64) ([]byte, error) {
	r := p.reader(o)
	if r == nil {
		return nil, nil
	}
	var out bytes.Buffer
	n, _ := io.Copy(&out, io.LimitReader(r, most+1))
	if p.work += n; n > most || p.ctx.Err() != nil {
		return nil, errTooMuch
	}
	return out.Bytes(), nil
}

// mostPDFFilters is how many filters one stream may go through; writers use two at most.
const mostPDFFilters = 16

// reader undoes the filters of a stream; nil where it cannot.
func (p *pdfFile) reader(o pdfObject) io.Reader {
	d := o.dict()
	filters := p.list(first(d, "Filter", "F"))
	params := p.list(first(d, "DecodeParms", "DP"))
	if len(filters) > mostPDFFilters {
		p.work = p.most() + 1 // nobody who writes a document does that
		return nil
	}
	if o.data <= 0 {
		return nil
	}
	if _, plain := d["Filter"]; !plain {
		if _, isName := p.one(d["F"]).(pdfName); !isName {
			filters = nil // F is the file that the stream is in
		}
	}
	r := p.key.stream(o, p.raw(o, len(filters) == 0))
	for i, f := range filters {
		name, _ := p.one(f).(pdfName)
		var parms pdfDict
		if i < len(params) {
			parms, _ = p.one(params[i]).(pdfDict)
		}
		if r = p.undo(name, parms, r); r == nil {
			return nil
		}
	}
	return r
}

// first is the value of the first key that is there.
func first(d pdfDict, keys ...pdfName) any {
	for _, k := range keys {
		if v, ok := d[k]; ok {
			return v
		}
	}
	return nil
}

// list is a value as a list: of one, where it is no array.
func (p *pdfFile) list(v any) []any {
	switch v := p.one(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// raw is the stream as it stands in the file. Filters know where they end, better than a length that may lie.
func (p *pdfFile) raw(o pdfObject, measured bool) io.Reader {
	if !measured && p.key == nil {
		return bufio.NewReader(io.NewSectionReader(p.content, o.data, p.size-o.data))
	}
	return bufio.NewReader(io.NewSectionReader(p.content, o.data, p.end(o)-o.data))
}

// end is where a stream ends: where its length says, if that is true, or else before the word.
func (p *pdfFile) end(o pdfObject) int64 {
	mark := make([]byte, 16)
	if length, ok := p.one(o.dict()["Length"]).(int); ok && length >= 0 && int64(length) <= p.size-o.data {
		end := o.data + int64(length)
		n, _ := p.content.ReadAt(mark, end)
		if bytes.HasPrefix(bytes.TrimLeft(mark[:n], "\r\n \x00\t"), []byte("endstream")) {
			return end
		}
	}
	at := find(p.content, p.size, o.data, []byte("endstream"))
	if at < 0 {
		return p.size
	}
	n, _ := p.content.ReadAt(mark[:2], max(o.data, at-2))
	switch {
	case n == 2 && at-2 >= o.data && string(mark[:2]) == "\r\n":
		return at - 2
	case n == 2 && at-1 >= o.data && (mark[1] == '\n' || mark[1] == '\r'):
		return at - 1
	}
	return at
}

func (p *pdfFile) undo(name pdfName, parms pdfDict, r io.Reader) io.Reader {
	switch name {
	case "FlateDecode", "Fl":
		z, err := zlib.NewReader(r)
		if err != nil {
			return bytes.NewReader(nil)
		}
		return p.unpredict(parms, z)
	case "LZWDecode", "LZW":
		early := 1
		if e, ok := p.one(parms["EarlyChange"]).(int); ok {
			early = e
		}
		return p.unpredict(parms, newLZW(r, early))
	case "ASCIIHexDecode", "AHx":
		return &hexReader{r: byteReader(r)}
	case "ASCII85Decode", "A85":
		return ascii85.NewDecoder(&untilTilde{r: byteReader(r)})
	case "RunLengthDecode", "RL":
		return &runLength{r: byteReader(r)}
	case "Crypt":
		return r
	default:
		return nil
	}
}

func byteReader(r io.Reader) io.ByteReader {
	if b, ok := r.(io.ByteReader); ok {
		return b
	}
	return bufio.NewReader(r)
}

// hexReader undoes ASCIIHexDecode (7.4.2).
type hexReader struct{ r io.ByteReader }

func (h *hexReader) Read(b []byte) (int, error) {
	for n := range b {
		high, err := h.digit()
		if err != nil {
			return n, err
		}
		low, err := h.digit()
		b[n] = byte(high<<4 | max(low, 0))
		if err != nil {
			return n + 1, err
		}
	}
	return len(b), nil
}

func (h *hexReader) digit() (int, error) {
	for {
		c, err := h.r.ReadByte()
		if err != nil || c == '>' {
			return 0, io.EOF
		}
		if v := hexDigit(c); v >= 0 {
			return v, nil
		}
	}
}

// untilTilde gives what comes before the mark at the end of ASCII85 data (7.4.3), without the mark that may come first.
type untilTilde struct {
	r     io.ByteReader
	ended bool
}

func (u *untilTilde) Read(b []byte) (int, error) {
	for n := 0; n < len(b); {
		c, err := u.r.ReadByte()
		if err != nil || c == '~' || u.ended {
			u.ended = true
			return n, io.EOF
		}
		if c == 'z' || c >= '!' && c <= 'u' {
			b[n] = c
			n++
		}
	}
	return len(b), nil
}

// runLength undoes RunLengthDecode (7.4.5).
type runLength struct {
	r    io.ByteReader
	left int
	same bool
	c    byte
}

func (l *runLength) Read(b []byte) (int, error) {
	for n := range b {
		if l.left == 0 {
			length, err := l.r.ReadByte()
			if err != nil || length == 128 {
				return n, io.EOF
			}
			l.left, l.same = int(length)+1, length > 128
			if l.same {
				l.left = 257 - int(length)
				if l.c, err = l.r.ReadByte(); err != nil {
					return n, io.EOF
				}
			}
		}
		if !l.same {
			c, err := l.r.ReadByte()
			if err != nil {
				return n, io.EOF
			}
			l.c = c
		}
		b[n] = l.c
		l.left--
	}
	return len(b), nil
}

package triage

import (
	"bytes"
	"context"
	"io"
	"slices"
)

// pdfObject is a value that has a number, and the stream that follows it.
type pdfObject struct {
	number     int
	generation int
	packed     bool // it lies in an object stream
	value      any
	data       int64 // where the stream begins, 0 without one
}

// of makes a value that stands in another object a part of it.
func (o pdfObject) of(root pdfObject) pdfObject {
	if o.number == 0 {
		o.number, o.generation, o.packed = root.number, root.generation, root.packed
	}
	return o
}

func (o pdfObject) dict() pdfDict { d, _ := o.value.(pdfDict); return d }

// pdfPlace is where an object is: in the file, or in an object stream that was decoded.
type pdfPlace struct {
	number     int
	generation int
	packed     int // index of the object stream plus one, 0 for the file
	at         int64
}

// pdfFile is a PDF whose objects are found by looking for them from one end to the other, as readers do with a broken
// file. What the table of the file says is not believed: a hostile one leads readers and scanners to different places.
// All that any reader could take for an object is looked at, replaced ones too.
type pdfFile struct {
	ctx      context.Context
	content  io.ReaderAt
	size     int64
	key      *pdfKey // nil without encryption
	places   map[int][]pdfPlace
	count    int
	packed   [][]byte
	streams  []pdfObject // object streams, to be decoded
	roots    []pdfObject // what the rules look at
	trailers []pdfDict
	catalog  bool // something says that there are pages
	work     int64
	followed int // references
}

// The most that is kept of one PDF.
const (
	mostPDFObjects = 500_000
	mostPDFRoots   = 100_000
	mostPDFPacked  = 64 << 20
	mostPDFValue   = 16 << 20
	pdfPiece       = 256 << 10
	pdfOverlap     = 64
)

// scan finds the objects and the trailers that stand in the file itself.
func (p *pdfFile) scan() error {
	buf := make([]byte, min(p.size, pdfPiece+pdfOverlap))
	for at := int64(0); at < p.size; at += pdfPiece {
		if p.ctx.Err() != nil {
			return errTooMuch
		}
		from := max(0, at-pdfOverlap)
		n, err := p.content.ReadAt(buf, from)
		if err != nil && err != io.EOF {
			return err
		}
		if err := p.piece(buf[:n], from, at); err != nil {
			return err
		}
	}
	return nil
}

// piece looks for the marks that begin at first or after.
func (p *pdfFile) piece(b []byte, from, first int64) error {
	for i := 0; ; {
		j := bytes.Index(b[i:], []byte("obj"))
		if j < 0 {
			break
		}
		i += j + 3
		number, generation, ok := numberBefore(b[:i-3])
		// A mark that the overlap shows twice is read once.
		if !ok || from+int64(i) <= first && first > 0 {
			continue
		}
		if err := p.object(b, i, from, number, generation); err != nil {
			return err
		}
	}
	for i := 0; ; {
		j := bytes.Index(b[i:], []byte("trailer"))
		if j < 0 {
			return nil
		}
		i += j + 7
		if from+int64(i) <= first && first > 0 {
			continue
		}
		v, _, err := p.valueAt(b, i, from)
		if err == errTooMuch {
			return err
		}
		if d, ok := v.(pdfDict); ok && len(p.trailers) < 1000 {
			p.trailers = append(p.trailers, d)
		}
	}
}

// numberBefore reads the number of the object and its generation: "12 0 " gives 12 and 0.
func numberBefore(b []byte) (number, generation int, ok bool) {
	b = trimPDFRight(b[max(0, len(b)-pdfOverlap+3):])
	b, generation, ok = digitsRight(b)
	if !ok || len(b) == 0 || !pdfSpace(b[len(b)-1]) {
		return 0, 0, false
	}
	_, number, ok = digitsRight(trimPDFRight(b))
	return number, generation, ok
}

func trimPDFRight(b []byte) []byte {
	for len(b) > 0 && pdfSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func digitsRight(b []byte) (rest []byte, n int, ok bool) {
	scale := 1
	for len(b) > 0 && b[len(b)-1] >= '0' && b[len(b)-1] <= '9' && scale < 1e10 {
		n += int(b[len(b)-1]-'0') * scale
		scale *= 10
		b = b[:len(b)-1]
	}
	return b, n, scale > 1
}

func (p *pdfFile) object(b []byte, i int, from int64, number, generation int) error {
	if p.count++; p.count > mostPDFObjects {
		return errTooMuch
	}
	v, data, err := p.valueAt(b, i, from)
	if err == errTooMuch {
		return err
	}
	if err != nil {
		return nil // no reader makes anything of it either
	}
	p.places[number] = append(p.places[number], pdfPlace{number: number, generation: generation, at: from + int64(i)})
	return p.keep(pdfObject{number: number, generation: generation, value: v, data: data})
}

// keep holds on to an object that the rules want.
func (p *pdfFile) keep(o pdfObject) error {
	d := o.dict()
	if d != nil && (d["Type"] == pdfName("Catalog") || d["Pages"] != nil || d["Type"] == pdfName("Pages")) {
		p.catalog = true
	}
	if o.data > 0 {
		if d["N"] != nil && d["First"] != nil {
			p.streams = append(p.streams, o)
		}
		if d["Type"] == pdfName("XRef") {
			p.trailers = append(p.trailers, d)
		}
	}
	if !ofInterest(o.value, o.data > 0) {
		return nil
	}
	p.roots = append(p.roots, o)
	if len(p.roots) > mostPDFRoots {
		return errTooMuch
	}
	return nil
}

// valueAt reads a value in a window that grows as long as the value does not end in it.
func (p *pdfFile) valueAt(b []byte, i int, from int64) (v any, data int64, err error) {
	start := from + int64(i)
	window := b[i:]
	for size := 4 << 10; ; size *= 16 {
		parser := &pdfParser{b: window}
		v, err = parser.value(0)
		if p.work += int64(parser.at); p.work > 3*p.size+32<<20 {
			return nil, 0, errTooMuch
		}
		whole := start+int64(len(window)) >= p.size
		if err == nil && (whole || parser.at+32 < len(window)) {
			parser.skip()
			return v, start + streamAfter(parser, start), nil
		}
		if whole || err == errPDFTangled {
			return v, 0, err
		}
		if size > mostPDFValue {
			return nil, 0, errTooMuch
		}
		window = make([]byte, size)
		n, err := p.content.ReadAt(window, start)
		if err != nil && err != io.EOF {
			return nil, 0, err
		}
		window = window[:n]
		p.work += int64(n) / 16
	}
}

// streamAfter says how far from start the stream begins that follows a value; minus start, so that the sum is 0, without
// one.
func streamAfter(p *pdfParser, start int64) int64 {
	if !p.starts("stream") {
		return -start
	}
	p.at += len("stream")
	for p.at < len(p.b) && (p.b[p.at] == ' ' || p.b[p.at] == '\t') {
		p.at++
	}
	if p.starts("\r\n") {
		p.at++
	}
	if p.at < len(p.b) && (p.b[p.at] == '\n' || p.b[p.at] == '\r') {
		p.at++
	}
	return int64(p.at)
}

// read reads an object where it is.
func (p *pdfFile) read(place pdfPlace) (pdfObject, error) {
	o := pdfObject{number: place.number, generation: place.generation, packed: place.packed > 0}
	var err error
	if place.packed == 0 {
		o.value, o.data, err = p.valueAt(nil, 0, place.at)
		return o, err
	}
	body := p.packed[place.packed-1]
	if place.at < 0 || place.at >= int64(len(body)) {
		return o, errPDFShort
	}
	parser := &pdfParser{b: body, at: int(place.at)}
	o.value, err = parser.value(0)
	if p.work += int64(parser.at) - place.at; p.work > 4*p.size+64<<20+4*mostPDFPacked {
		return o, errTooMuch
	}
	return o, err
}

// objects are all that a value may stand for: itself, or every version of the object that it refers to.
func (p *pdfFile) objects(v any) []pdfObject {
	ref, ok := v.(pdfRef)
	if !ok {
		return []pdfObject{{value: v}}
	}
	// Actions that lead to one another in circles end here.
	if p.followed++; p.followed > mostPDFObjects || p.work > p.most() {
		p.work = p.most() + 1
		return nil
	}
	var found []pdfObject
	places := p.places[int(ref)]
	for _, place := range places[max(0, len(places)-8):] {
		o, err := p.read(place)
		if _, again := o.value.(pdfRef); err == nil && !again {
			found = append(found, o)
		}
	}
	return slices.Clip(found)
}

// one is the last version of a value.
func (p *pdfFile) one(v any) any {
	if all := p.objects(v); len(all) > 0 {
		return all[len(all)-1].value
	}
	return nil
}

func (p *pdfFile) number(v any) int { n, _ := p.one(v).(int); return n }

package triage

import (
	"bufio"
	"io"
)

// mostPDFRow is the longest row of a predictor: an object stream or a table has rows of a few bytes.
const mostPDFRow = 1 << 20

// unpredict undoes the predictors of PNG and of TIFF (7.4.4.4), which writers use on tables and hostile files on scripts.
func (p *pdfFile) unpredict(parms pdfDict, r io.Reader) io.Reader {
	setting := func(name pdfName, usual int) int {
		if n, ok := p.one(parms[name]).(int); ok {
			return n
		}
		return usual
	}
	kind := setting("Predictor", 1)
	if kind < 2 {
		return r
	}
	colors, bits, columns := setting("Colors", 1), setting("BitsPerComponent", 8), setting("Columns", 1)
	if colors < 1 || bits < 1 || columns < 1 || colors > 64 || bits > 32 || columns > 8*mostPDFRow {
		return nil
	}
	row := (colors*bits*columns + 7) / 8
	if row > mostPDFRow {
		return nil
	}
	return &predicted{
		r: bufio.NewReader(r), png: kind >= 10, step: max(1, colors*bits/8), row: make([]byte, row), above: make([]byte, row),
	}
}

type predicted struct {
	r          *bufio.Reader
	png        bool
	step       int
	row, above []byte
	left       []byte // of row, not read yet
	err        error
}

func (p *predicted) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		p.next()
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

func (p *predicted) next() {
	kind := byte(1)
	if p.png {
		if kind, p.err = p.r.ReadByte(); p.err != nil {
			return
		}
	}
	p.row, p.above = p.above, p.row
	n, err := io.ReadFull(p.r, p.row)
	p.err = err
	p.left = p.row[:n]
	for i := range p.left {
		var a, c byte
		if i >= p.step {
			a, c = p.row[i-p.step], p.above[i-p.step]
		}
		p.row[i] += guess(kind, a, p.above[i], c)
	}
}

// guess is what a row's filter takes a byte for: from the bytes on its left, above it, and above on the left (PNG, 9.2).
func guess(kind, a, b, c byte) byte {
	switch kind {
	case 1:
		return a
	case 2:
		return b
	case 3:
		return byte((int(a) + int(b)) / 2)
	case 4:
		pa, pb, pc := abs(int(b)-int(c)), abs(int(a)-int(c)), abs(int(a)+int(b)-2*int(c))
		switch {
		case pa <= pb && pa <= pc:
			return a
		case pb <= pc:
			return b
		}
		return c
	default:
		return 0
	}
}

func abs(n int) int { return max(n, -n) }

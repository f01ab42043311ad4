package triage

import (
	"bytes"
	"errors"
	"strconv"
)

// The values of a PDF (ISO 32000-1, 7.3). Numbers are int, or nil where they are none; other words are pdfWord.
type (
	pdfName string
	pdfText string
	pdfRef  int
	pdfWord string
	pdfDict map[pdfName]any
)

var (
	errPDFShort   = errors.New("the window ends in a value")
	errPDFTangled = errors.New("no value")
)

// The most that one value may hold: far beyond what writers make.
const (
	mostPDFDepth = 64
	mostPDFNodes = 1 << 20
)

// pdfParser reads values as forgiving readers do, because hostile files count on forgiveness.
type pdfParser struct {
	b     []byte
	at    int
	nodes int
}

func pdfSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func pdfDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// skip passes over blanks and comments.
func (p *pdfParser) skip() {
	for p.at < len(p.b) {
		switch c := p.b[p.at]; {
		case pdfSpace(c):
			p.at++
		case c == '%':
			for p.at < len(p.b) && p.b[p.at] != '\n' && p.b[p.at] != '\r' {
				p.at++
			}
		default:
			return
		}
	}
}

func (p *pdfParser) starts(mark string) bool { return bytes.HasPrefix(p.b[p.at:], []byte(mark)) }

// value reads one value.
func (p *pdfParser) value(depth int) (any, error) {
	p.skip()
	p.nodes++
	switch {
	case p.at >= len(p.b):
		return nil, errPDFShort
	case depth > mostPDFDepth, p.nodes > mostPDFNodes:
		return nil, errPDFTangled
	case p.starts("<<"):
		p.at += 2
		return p.dict(depth)
	}
	switch c := p.b[p.at]; c {
	case '<':
		return p.hex()
	case '(':
		return p.text()
	case '/':
		return p.name(), nil
	case '[':
		p.at++
		return p.array(depth)
	case ')', '>', ']', '{', '}':
		p.at++
		return pdfWord(c), nil
	default:
		return p.word(), nil
	}
}

func (p *pdfParser) dict(depth int) (any, error) {
	d := pdfDict{}
	for {
		p.skip()
		if p.starts(">>") {
			p.at += 2
			return d, nil
		}
		key, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		name, ok := key.(pdfName)
		if key == pdfWord("endobj") || key == pdfWord("stream") || key == pdfWord("obj") {
			return d, nil
		}
		if !ok {
			continue
		}
		p.skip()
		if p.starts(">>") {
			continue
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		// Of two values of a key some readers take the first, some the last.
		if first, twice := d[name]; twice && first != nil {
			d[name+"\x00"] = first
		}
		d[name] = v
	}
}

func (p *pdfParser) array(depth int) (any, error) {
	list := []any{}
	for {
		v, err := p.value(depth + 1)
		switch {
		case err != nil:
			return nil, err
		case v == pdfWord("]"):
			return list, nil
		case v == pdfWord("endobj"):
			return list, nil
		}
		list = append(list, v)
	}
}

// name reads a name; #41 in it is A (7.3.5).
func (p *pdfParser) name() pdfName {
	p.at++
	var out []byte
	for p.at < len(p.b) && !pdfSpace(p.b[p.at]) && !pdfDelimiter(p.b[p.at]) {
		c := p.b[p.at]
		if c == '#' && p.at+2 < len(p.b) {
			if n, err := strconv.ParseUint(string(p.b[p.at+1:p.at+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				p.at += 3
				continue
			}
		}
		out = append(out, c)
		p.at++
	}
	return pdfName(out)
}

func (p *pdfParser) bare() string {
	from := p.at
	for p.at < len(p.b) && !pdfSpace(p.b[p.at]) && !pdfDelimiter(p.b[p.at]) {
		p.at++
	}
	return string(p.b[from:p.at])
}

// word reads a number, a reference (two numbers and R) or a word.
func (p *pdfParser) word() any {
	first := p.bare()
	n, err := strconv.Atoi(first)
	if err != nil {
		if _, err := strconv.ParseFloat(first, 64); err == nil {
			return nil
		}
		return pdfWord(first)
	}
	back := p.at
	p.skip()
	if generation, err := strconv.Atoi(p.bare()); err == nil && generation >= 0 && n >= 0 {
		p.skip()
		if p.at < len(p.b) && p.b[p.at] == 'R' && p.bare() == "R" {
			return pdfRef(n)
		}
	}
	p.at = back
	return n
}

func (p *pdfParser) hex() (any, error) {
	end := bytes.IndexByte(p.b[p.at:], '>')
	if end < 0 {
		return nil, errPDFShort
	}
	digits := p.b[p.at+1 : p.at+end]
	p.at += end + 1
	return pdfText(unhex(digits)), nil
}

// unhex reads hexadecimal digits and passes over all else, as readers of PDF and RTF do.
func unhex(digits []byte) []byte {
	out := make([]byte, 0, len(digits)/2)
	high := -1
	for _, c := range digits {
		v := hexDigit(c)
		switch {
		case v < 0:
		case high < 0:
			high = v
		default:
			out = append(out, byte(high<<4|v))
			high = -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}

// text reads a string in parentheses (7.3.4.2).
func (p *pdfParser) text() (any, error) {
	var out []byte
	open := 0
	for ; p.at < len(p.b); p.at++ {
		switch c := p.b[p.at]; c {
		case '(':
			if open++; open > 1 {
				out = append(out, c)
			}
		case ')':
			if open--; open == 0 {
				p.at++
				return pdfText(out), nil
			}
			out = append(out, c)
		case '\\':
			out = p.escape(out)
		default:
			out = append(out, c)
		}
	}
	return nil, errPDFShort
}

// escape reads what follows a backslash, and stops on its last byte.
func (p *pdfParser) escape(out []byte) []byte {
	p.at++
	if p.at >= len(p.b) {
		return out
	}
	switch c := p.b[p.at]; c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if p.at+1 < len(p.b) && p.b[p.at+1] == '\n' {
			p.at++
		}
		return out
	default:
		if c < '0' || c > '7' {
			return append(out, c)
		}
		n := 0
		for i := 0; i < 3 && p.at < len(p.b) && p.b[p.at] >= '0' && p.b[p.at] <= '7'; i++ {
			n = n<<3 | int(p.b[p.at]-'0')
			p.at++
		}
		p.at--
		return append(out, byte(n))
	}
}

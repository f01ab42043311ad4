package triage

import (
	"bufio"
	"io"
)

// lzw undoes LZWDecode (7.4.4.2): codes of 9 to 12 bits, the first bit first, which grow one code early. The standard
// library reads the late kind alone.
type lzw struct {
	r            *bufio.Reader
	early        int
	bits         uint32
	have         int
	width        int
	next         int // code that the next entry gets
	last         int // code before, -1 after a clear
	prefix       [4096]int16
	suffix       [4096]byte
	pending, buf []byte
}

const (
	lzwClear = 256
	lzwEnd   = 257
)

func newLZW(r io.Reader, early int) *lzw {
	l := &lzw{r: bufio.NewReader(r), early: early}
	l.clear()
	return l
}

func (l *lzw) clear() { l.width, l.next, l.last = 9, lzwEnd+1, -1 }

func (l *lzw) Read(b []byte) (int, error) {
	for len(l.pending) == 0 {
		code, err := l.code()
		if err != nil || code == lzwEnd {
			return 0, io.EOF
		}
		if code == lzwClear {
			l.clear()
			continue
		}
		if !l.take(code) {
			return 0, io.ErrUnexpectedEOF
		}
	}
	n := copy(b, l.pending)
	l.pending = l.pending[n:]
	return n, nil
}

func (l *lzw) code() (int, error) {
	for l.have < l.width {
		c, err := l.r.ReadByte()
		if err != nil {
			return 0, err
		}
		l.bits, l.have = l.bits<<8|uint32(c), l.have+8
	}
	l.have -= l.width
	return int(l.bits>>l.have) & (1<<l.width - 1), nil
}

// take gives the text of a code, and makes the next entry of the table from it.
func (l *lzw) take(code int) bool {
	if code > l.next || code == l.next && l.last < 0 {
		return false
	}
	shown := code
	if code == l.next {
		shown = l.last
	}
	l.buf = l.buf[:0]
	c := shown
	for ; c > lzwEnd; c = int(l.prefix[c]) {
		l.buf = append(l.buf, l.suffix[c])
	}
	l.buf = append(l.buf, byte(c))
	for i, j := 0, len(l.buf)-1; i < j; i, j = i+1, j-1 {
		l.buf[i], l.buf[j] = l.buf[j], l.buf[i]
	}
	head := l.buf[0]
	if code == l.next {
		l.buf = append(l.buf, head)
	}
	if l.last >= 0 && l.next < len(l.prefix) {
		l.prefix[l.next], l.suffix[l.next] = int16(l.last), head
		l.next++
	}
	l.last = code
	for l.width < 12 && l.next+l.early >= 1<<l.width {
		l.width++
	}
	l.pending = l.buf
	return true
}

package triage

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"

	"estran/session"
)

// rtfGroup is where the letters of a group of RTF go.
type rtfGroup int

const (
	rtfText rtfGroup = iota
	rtfObject
	rtfTemplate
	rtfField
	rtfSkipped
)

// rtfReader walks a text of RTF as Word does, which passes over nearly all that it does not know: hostile files put such
// things into the data of objects.
type rtfReader struct {
	k     *look
	f     file
	r     *bufio.Reader
	stack []rtfGroup
	now   rtfGroup
	depth [rtfSkipped + 1]int // where a destination began
	star  bool
	text  [rtfSkipped + 1]bytes.Buffer
	left  int64
}

const mostRTFDepth = 1 << 16

// rtf looks at the objects, the template and the fields of a text (Rich Text Format Specification 1.9.1).
func (k *look) rtf(f file) {
	r := &rtfReader{
		k: k, f: f, r: bufio.NewReaderSize(io.NewSectionReader(f.content, 0, f.size), 64<<10), left: k.Limits.Entry,
	}
	for n := 0; ; n++ {
		c, err := r.r.ReadByte()
		if err != nil {
			break
		}
		if n&0xfffff == 0 && k.ctx.Err() != nil || len(r.stack) > mostRTFDepth || r.left < 0 {
			k.raise(session.ReasonTooComplex)
			return
		}
		switch c {
		case '{':
			r.stack = append(r.stack, r.now)
			r.star = false
		case '}':
			if !r.close() {
				return
			}
		case '\\':
			r.control()
		default:
			r.letters(c)
		}
	}
	for len(r.stack) > 0 && r.close() {
	}
}

func (r *rtfReader) letters(b ...byte) {
	if r.now == rtfText || r.now == rtfSkipped {
		return
	}
	r.text[r.now].Write(b)
	r.left -= int64(len(b))
}

// enter makes what follows in this group go to a destination.
func (r *rtfReader) enter(g rtfGroup) {
	if r.now != g {
		r.now = g
		r.depth[g] = len(r.stack)
		r.text[g].Reset()
	}
}

// close ends a group, and judges what it was for.
func (r *rtfReader) close() (goOn bool) {
	g := r.now
	if g != rtfText && g != rtfSkipped && r.depth[g] == len(r.stack) {
		if !r.judge(g) {
			return false
		}
	}
	r.star = false
	if len(r.stack) > 0 {
		r.now = r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
	}
	return true
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	c, err := r.r.ReadByte()
	switch {
	case err != nil:
		return
	case c == '*':
		r.star = true
		return
	case c == '\'':
		hex := make([]byte, 2)
		_, _ = io.ReadFull(r.r, hex)
		if r.now != rtfObject {
			r.letters(unhex(hex)...)
		}
		return
	case c < 'A' || c > 'z' || c > 'Z' && c < 'a':
		if r.now != rtfObject {
			r.letters(c)
		}
		return
	}
	word, number, _ := r.word(c)
	r.command(word, number)
	r.star = false
}

func (r *rtfReader) word(first byte) (word string, number int, has bool) {
	letters := []byte{first}
	var digits []byte
	for len(letters)+len(digits) < 256 {
		c, err := r.r.ReadByte()
		switch {
		case err != nil:
		case len(digits) == 0 && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'):
			letters = append(letters, c)
			continue
		case c >= '0' && c <= '9' || c == '-' && len(digits) == 0:
			digits = append(digits, c)
			continue
		case c != ' ':
			_ = r.r.UnreadByte()
		}
		break
	}
	number, err := strconv.Atoi(string(digits))
	return strings.ToLower(string(letters)), number, err == nil
}

func (r *rtfReader) command(word string, number int) {
	switch word {
	case "objdata":
		r.enter(rtfObject)
	case "template":
		r.enter(rtfTemplate)
	case "fldinst":
		r.enter(rtfField)
	case "bin":
		if number > 0 {
			r.binary(int64(number))
		}
	case "u":
		if r.now == rtfTemplate || r.now == rtfField {
			r.letters([]byte(string(rune(uint16(number))))...)
			// The letter that follows stands in for this one, for readers that do not know it.
			if next, err := r.r.Peek(1); err == nil && next[0] != '\\' && next[0] != '{' && next[0] != '}' {
				_, _ = r.r.ReadByte()
			}
		}
	default:
		if r.star {
			r.now = rtfSkipped
		}
	}
}

// binary reads bytes that stand as they are.
func (r *rtfReader) binary(n int64) {
	n = min(n, r.left)
	if r.now != rtfObject {
		_, _ = io.CopyN(io.Discard, r.r, n)
		return
	}
	var b bytes.Buffer
	m, _ := io.CopyN(&b, r.r, n)
	r.left -= m
	const digits = "0123456789abcdef"
	for _, c := range b.Bytes() {
		r.text[rtfObject].Write([]byte{digits[c>>4], digits[c&15]})
	}
}

func (r *rtfReader) judge(g rtfGroup) (goOn bool) {
	text := r.text[g].Bytes()
	switch g {
	case rtfObject:
		return r.k.object(r.f, unhex(text))
	case rtfTemplate:
		if fetches(string(text)) {
			r.k.raise(session.ReasonRemote)
		}
	case rtfField:
		if isDDE(string(text[:min(len(text), 4096)])) {
			r.k.raise(session.ReasonRemote)
		}
	}
	return true
}

// badObjects are the classes, by name, of objects that attacks put into a letter.
var badObjects = []string{
	"equation.2", "equation.3", "htmlfile", "scriptletfile", "script", "shell.explorer", "otkloadr", "shockwaveflash",
	"mscomctllib", "forms.html", "hta", "internetexplorer",
}

// object looks at the data of an object ([MS-OLEDS] 2.2): its class, and a file or a compound file after that.
func (k *look) object(f file, b []byte) (goOn bool) {
	if len(b) == 0 {
		return true
	}
	class, native, ok := objectHeader(b)
	if !ok {
		k.raise(session.ReasonEmbedded) // Word writes no such thing
	}
	lower := strings.ToLower(class)
	for _, bad := range badObjects {
		if strings.HasPrefix(lower, bad) {
			k.raise(session.ReasonEmbedded)
		}
	}
	for c := range equationClasses {
		if bytes.Contains(b, []byte(c)) {
			k.raise(session.ReasonEmbedded)
		}
	}
	if linksAway(b) {
		k.raise(session.ReasonRemote)
	}
	if at := bytes.Index(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")); at >= 0 {
		return k.inside(f, entry{size: int64(len(b) - at)}, bytes.NewReader(b[at:]))
	}
	if native == nil {
		return true
	}
	return k.native(f, native)
}

// objectHeader reads the class of an object, and where its data begin, with their size before. A link has none; its topic
// is the class then, when that is what it fetches.
func objectHeader(b []byte) (class string, native []byte, ok bool) {
	if len(b) < 12 {
		return "", nil, false
	}
	kind := binary.LittleEndian.Uint32(b[4:])
	names := make([]string, 3)
	rest := b[8:]
	for i := range names {
		if len(rest) < 4 {
			return "", nil, false
		}
		n := int(binary.LittleEndian.Uint32(rest))
		if n > len(rest)-4 || n > 1024 {
			return "", nil, false
		}
		names[i] = strings.TrimRight(string(rest[4:4+n]), "\x00")
		rest = rest[4+n:]
	}
	switch {
	case names[0] == "" || strings.ContainsFunc(names[0], func(r rune) bool { return r < ' ' || r > '~' }):
		return "", nil, false
	case kind == 1:
		return names[0], nil, !fetches(names[1])
	case kind != 2:
		return names[0], nil, false
	}
	return names[0], rest, true
}

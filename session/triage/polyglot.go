package triage

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"estran/session"
)

// polyglot says that a file is good for two things: one program shows a picture where another opens an archive.
//
// What merely has something else behind it is not that. Telephones put a film behind a picture, cameras a second
// picture, and programs whole documents into the places that a format keeps for them.
func (k *look) polyglot(f file, head []byte) bool {
	switch {
	case startsScript(head):
		return true
	case f.what.family == unknown: // its name says what it is opened as
		expected := families[extension(f.name)]
		return expected != nil && !slices.Contains(expected, zipped) && hasZip(f.content, f.size)
	case isISO(f.content):
		return true
	}
	switch f.what.family {
	case media:
		return hasZip(f.content, f.size) || (k.isPicture(f) && k.carries(f, hasForeign))
	case pdf:
		return hasZip(f.content, f.size) || hasLatePDF(head) || k.pageBehindPDF(f)
	case archive:
		return hasZip(f.content, f.size) && !(f.what.kind == "application/x-tar" && endsWithZip(f))
	case text, ole:
		return hasZip(f.content, f.size)
	case program, zipped:
		return hasLatePDF(head)
	default:
		return false
	}
}

func (k *look) isPicture(f file) bool { return strings.HasPrefix(f.what.kind, "image/") }

// hasForeign says that a piece of a file holds what no picture has: a script for a browser or a server, the stub of a PHP
// archive, the head of an archive. The metadata of pictures is XML, and names its elements with a prefix, so that a bare
// <script> is not its own (XMP specification part 1, 7.3).
func hasForeign(piece []byte) bool {
	return hasElement(piece, "<script") || hasElement(piece, "<?php") || indexFold(piece, "__HALT_COMPILER();") >= 0 ||
		hasSevenZip(piece) || hasRAR(piece)
}

// hasElement looks for the beginning of a tag: a name, and then its end or a blank.
func hasElement(b []byte, tag string) bool {
	for {
		at := indexFold(b, tag)
		if at < 0 || at+len(tag) == len(b) {
			return false
		}
		if b = b[at+len(tag):]; strings.IndexByte("> \n\r\t/", b[0]) >= 0 {
			return true
		}
	}
}

// indexFold says where ASCII stands in bytes that are not text, whatever the case of its letters after the first; -1 without.
func indexFold(b []byte, mark string) int {
	for from := 0; len(b)-from >= len(mark); {
		at := bytes.IndexByte(b[from:], mark[0])
		if at < 0 || len(b)-from-at < len(mark) {
			return -1
		}
		from += at + 1
		if strings.EqualFold(string(b[from-1:from-1+len(mark)]), mark) {
			return from - 1
		}
	}
	return -1
}

// hasSevenZip says that a 7z archive begins somewhere: its mark, and a header whose sum is right.
func hasSevenZip(b []byte) bool {
	mark := []byte("7z\xbc\xaf\x27\x1c")
	for at := bytes.Index(b, mark); at >= 0 && len(b)-at >= sevenStart; {
		if crc32.ChecksumIEEE(b[at+12:at+sevenStart]) == binary.LittleEndian.Uint32(b[at+8:]) {
			return true
		}
		next := bytes.Index(b[at+1:], mark)
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}

// hasRAR says that a RAR archive begins somewhere: its mark, then a block that begins the archive.
func hasRAR(b []byte) bool {
	old := bytes.Index(b, []byte("Rar!\x1a\x07\x00"))
	if old >= 0 && len(b) > old+9 && b[old+9] == 0x73 {
		return true
	}
	five := bytes.Index(b, []byte("Rar!\x1a\x07\x01\x00"))
	return five >= 0
}

// carries looks through a whole file in pieces that overlap.
func (k *look) carries(f file, found func([]byte) bool) bool {
	const piece, overlap = 256 << 10, 64
	buf := make([]byte, min(f.size, piece+overlap))
	for at := int64(0); at < f.size; at += piece {
		n, err := f.content.ReadAt(buf, at)
		if found(buf[:n]) {
			return true
		}
		if (err != nil && err != io.EOF) || k.ctx.Err() != nil {
			k.raise(session.ReasonTooComplex)
			return false
		}
	}
	return false
}

// startsScript says that the first bytes of a picture are also the beginning of a script: where its size stands is the
// beginning of a comment or an assignment (https://en.wikipedia.org/wiki/Gifar, CVE-2008-5343).
func startsScript(head []byte) bool {
	switch {
	case bytes.HasPrefix(head, []byte("GIF8")) && len(head) > 64:
		rest := head[6:]
		return (bytes.HasPrefix(rest, []byte("/*")) && bytes.Contains(rest, []byte("*/"))) ||
			(bytes.HasPrefix(rest, []byte("=")) && readsAsText(rest[:58]))
	case bytes.HasPrefix(head, []byte("BM")):
		return bytes.HasPrefix(head[2:], []byte("/*")) && bytes.Contains(head, []byte("*/"))
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff\xe0/*")):
		return true
	default:
		return false
	}
}

// hasLatePDF says that a PDF begins after the beginning of something else that is known. Blank lines, a mark of byte
// order or the headers of a message are common before one, and nothing by themselves.
func hasLatePDF(head []byte) bool {
	at := bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-"))
	if at <= 0 {
		return false
	}
	if bytes.HasPrefix(head, localMark) && len(head) > localSize {
		// The first entry of an archive may be a PDF as it is.
		data := localSize + int(binary.LittleEndian.Uint16(head[26:])) + int(binary.LittleEndian.Uint16(head[28:]))
		return at < data
	}
	switch before := sniff(head[:at]); before.family {
	case media, ole, program, installer, shortcut, archive:
		return true
	case text:
		return hasElement(head[:at], "<html") || hasElement(head[:at], "<script")
	default:
		return false
	}
}

// pageBehindPDF says that a page with a script, or an archive, follows the end of a PDF.
func (k *look) pageBehindPDF(f file) bool {
	const most = 1 << 20
	tail := make([]byte, min(f.size, most))
	n, err := f.content.ReadAt(tail, f.size-int64(len(tail)))
	if err != nil && err != io.EOF {
		return false
	}
	end := bytes.LastIndex(tail[:n], []byte("%%EOF"))
	return hasForeign(tail[max(end, 0):n])
}

package triage

import (
	"compress/zlib"
	"encoding/binary"
	"io"
	"regexp"
	"slices"

	"estran/session"
)

// The marks of a notebook of OneNote, and of a file that it holds ([MS-ONESTORE] 2.3.1, 2.6.13).
var (
	oneNote     = []byte(classOf("7B5C52E4-D88C-4DA7-AEB1-5378D02996D3"))
	oneNoteFile = []byte(classOf("BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC"))
)

const oneNoteHead = 36 // before the bytes of a file: mark, length, and twelve that mean nothing

// notes looks at the files that a notebook holds. Their names stand elsewhere, in other records.
func (k *look) notes(f file) {
	named := k.namesProgram(f)
	head := make([]byte, oneNoteHead+HeadSize)
	for at := int64(0); ; {
		at = find(f.content, f.size, at, oneNoteFile)
		if at < 0 {
			return
		}
		n, _ := f.content.ReadAt(head, at)
		if n < oneNoteHead {
			return
		}
		size := int64(min(binary.LittleEndian.Uint64(head[16:]), uint64(f.size-at-oneNoteHead)))
		first := head[oneNoteHead:min(int64(n), oneNoteHead+size)]
		what := sniff(first).family
		if opensSomething("", first) || named && (what == text || what == unknown) {
			k.raise(session.ReasonEmbedded)
		}
		if !k.inside(f, entry{size: size}, io.NewSectionReader(f.content, at+oneNoteHead, size)) {
			return
		}
		at += int64(len(oneNoteFile))
	}
}

var wideName = regexp.MustCompile(`\.\x00((?:[A-Za-z0-9]\x00){2,6})\x00\x00`)

// namesProgram says that a notebook names a file that is a program or a shortcut.
func (k *look) namesProgram(f file) bool {
	const piece, overlap = 256 << 10, 1 << 10
	b := make([]byte, min(f.size, piece+overlap))
	for at := int64(0); at < f.size && k.ctx.Err() == nil; at += piece {
		n, _ := f.content.ReadAt(b, at)
		for _, m := range wideName.FindAllSubmatch(b[:n], -1) {
			ext := extension("." + fromUTF16(m[1], 0, 1))
			if slices.Contains(programs, ext) && ext != "com" || slices.Contains(shortcuts, ext) {
				return true
			}
		}
	}
	return false
}

// activeMime looks at the macros of a document that was saved as a page: a compound file, compressed, after a header.
func (k *look) activeMime(f file) {
	const header = 50
	z, err := zlib.NewReader(io.NewSectionReader(f.content, header, max(0, f.size-header)))
	if err != nil {
		k.raise(session.ReasonTooComplex)
		return
	}
	k.inside(f, entry{size: -1}, forgiving{z})
}

package triage

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"path"
	"slices"
	"strings"

	"estran/session"
)

// The most that is read of one stream.
const (
	mostStream = 32 << 20
	mostModule = 4 << 20
)

// ole looks into an old Office document, a message of Outlook, or an object that a document holds.
func (k *look) ole(f file) {
	c, err := openCompound(f.content, f.size)
	if err != nil {
		k.raise(session.ReasonDamaged)
		return
	}
	for _, e := range c.entries {
		if k.ctx.Err() != nil || c.left < 0 {
			k.raise(session.ReasonTooComplex)
			return
		}
		if badClasses[e.class] {
			k.raise(session.ReasonEmbedded)
		}
		if e.stream && !k.oleStream(f, c, e) {
			return
		}
	}
	if c.left < 0 {
		k.raise(session.ReasonTooComplex)
	}
}

// oleStream looks at one stream by its name.
func (k *look) oleStream(f file, c *compound, e compoundEntry) (goOn bool) {
	name := strings.ToLower(e.name)
	switch {
	case name == "encryptedpackage", name == "encryptioninfo": // [MS-OFFCRYPTO] 2.3.4
		k.raise(session.ReasonEncrypted)
	case name == "worddocument":
		k.word(c, e)
	case name == "workbook", name == "book":
		k.excel(bufio.NewReaderSize(c.open(e), 64<<10))
	case name == "powerpoint document":
		return k.slides(f, c.all(e, mostStream))
	case isModule(e):
		if hasCode(c.all(e, mostModule)) {
			k.raise(session.ReasonMacros)
		}
	case name == "ole10native":
		if c.beside(e, "equation native") || equationClasses[c.holder(e).class] {
			k.raise(session.ReasonEmbedded)
		}
		return k.native(f, c.all(e, k.Limits.Entry+1))
	case name == "equation native":
		if badEquation(c.all(e, mostModule)) {
			k.raise(session.ReasonEmbedded)
		}
	case name == "ole":
		if linksAway(c.all(e, mostModule)) {
			k.raise(session.ReasonRemote)
		}
	case name == "package", name == "contents":
		return k.inside(f, entry{size: e.size}, forgiving{c.open(e)})
	case strings.HasSuffix(e.path, "__substg1.0_37010102"): // [MS-OXMSG] 2.2.2, PidTagAttachDataBinary
		return k.inside(f, entry{name: c.attachmentName(e), size: e.size}, forgiving{c.open(e)})
	}
	return true
}

// holder is the storage that an entry is in.
func (c *compound) holder(e compoundEntry) compoundEntry {
	folder := path.Dir(e.path)
	if folder == "." {
		return c.entries[0]
	}
	at, ok := c.byPath[folder]
	if !ok {
		return compoundEntry{}
	}
	return c.entries[at]
}

// beside says that another entry is in the same storage.
func (c *compound) beside(e compoundEntry, name string) bool {
	_, ok := c.byPath[path.Join(path.Dir(e.path), name)]
	return ok
}

// attachmentName is the long name of a message's attachment, or the short one.
func (c *compound) attachmentName(e compoundEntry) string {
	for _, property := range []string{"3707001f", "3704001f", "3707001e", "3704001e"} {
		at, ok := c.byPath[strings.TrimSuffix(e.path, "37010102")+property]
		if !ok {
			continue
		}
		b := c.all(c.entries[at], 4096)
		if strings.HasSuffix(property, "f") {
			return fromUTF16(b, 0, 1)
		}
		return pdfString(pdfText(b))
	}
	return ""
}

// word looks at the header of a text ([MS-DOC] 2.5.2), and for fields that run a command.
func (k *look) word(c *compound, e compoundEntry) {
	b := c.all(e, mostStream)
	if len(b) > 12 && binary.LittleEndian.Uint16(b[10:])&0x0100 != 0 {
		k.raise(session.ReasonEncrypted)
		return
	}
	if fieldOf(b, "\x13", "DDE", "DDEAUTO") || fieldOf(bytes.ReplaceAll(b, []byte{0}, nil), "\x13", "DDE", "DDEAUTO") {
		k.raise(session.ReasonRemote)
	}
}

// fieldOf says that a text has a field of one of these kinds, after the mark of a field.
func fieldOf(b []byte, mark string, kinds ...string) bool {
	for {
		at := bytes.Index(b, []byte(mark))
		if at < 0 {
			return false
		}
		b = b[at+len(mark):]
		words := strings.Fields(strings.ToUpper(string(b[:min(len(b), 32)])))
		if len(words) > 1 && slices.Contains(kinds, words[0]) {
			return true
		}
	}
}

// excel walks the records of a workbook ([MS-XLS] 2.1.4).
func (k *look) excel(r io.Reader) {
	head := make([]byte, 4)
	body := make([]byte, 1<<16)
	for records := 0; records < 4<<20; records++ {
		if _, err := io.ReadFull(r, head); err != nil {
			return
		}
		kind, length := binary.LittleEndian.Uint16(head), binary.LittleEndian.Uint16(head[2:])
		data := body[:length]
		if n, err := io.ReadFull(r, data); err != nil {
			data = data[:n]
		}
		switch {
		case kind == 0x2f && length > 0: // FilePass
			k.raise(session.ReasonEncrypted)
			return
		case kind == 0x85 && len(data) > 5 && data[5] == 1, // BoundSheet8 of a macro sheet
			kind == 0x0809 && len(data) > 3 && data[2] == 0x40 && data[3] == 0: // BOF of one
			k.raise(session.ReasonMacros)
		case kind == 0x1ae && runsCommand(data): // SupBook
			k.raise(session.ReasonRemote)
		}
		if records&0xffff == 0 && k.ctx.Err() != nil {
			k.raise(session.ReasonTooComplex)
			return
		}
	}
	k.raise(session.ReasonTooComplex)
}

// runsCommand says that a link goes to a program by DDE: its name and a third character before the topic ([MS-XLS]
// 2.5.277). The name of a class of objects, which has a dot, makes it an embedded document.
func runsCommand(supBook []byte) bool {
	if len(supBook) < 5 {
		return false
	}
	text := bytes.ReplaceAll(supBook[4:], []byte{0}, nil)
	app, _, dde := bytes.Cut(text, []byte{3})
	return dde && !bytes.Contains(app, []byte(".")) && len(app) > 1 && app[0] >= 1
}

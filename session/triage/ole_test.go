package triage_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"estran/session"
	"estran/session/triage/wrap"
)

// oleOf is a compound file ([MS-CFB]) of streams by their paths; a path that ends in / gives the class of a storage.
func oleOf(streams map[string]string) []byte {
	type entry struct {
		name, class, content string
		kind                 byte
		children             []int
	}
	entries := []*entry{{name: "Root Entry", kind: 5}}
	index := map[string]int{".": 0}
	var place func(string) int
	place = func(full string) int {
		if i, ok := index[full]; ok {
			return i
		}
		holder := place(path.Dir(full))
		index[full] = len(entries)
		entries[holder].children = append(entries[holder].children, len(entries))
		entries = append(entries, &entry{name: path.Base(full), kind: 1})
		return index[full]
	}
	for _, full := range slices.Sorted(maps.Keys(streams)) {
		if name, ok := strings.CutSuffix(full, "/"); ok {
			entries[place(path.Clean(name))].class = streams[full]
			continue
		}
		e := entries[place(full)]
		e.kind, e.content = 2, streams[full]
	}

	const none, end = 0xffffffff, 0xfffffffe
	le := binary.LittleEndian
	var sectors []byte // after the header
	var fat []uint32
	put := func(b []byte) (start uint32) {
		if len(b) == 0 {
			return end
		}
		start = uint32(len(fat))
		b = append(bytes.Clone(b), make([]byte, (512-len(b)%512)%512)...)
		for i := 0; i < len(b); i += 512 {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = end
		sectors = append(sectors, b...)
		return start
	}
	var small, smallFAT []byte
	starts := make([]uint32, len(entries))
	for i, e := range entries {
		starts[i] = end
		switch {
		case e.kind != 2 || e.content == "":
		case len(e.content) >= 4096:
			starts[i] = put([]byte(e.content))
		default:
			starts[i] = uint32(len(small) / 64)
			small = append(small, e.content...)
			small = append(small, make([]byte, (64-len(small)%64)%64)...)
			for len(smallFAT)/4 < len(small)/64-1 {
				smallFAT = le.AppendUint32(smallFAT, uint32(len(smallFAT)/4+1))
			}
			smallFAT = le.AppendUint32(smallFAT, end)
		}
	}
	starts[0] = put(small)
	entries[0].content = string(small)
	var directory []byte
	for i, e := range entries {
		b := make([]byte, 128)
		for j, u := range utf16.Encode([]rune(e.name)) {
			le.PutUint16(b[2*j:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(utf16.Encode([]rune(e.name)))+2))
		b[66] = e.kind
		le.PutUint32(b[68:], none)
		le.PutUint32(b[72:], none)
		le.PutUint32(b[76:], none)
		if len(e.children) > 0 {
			le.PutUint32(b[76:], uint32(e.children[0]))
		}
		copy(b[80:], e.class)
		le.PutUint32(b[116:], starts[i])
		le.PutUint32(b[120:], uint32(len(e.content)))
		directory = append(directory, b...)
	}
	for _, e := range entries { // each child leads to the next
		for j := range max(0, len(e.children)-1) {
			le.PutUint32(directory[e.children[j]*128+72:], uint32(e.children[j+1]))
		}
	}
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[48:], put(directory))
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], put(smallFAT))
	le.PutUint32(head[64:], uint32((len(smallFAT)+511)/512))
	le.PutUint32(head[68:], end)
	for i := 76; i < 512; i += 4 {
		le.PutUint32(head[i:], none)
	}
	tables := (len(fat)+1)/127 + 1
	first := len(fat)
	le.PutUint32(head[44:], uint32(tables))
	for i := range tables {
		le.PutUint32(head[76+4*i:], uint32(first+i))
		fat = append(fat, 0xfffffffd)
	}
	out := append(head, sectors...)
	for _, n := range fat {
		out = le.AppendUint32(out, n)
	}
	for len(out)%512 != 0 {
		out = le.AppendUint32(out, none)
	}
	return out
}

// moduleOf is a module of a macro: what is compiled, and its source packed as letters alone.
func moduleOf(source string) string {
	var packed []byte
	for len(source) > 0 {
		packed = append(packed, 0)
		n := min(8, len(source))
		packed = append(packed, source[:n]...)
		source = source[n:]
	}
	chunk := binary.LittleEndian.AppendUint16(nil, uint16(len(packed)-1)|0xb000)
	return strings.Repeat("\xaa", 700) + "\x01" + string(chunk) + string(packed)
}

// packageFor is a file as packager.dll puts it into a document.
func packageFor(name, content string) string {
	le := binary.LittleEndian
	b := []byte("\x02\x00" + name + "\x00C:\\Users\\zoe\\" + name + "\x00\x00\x00\x03\x00")
	b = le.AppendUint32(b, 5)
	b = append(b, "C:\\x\x00"...)
	b = le.AppendUint32(b, uint32(len(content)))
	b = append(b, content...)
	return string(le.AppendUint32(nil, uint32(len(b)))) + string(b)
}

func record(kind uint16, data string) string {
	b := binary.LittleEndian.AppendUint16(nil, kind)
	return string(binary.LittleEndian.AppendUint16(b, uint16(len(data)))) + data
}

func slideRecord(head, kind uint16, data string) string {
	b := binary.LittleEndian.AppendUint16(nil, head)
	b = binary.LittleEndian.AppendUint16(b, kind)
	return string(binary.LittleEndian.AppendUint32(b, uint32(len(data)))) + data
}

func utf16Of(s string) string { return string(wide(s)[2:]) }

func unhexed(s string) string { b, _ := hex.DecodeString(s); return string(b) }

// The header of a Word text, 512 bytes, then the text.
func wordText(flags byte, text string) string {
	head := make([]byte, 512)
	copy(head, "\xec\xa5\xc1\x00")
	head[11] = flags
	return string(head) + text
}

const (
	emptyModule = "Attribute VB_Name = \"ThisDocument\"\r\nAttribute VB_Base = \"1Normal\"\r\nOption Explicit\r\n"
	exeHead     = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
	equation    = "\x02\xce\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
)

func TestOLE(t *testing.T) {
	macros := []session.Reason{session.ReasonMacros}
	embedded := []session.Reason{session.ReasonEmbedded}
	remote := []session.Reason{session.ReasonRemote}
	encrypted := []session.Reason{session.ReasonEncrypted}
	program := []session.Reason{session.ReasonEmbedded, session.ReasonProgram, session.ReasonInside}
	table := record(0x809, "\x00\x06\x05\x00") + record(0x85, "\x00\x00\x00\x00\x00\x00\x01\x00A") + record(0x0a, "")
	formula := "\x1c\x00\x00\x00\x02\x00" + strings.Repeat("\x00", 22) + "\x03\x01\x01\x03\x00" + strings.Repeat("\x02\x88x\x00\x02\x86\x12\x22", 20) + "\x00"
	overflow := "\x1c\x00\x00\x00\x02\x00" + strings.Repeat("\x00", 22) + "\x03\x01\x01\x03\x0a\x08\x01\x01" + strings.Repeat("A", 48) + "\x00"
	letter := oleOf(map[string]string{"WordDocument": wordText(0, "Bonjour")})
	inSlides := func(content []byte) []byte {
		object := "\x00\x00\x00\x00" + deflated(string(content))
		return oleOf(map[string]string{"PowerPoint Document": slideRecord(0xf, 1000, slideRecord(0, 1, "x")) + slideRecord(0x10, 0x1011, object)})
	}
	mail := func(name, content string) []byte {
		return oleOf(map[string]string{
			"__properties_version1.0":                               strings.Repeat("\x00", 32),
			"__substg1.0_1000001F":                                  utf16Of("Bonjour"),
			"__attach_version1.0_#00000000/__substg1.0_3707001F":    utf16Of(name),
			"__attach_version1.0_#00000000/__substg1.0_37010102":    content,
			"__attach_version1.0_#00000000/__properties_version1.0": "",
		})
	}
	macro := map[string]string{"Macros/VBA/dir": "x", "Macros/VBA/ThisDocument": moduleOf(emptyModule + "Sub AutoOpen()\r\nShell \"calc\"\r\nEnd Sub\r\n"), "WordDocument": wordText(0, "")}

	lookAtAll(t, map[string]specimen{
		"a letter":                        {"lettre.doc", letter, nil},
		"a long letter":                   {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, strings.Repeat("Bonjour ", 20_000))}), nil},
		"a letter about DDE":              {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, "DDE et DDEAUTO sont des champs")}), nil},
		"a letter with a page number":     {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, "\x13 PAGE \x14 1 \x15")}), nil},
		"a table":                         {"budget.xls", oleOf(map[string]string{"Workbook": table}), nil},
		"a table that reads another":      {"budget.xls", oleOf(map[string]string{"Workbook": table + record(0x1ae, "\x01\x00\x0a\x00\x00\x01C:\\a.xls")}), nil},
		"a long table":                    {"budget.xls", oleOf(map[string]string{"Workbook": strings.Repeat(record(0x203, "\x00\x00\x00\x00\x0f\x0012345678"), 200_000)}), nil},
		"slides":                          {"exposé.ppt", oleOf(map[string]string{"PowerPoint Document": slideRecord(0xf, 1000, slideRecord(0, 1, "x"))}), nil},
		"slides with a table":             {"exposé.ppt", inSlides(oleOf(map[string]string{"Workbook": table})), nil},
		"an empty project":                {"budget.xls", oleOf(map[string]string{"Workbook": table, "_VBA_PROJECT_CUR/VBA/dir": "x", "_VBA_PROJECT_CUR/VBA/_VBA_PROJECT": "x", "_VBA_PROJECT_CUR/VBA/Feuil1": moduleOf(emptyModule)}), nil},
		"a letter with a table":           {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, ""), "ObjectPool/_1/Workbook": table}), nil},
		"a letter with a new table":       {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, ""), "ObjectPool/_1/Package": string(wrap.Zip(t, wrap.File{Name: "xl/workbook.xml", Content: []byte("<workbook/>")}))}), nil},
		"a letter with a picture":         {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole10Native": "\x04\x00\x00\x00BMxx"}), nil},
		"a letter with a packed one":      {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole10Native": packageFor("note.txt", "Bonjour")}), nil},
		"a lesson with equations":         {"cours.doc", oleOf(map[string]string{"ObjectPool/_1/": equation, "ObjectPool/_1/Equation Native": formula}), nil},
		"a message":                       {"message.msg", mail("photo.txt", "Bonjour"), nil},
		"a message with a letter":         {"message.msg", mail("lettre.doc", string(letter)), nil},
		"a link to a file":                {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole": unhexed("0100000200000000") + unhexed("0303000000000000c000000000000046") + "C:\\a.xls"}), nil},
		"a letter with a file of Acrobat": {"lettre.doc", oleOf(map[string]string{"1Table": strings.Repeat("x", 5000), "ObjectPool/_1/CONTENTS": string(pdfOf(""))}), nil},
		"a sheet of a chart":              {"budget.xls", oleOf(map[string]string{"Workbook": table + record(0x85, "\x00\x00\x00\x00\x00\x02\x01\x00A")}), nil},
		"a table with a linked letter":    {"budget.xls", oleOf(map[string]string{"Workbook": table + record(0x1ae, "\x00\x00\x1b\x00\x00Word.Document.8\x03C:\\a.doc")}), nil},
		"a publication":                   {"affiche.pub", oleOf(map[string]string{"Contents": "x", "Quill/QuillSub/CONTENTS": "CHNKINK x"}), nil},
		"a thumbnail database":            {"Thumbs.db", oleOf(map[string]string{"Catalog": "x", "1": strings.Repeat("y", 5000)}), nil},

		"a macro":                      {"lettre.doc", oleOf(macro), macros},
		"a macro in a table":           {"budget.xls", oleOf(map[string]string{"_VBA_PROJECT_CUR/VBA/Module1": moduleOf(emptyModule + "Sub Workbook_Open()\r\nEnd Sub")}), macros},
		"a macro without its source":   {"lettre.doc", oleOf(map[string]string{"Macros/VBA/ThisDocument": strings.Repeat("\xaa", 900)}), macros},
		"a macro with a false source":  {"lettre.doc", oleOf(map[string]string{"Macros/VBA/ThisDocument": strings.Repeat("\xaa", 20_000) + moduleOf(emptyModule)}), macros},
		"a macro in slides":            {"exposé.ppt", inSlides(oleOf(macro)), []session.Reason{session.ReasonMacros, session.ReasonInside}},
		"a macro sheet":                {"budget.xls", oleOf(map[string]string{"Workbook": record(0x809, "\x00\x06\x05\x00") + record(0x85, "\x00\x00\x00\x00\x02\x01\x01\x00A")}), macros},
		"a macro sheet by its start":   {"budget.xls", oleOf(map[string]string{"Workbook": table + record(0x809, "\x00\x06\x40\x00")}), macros},
		"a table with a password":      {"budget.xls", oleOf(map[string]string{"Workbook": record(0x809, "\x00\x06\x05\x00") + record(0x2f, "\x01\x00\x01\x00")}), encrypted},
		"a letter with a password":     {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(1, "")}), encrypted},
		"a new letter with a password": {"lettre.docx", oleOf(map[string]string{"EncryptedPackage": "x", "EncryptionInfo": "y"}), encrypted},
		"a table that runs a command":  {"budget.xls", oleOf(map[string]string{"Workbook": table + record(0x1ae, "\x01\x00\x0b\x00\x00cmd\x03/c calc")}), remote},
		"a letter that runs a command": {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, "\x13 DDEAUTO c:\\\\cmd.exe \"/k calc\" \x15")}), remote},
		"the same in wide letters":     {"lettre.doc", oleOf(map[string]string{"WordDocument": wordText(0, utf16Of("\x13DDE cmd x\x15"))}), remote},
		"a packed program":             {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole10Native": packageFor("facture.exe", exeHead)}), program},
		"a packed script":              {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole10Native": packageFor("facture.js", "x")}), program},
		"an equation that is none":     {"cours.doc", oleOf(map[string]string{"ObjectPool/_1/": equation, "ObjectPool/_1/Equation Native": overflow}), embedded},
		"an equation of another kind":  {"cours.doc", oleOf(map[string]string{"ObjectPool/_1/": equation, "ObjectPool/_1/\x01Ole10Native": "\x04\x00\x00\x00AAAA"}), embedded},
		"a link to a site":             {"lettre.doc", oleOf(map[string]string{"ObjectPool/_1/\x01Ole": "\x01\x00\x00\x02" + unhexed("e0c9ea79f9bace118c8200aa004ba90b") + utf16Of("http://exemple.com/a.hta")}), remote},
		"a message with a program":     {"message.msg", mail("facture.exe", exeHead), []session.Reason{session.ReasonProgram, session.ReasonInside}},
		"a header and nothing":         {"lettre.doc", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), []session.Reason{session.ReasonDamaged}},
	})
}

func FuzzOLE(f *testing.F) {
	f.Add(oleOf(map[string]string{"Macros/VBA/ThisDocument": moduleOf(emptyModule), "WordDocument": wordText(0, "x"), "Workbook": record(0x85, "\x00\x00\x00\x00\x00\x01\x00")}))
	f.Add(oleOf(map[string]string{"ObjectPool/_1/\x01Ole10Native": packageFor("a.txt", "x"), "ObjectPool/_1/": equation, "PowerPoint Document": slideRecord(0x10, 0x1011, "\x00\x00\x00\x00"+deflated("x"))}))
	f.Fuzz(func(t *testing.T, b []byte) {
		lookAt(t, "a.doc", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), b[min(len(b), 8):]...))
	})
}

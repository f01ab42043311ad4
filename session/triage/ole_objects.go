package triage

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"estran/session"
)

// classOf is a class as files have it: the first three parts with the low byte first.
func classOf(text string) string {
	b := unhex([]byte(text))
	slices.Reverse(b[:4])
	slices.Reverse(b[4:6])
	slices.Reverse(b[6:8])
	return string(b)
}

// badClasses are controls that a document has for an attack alone: a browser in a page, a player that is gone, controls
// of CVE-2012-0158, scriptlets.
var badClasses = map[string]bool{
	classOf("EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B"): true, // Shell.Explorer.1
	classOf("8856F961-340A-11D0-A96B-00C04FD705A2"): true, // Shell.Explorer.2
	classOf("D27CDB6E-AE6D-11CF-96B8-444553540000"): true, // ShockwaveFlash
	classOf("BDD1F04B-858B-11D1-B16A-00C0F0283628"): true, // MSComctlLib.ListViewCtrl
	classOf("C74190B6-8589-11D1-B16A-00C0F0283628"): true, // MSComctlLib.TreeCtrl
	classOf("996BF5E0-8044-4650-ADEB-0B013914E99C"): true, // MSComctlLib.ListViewCtrl.2
	classOf("06290BD2-48AA-11D2-8432-006008C3FBFC"): true, // script
	classOf("06290BD3-48AA-11D2-8432-006008C3FBFC"): true, // scriptletfile
	classOf("25336920-03F9-11CF-8FD0-00AA00686F13"): true, // htmlfile
	classOf("3050F4D8-98B5-11CF-BB82-00AA00BDCE0B"): true, // htafile
}

// equationClasses are those of Equation Editor.
var equationClasses = map[string]bool{
	classOf("0002CE02-0000-0000-C000-000000000046"): true,
	classOf("00021700-0000-0000-C000-000000000046"): true,
}

// Monikers that fetch ([MS-OSHARED] 2.3.7.6) or run (CVE-2017-0199, CVE-2017-8570) what they name.
var monikers = []string{
	classOf("79EAC9E0-BAF9-11CE-8C82-00AA004BA90B"), // URL
	classOf("ECABB0C7-7F19-11D2-978E-0000F8757E2A"), // composite of SOAP
	classOf("06290BD3-48AA-11D2-8432-006008C3FBFC"), // script
}

// linksAway says that the stream of a linked object names something to fetch.
func linksAway(b []byte) bool {
	return slices.ContainsFunc(monikers, func(m string) bool { return bytes.Contains(b, []byte(m)) })
}

// badEquation says that an equation is none: it fills more than the 40 bytes that Equation Editor keeps for the name of a
// font (CVE-2017-11882, CVE-2018-0802). Those of lessons have a zero every few bytes. The header is the one of MTEF.
func badEquation(b []byte) bool {
	const header = 28
	if len(b) < header+5 || binary.LittleEndian.Uint16(b) != header || b[header] == 0 || b[header] > 5 {
		return true
	}
	run := 0
	for _, c := range b[header+5:] {
		if run++; c == 0 {
			run = 0
		}
		if run >= 40 {
			return true
		}
	}
	return false
}

// native looks at what a document holds as a file: a package ([MS-OLEDS] 2.3.6, and what packager.dll writes).
func (k *look) native(f file, b []byte) (goOn bool) {
	name, body := packageOf(b)
	if opensSomething(name, body) {
		k.raise(session.ReasonEmbedded)
	}
	return k.inside(f, entry{name: name, size: int64(len(body))}, bytes.NewReader(body))
}

// opensSomething says that a file is one that does something when it is opened.
func opensSomething(name string, body []byte) bool {
	for _, r := range Triage(session.Private(name), body[:min(len(body), HeadSize)]) {
		switch r {
		case session.ReasonProgram, session.ReasonShortcut, session.ReasonInstaller, session.ReasonAutorun:
			return true
		}
	}
	return false
}

// packageOf is the name and the bytes of a packaged file; the bytes alone where it is packed otherwise.
func packageOf(b []byte) (name string, body []byte) {
	if len(b) < 4 {
		return "", nil
	}
	b = b[4:]
	if len(b) < 2 || binary.LittleEndian.Uint16(b) != 2 {
		return "", b
	}
	rest := b[2:]
	label, rest, _ := bytes.Cut(rest, []byte{0})
	source, rest, _ := bytes.Cut(rest, []byte{0})
	if len(rest) < 8 {
		return "", b
	}
	length := int(binary.LittleEndian.Uint32(rest[4:]))
	rest = rest[8:]
	if length > len(rest) {
		return "", b
	}
	rest = rest[length:]
	if len(rest) < 4 {
		return "", b
	}
	size := min(int(binary.LittleEndian.Uint32(rest)), len(rest)-4)
	// Windows opens the file by the name of its source; people see the label.
	name = afterFolders(pdfString(pdfText(source)))
	if shown := afterFolders(pdfString(pdfText(label))); name == "" || opensSomething(shown, nil) {
		name = shown
	}
	return name, rest[4 : 4+size]
}

func afterFolders(name string) string { return name[strings.LastIndexAny(name, `\/`)+1:] }

// slides walks the records of a presentation ([MS-PPT] 2.3.1) and looks at the objects and macros in it, which are
// compound files, mostly compressed.
func (k *look) slides(f file, b []byte) (goOn bool) {
	const object = 0x1011
	for len(b) >= 8 {
		head, kind := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
		length := int(binary.LittleEndian.Uint32(b[4:]))
		b = b[8:]
		switch {
		case head&0xf == 0xf: // it holds records
			continue
		case length > len(b):
			return true
		case kind == object && !k.storage(f, b[:length], head>>4 == 1):
			return false
		}
		b = b[length:]
	}
	return true
}

func (k *look) storage(f file, b []byte, compressed bool) (goOn bool) {
	var r io.Reader = bytes.NewReader(b)
	if compressed && len(b) > 4 {
		z, err := zlib.NewReader(bytes.NewReader(b[4:]))
		if err != nil {
			k.raise(session.ReasonDamaged)
			return true
		}
		r = forgiving{z}
	}
	return k.inside(f, entry{size: -1}, r)
}

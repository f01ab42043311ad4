package triage_test

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"estran/session"
)

// oleObject is an object as RTF has it, in hexadecimal ([MS-OLEDS] 2.2.5).
func oleObject(class, native string) string {
	le := binary.LittleEndian
	b := le.AppendUint32(nil, 0x501)
	b = le.AppendUint32(b, 2)
	b = le.AppendUint32(b, uint32(len(class)+1))
	b = append(b, class+"\x00"...)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint32(b, uint32(len(native)))
	return hex.EncodeToString(append(b, native...))
}

func TestRTF(t *testing.T) {
	embedded := []session.Reason{session.ReasonEmbedded}
	remote := []session.Reason{session.ReasonRemote}
	object := func(data string) []byte {
		return []byte(`{\rtf1\ansi Bonjour {\object\objemb\objw100{\*\objclass x}{\*\objdata ` + data + `}{\result x}}}`)
	}
	pack := packageFor("facture.exe", exeHead)[4:]
	program := []session.Reason{session.ReasonEmbedded, session.ReasonProgram, session.ReasonInside}
	equationData := oleObject("Equation.3", "\x1c\x00\x00\x00AAAA")
	link := string(oleOf(map[string]string{"\x01Ole": unhexed("0100000200000000") + unhexed("e0c9ea79f9bace118c8200aa004ba90b") + utf16Of("http://exemple.com/a.hta")}))
	lookAtAll(t, map[string]specimen{
		"a letter":                {"lettre.rtf", []byte(`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator Writer;}Bonjour \'e9t\'e9\par}`), nil},
		"under another name":      {"courrier.doc", []byte(`{\rtf1\ansi Bonjour}`), nil},
		"with a picture":          {"lettre.rtf", []byte(`{\rtf1{\pict\pngblip 89504e470d0a1a0a}{\*\shppict{\pict\bin3 {}}}}`), nil},
		"with a table":            {"lettre.rtf", object(oleObject("Excel.Sheet.8", string(oleOf(map[string]string{"Workbook": record(0x809, "\x00\x06\x05\x00")})))), nil},
		"with a packed note":      {"lettre.rtf", object(oleObject("Package", packageFor("note.txt", "Bonjour")[4:])), nil},
		"with a template":         {"lettre.rtf", []byte(`{\rtf1{\*\template C:\\modeles\\lettre.dot}Bonjour}`), nil},
		"with fields":             {"lettre.rtf", []byte(`{\rtf1{\field{\*\fldinst HYPERLINK "https://www.caf.fr"}{\fldrslt CAF}}}`), nil},
		"about commands":          {"cours.rtf", []byte(`{\rtf1 DDEAUTO et \\objdata sont des mots}`), nil},
		"with Chinese":            {"lettre.rtf", []byte(`{\rtf1\uc1 \u-30336?\u20013?}`), nil},
		"with a linked file":      {"lettre.rtf", object("01050000" + "01000000" + "0f000000" + hex.EncodeToString([]byte("Excel.Sheet.12\x00")) + "09000000" + hex.EncodeToString([]byte("C:\\a.xls\x00"))[:18] + "00000000"), nil},
		"with an empty object":    {"lettre.rtf", object(""), nil},
		"with a picture by Paint": {"lettre.rtf", object(oleObject("PBrush", "BM\x46\x00\x00\x00")), nil},

		"a packed program":        {"lettre.rtf", object(oleObject("Package", pack)), program},
		"with blanks in its data": {"lettre.rtf", object(strings.ReplaceAll(oleObject("Package", pack), "0", "0\r\n ")), program},
		"with groups in its data": {"lettre.rtf", object(strings.Replace(oleObject("Package", pack), "0", `{\*\junk ab{\x}}0`, 1)), program},
		"with words in its data":  {"lettre.rtf", object(strings.ReplaceAll(oleObject("Package", pack), "02", `0\foo123 2`)), program},
		"in bytes":                {"lettre.rtf", object(`\bin` + "64 " + unhexed(oleObject("Equation.3", strings.Repeat("A", 29)))), embedded},
		"an equation":             {"lettre.rtf", object(equationData), embedded},
		"without a right start":   {"lettre.doc", []byte(`{\rt{\object{\objdata ` + equationData + `}}`), embedded},
		"an object that is none":  {"lettre.rtf", object("0105"), embedded},
		"a link to a site":        {"lettre.rtf", object(oleObject("OLE2Link", link)), remote},
		"a template of a site":    {"lettre.rtf", []byte(`{\rtf1{\*\template http://exemple.com/a.dotm}}`), remote},
		"the same in numbers":     {"lettre.rtf", []byte(`{\rtf1{\*\template \u-65432?\u-65420?\u-65420?\u-65424?\u-65478?//exemple.com}}`), remote},
		"a command":               {"lettre.rtf", []byte(`{\rtf1{\field{\*\fldinst{ DDE}{AUTO c:\\\\cmd.exe "/k calc"}}}}`), remote},
	})
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`1{\object{\*\objdata ` + oleObject("Package", packageFor("a.txt", "x")[4:]) + `}}{\*\template http://a}`))
	f.Add([]byte(`1{\field{\*\fldinst DDE \u-65432? \bin3 abc}}{\*\objdata \bin5 abcde}`))
	f.Fuzz(func(t *testing.T, b []byte) { lookAt(t, "a.rtf", append([]byte(`{\rtf`), b...)) })
}

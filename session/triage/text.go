package triage

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"estran/session"
)

// mostText is the longest text that is read as a whole: pages, pictures of letters, flat documents.
const mostText = 64 << 20

// text looks at what is written in letters, by how it begins and by what its name says that it is: programs go by the one
// or by the other. A file that nobody recognised may be one of those too.
func (k *look) text(f file) {
	head := make([]byte, HeadSize)
	n, _ := f.content.ReadAt(head, 0)
	head = head[:n]
	start := asUTF8(bytes.TrimLeft(head, " \t\r\n\x00"))
	ext := extension(f.name)
	switch {
	case bytes.HasPrefix(start, []byte(`{\rt`)):
		k.rtf(f)
	case bytes.HasPrefix(head, oneNote):
		k.notes(f)
	case bytes.HasPrefix(head, []byte("ActiveMime")):
		k.activeMime(f)
	case isBIFF(head):
		k.excel(io.NewSectionReader(f.content, 0, f.size))
	case isMail(ext, start):
		k.mail(f)
	case bytes.Contains(start, []byte("urn:oasis:names:tc:opendocument")) && bytes.Contains(start, []byte(":document")):
		k.openText(k.whole(f), false)
	case isXML(start), isPage(ext, f.what.kind):
		k.markup(f, ext)
	default:
		k.cells(f, ext, start)
	}
}

// whole is all of a text, if it is not too long.
func (k *look) whole(f file) []byte {
	if f.size > mostText {
		k.raise(session.ReasonTooComplex)
		return nil
	}
	b, _ := io.ReadAll(io.NewSectionReader(f.content, 0, f.size))
	return b
}

var pages = strings.Fields("html htm xhtml xht shtml svg xml xsl xslt mht mhtml")

func isPage(ext, kind string) bool {
	switch kind {
	case "text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml":
		return true
	default:
		return slices.Contains(pages, ext)
	}
}

func isXML(start []byte) bool {
	return bytes.HasPrefix(start, []byte("<?xml")) || bytes.HasPrefix(start, []byte("<svg"))
}

// isBIFF says that a file is a table of Excel before 1993, whose records stand in the file itself.
func isBIFF(head []byte) bool {
	return len(head) >= 8 && head[0] == 9 && (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) &&
		head[3] == 0 && (head[2] == 4 || head[2] == 6 || head[2] == 8 || head[2] == 16)
}

var (
	// A cell that runs a program by DDE, in a table written in letters.
	commandCell = regexp.MustCompile(`(?i)(^|[;,\t"\n])\s*[=+\-@]+[^;,\t"\n]{0,64}\b(cmd|powershell|pwsh|mshta|rundll32|regsvr32|certutil|` +
		`wscript|cscript|msiexec|bitsadmin|curl|msexcel)(\.exe)?\s*\|`)
	// A table in SYLK whose options say that it is a sheet of macros, or that has a formula of one.
	sylkMacro = regexp.MustCompile(`(?im)^O;([^\r\n]*;)?E\s*$|^C;[^\r\n]*;E(EXEC|CALL|REGISTER)\(|^NN;N(Auto_?open)`)
	webQuery  = regexp.MustCompile(`(?i)^\s*WEB\s+\d+\s+(https?|ftp|file):`)
)

// cells looks at tables written in letters.
func (k *look) cells(f file, ext string, start []byte) {
	sylk := bytes.HasPrefix(start, []byte("ID;"))
	switch {
	case ext == "iqy", webQuery.Match(start):
		k.raise(session.ReasonRemote)
	case sylk, slices.Contains([]string{"csv", "tsv", "tab", "slk", "xls", "dif"}, ext):
		b := asUTF8(k.whole(f))
		if sylk && sylkMacro.Match(b) {
			k.raise(session.ReasonMacros)
		}
		for line := range bytes.Lines(b) {
			if bytes.IndexByte(line, '|') > 0 && commandCell.Match(line[:min(len(line), mostLine)]) {
				k.raise(session.ReasonRemote)
				return
			}
		}
	}
}

// mostLine is how much of a line is looked at: a command stands in a cell of its own.
const mostLine = 1 << 20

package triage

import (
	"bytes"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// family is what a content is good for: one program or another opens it.
type family int

const (
	unknown family = iota // not recognised, or of no consequence
	media
	pdf
	ole    // old Office documents
	zipped // archives and documents that are zip archives
	archive
	text
	program
	shortcut
	installer
)

// content is what first bytes say.
type content struct {
	kind   string // media type, without parameters
	family family
}

// sniff tells what a file holds by its first bytes.
func sniff(head []byte) content {
	if len(head) == 0 {
		return content{family: unknown}
	}
	// The library takes an archive whose first file is a PDF as it is for a PDF.
	switch {
	case bytes.HasPrefix(head, []byte("Rar!\x1a\x07")):
		return content{kind: "application/vnd.rar", family: archive}
	case isTar(head):
		return content{kind: "application/x-tar", family: archive}
	}
	found := mimetype.Detect(head)
	kind, _, _ := strings.Cut(found.String(), ";")
	if kind == "application/pdf" {
		for mark, holder := range holdersOfPDF {
			if bytes.HasPrefix(head, []byte(mark)) {
				return holder
			}
		}
	}
	return content{kind: kind, family: familyOf(found, kind, head)}
}

// holdersOfPDF begin in their own way, and may hold a PDF as it is in their first 1024 bytes, which the library then takes
// for all of them.
var holdersOfPDF = map[string]content{
	"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": {kind: "application/x-ole-storage", family: ole},
	"\xfd7zXZ\x00":                     {kind: "application/x-xz", family: archive},
	"\x1f\x8b\x08":                     {kind: "application/gzip", family: archive},
	"\x28\xb5\x2f\xfd":                 {kind: "application/zstd", family: archive},
	"7z\xbc\xaf\x27\x1c":               {kind: "application/x-7z-compressed", family: archive},
}

func familyOf(found *mimetype.MIME, kind string, head []byte) family {
	switch {
	case slices.Contains(scriptTypes, kind):
		return program
	case readsAsText(head):
		// Two letters are enough for some types: a text that begins with MZ or BM is a text.
		if isPDF(head) {
			return pdf
		}
		return text
	case slices.Contains(programTypes, kind):
		return program
	case slices.Contains(installerTypes, kind):
		return installer
	case kind == "application/x-ms-shortcut":
		return shortcut
	// Before PDF: an archive whose first file is a PDF as it is begins with both.
	case under(found, "application/zip"):
		return zipped
	case slices.Contains(archiveTypes, kind):
		return archive
	case isPDF(head):
		return pdf
	case under(found, "application/x-ole-storage"):
		return ole
	case under(found, "text/plain"):
		return text
	case isMedia(kind):
		return media
	default:
		return unknown
	}
}

// Programs known by their first bytes. Java and Android archives are not here: many harmless archives look the same.
var (
	programTypes = []string{
		"application/vnd.microsoft.portable-executable", "application/x-elf", "application/x-object",
		"application/x-executable", "application/x-sharedlib", "application/x-coredump", "application/x-mach-binary",
		"application/x-java-applet", "application/wasm", "application/vnd.ms-htmlhelp", "application/x-bytecode.python",
	}
	installerTypes = []string{
		"application/x-ms-installer", "application/vnd.debian.binary-package", "application/x-rpm", "application/x-xar",
		"application/x-chrome-extension",
	}
	scriptTypes = []string{
		"text/x-shellscript", "text/x-python", "text/x-perl", "text/x-ruby", "text/x-php", "text/x-lua", "text/x-tcl",
		"text/javascript",
	}
	archiveTypes = []string{
		"application/x-7z-compressed", "application/vnd.rar", "application/x-tar", "application/gzip",
		"application/x-bzip2", "application/x-xz", "application/zstd", "application/lzip", "application/vnd.ms-cab-compressed",
		"application/x-installshield", "application/x-archive", "application/x-cpio",
	}
)

func isMedia(kind string) bool {
	switch kind {
	case "application/ogg", "application/vnd.rn-realmedia-vbr":
		return true
	case "image/vnd.dwg", "image/vnd.dxf", "image/vnd.djvu":
		return false // drawings and scans: documents under other names
	default:
		return strings.HasPrefix(kind, "image/") || strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/")
	}
}

// isPDF looks where readers of PDF look: anywhere in the first 1024 bytes (ISO 32000-1, implementation note 13).
func isPDF(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) }

// under says that a type is another one, or a kind of it.
func under(m *mimetype.MIME, kind string) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is(kind) {
			return true
		}
	}
	return false
}

// readsAsText says that there is no byte that texts do not have.
func readsAsText(head []byte) bool {
	return !bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b
	})
}

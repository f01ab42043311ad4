package media

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// maxName is the longest name of a file, in bytes, on every file system of Linux.
const maxName = 255

// Alternative is the n-th name to try for a file, n counted from 1: itself, then « photo (2).jpg », « photo (3).jpg ». It
// is at most 255 bytes long, cut between two characters, and keeps its extension. It is pure.
func Alternative(name string, n int) string {
	stem, ext := splitExtension(name)
	mark := ""
	if n > 1 {
		mark = fmt.Sprintf(" (%d)", n)
	}
	return cut(stem, maxName-len(mark)-len(ext)) + mark + ext
}

// splitExtension takes the extension off a name, and both of .tar.gz. A name that only begins with a dot has none, nor
// has one whose end is too long or too odd for one.
func splitExtension(name string) (stem, ext string) {
	ext = path.Ext(name)
	if len(ext) < 2 || len(ext) > 16 || ext == name || strings.ContainsAny(ext, " \t") {
		return name, ""
	}
	stem = strings.TrimSuffix(name, ext)
	if inner := path.Ext(stem); strings.EqualFold(inner, ".tar") && inner != stem {
		return strings.TrimSuffix(stem, inner), inner + ext
	}
	return stem, ext
}

// cut shortens a text to a number of bytes, between two characters.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// portable is a name that file systems of other systems take: FAT, exFAT and NTFS refuse some characters, broken UTF-8,
// and a dot or a space at the end.
func portable(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	name = strings.TrimRight(name, ". ")
	if name == "" {
		return "document"
	}
	return name
}

// baseOf is a name without its folders.
func baseOf(name string) string {
	base := name[strings.LastIndexByte(name, '/')+1:]
	if base == "" || base == "." || base == ".." {
		return "document"
	}
	return base
}

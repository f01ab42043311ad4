package triage

import (
	"bytes"
	"slices"
	"strings"

	"estran/session"
)

// opened looks into a file that holds others.
func (k *look) opened(f file, head []byte) {
	open := k.opener(f, head)
	if open == nil {
		if f.what.family == installer || f.what.family == program || slices.Contains(installers, extension(f.name)) {
			return // nobody needs to know what a program holds
		}
		if isVolume(f.name) || isUnopened(f.name, head) || (f.what.family == unknown && len(head) > 0 && isArchive(f.name)) {
			k.raise(session.ReasonNotOpened)
		}
		return
	}
	if isVolume(f.name) {
		k.raise(session.ReasonNotOpened) // a part alone tells nothing of the whole
		return
	}
	_, err := k.safely(func() (int, error) { return 0, open(f) })
	if err != nil {
		k.raise(reasonOf(err))
	}
	// What a document holds besides what carries something is not handed on, nor is what is before an archive.
	if f.depth == 0 {
		k.each = err == nil && !k.isDocument && slices.Contains([]family{zipped, archive}, f.what.family)
	}
}

// opener returns what looks into a file of its kind; nil when it holds nothing.
func (k *look) opener(f file, head []byte) func(file) error {
	switch f.what.kind {
	case "application/x-7z-compressed":
		return k.sevenZip
	case "application/vnd.rar", "application/x-rar-compressed":
		return k.rar
	case "application/x-tar":
		return k.tarFile
	}
	if u := unpackerOf(f.name, head); u != nil {
		return func(f file) error { return k.packed(f, u) }
	}
	if f.what.family == zipped || hasZip(f.content, f.size) {
		return k.zipped
	}
	return nil
}

func isArchive(name string) bool { return slices.Contains(archives, extension(name)) }

// isVolume says that a file is one part of an archive that was cut in pieces: .001 (7-Zip), .z01 (zip), .r00 (RAR).
func isVolume(name string) bool {
	e := extension(name)
	return len(e) == 3 && strings.ContainsRune("0rzs", rune(e[0])) && strings.Trim(e[1:], "0123456789") == "" && e != "000"
}

// unopened are the first bytes of archives that nobody opens here, and where they stand. Sources: the magic numbers of
// file(1), and the formats of 7-Zip.
var unopened = []struct {
	at   int
	mark string
}{
	{0, "MSCF"},
	{0, "ISc("},
	{7, "**ACE**"},
	{0, "\x60\xea"},
	{2, "-lh"},
	{2, "-lz"},
	{0, "ALZ\x01"},
	{0, "EGGA"},
	{0, "SIT!"},
	{0, "StuffIt"},
	{0, "\x04\x22\x4d\x18"},
	{0, "\x02\x21\x4c\x18"},
	{0, "\x1f\x9d"},
	{0, "\x1f\xa0"},
	{0, "\x89LZO\x00"},
	{0, "070701"},
	{0, "070702"},
	{0, "070707"},
	{0, "!<arch>\n"},
	{0, "LRZI"},
	{0, "zPQ"},
	{0, "7kSt"},
	{0, "UHA"},
	{0, "\xff\x06\x00\x00sNaPpY"},
	{0, "PAR2\x00PKT"},
	{0, "xar!"},
}

// isUnopened knows such an archive by its name or, where the mark is long enough not to be a text's, by its bytes.
func isUnopened(name string, head []byte) bool {
	if slices.Contains(closedArchives, extension(name)) {
		return true
	}
	for _, u := range unopened {
		long := len(u.mark) > 3 || isArchive(name)
		if long && len(head) > u.at && bytes.HasPrefix(head[u.at:], []byte(u.mark)) {
			return true
		}
	}
	return false
}

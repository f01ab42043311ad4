package triage

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"

	"estran/session"
)

// HeadSize is how many first bytes of a file Triage wants; a shorter file gives all it has.
const HeadSize = 4096

// Triage judges a file by its name, which may have folders, and its first bytes, and returns what is wrong with it:
// nothing, mostly. It is pure. Whatever it returns makes the file suspect, except session.ReasonEncrypted, which makes
// it unchecked. An empty head is judged by the name alone.
//
// A false alarm is as bad as a miss: it teaches people to click on. So what is merely unknown raises none.
func Triage(name session.Private, head []byte) []session.Reason {
	base := path.Base(name.Reveal())
	ext := extension(base)
	what := sniff(head)

	var reasons []session.Reason
	raise := func(r session.Reason, when bool) {
		if when {
			reasons = append(reasons, r)
		}
	}
	program := slices.Contains(programs, ext) || what.family == program
	install := slices.Contains(installers, ext) || what.family == installer
	shortcut := slices.Contains(shortcuts, ext) || what.family == shortcut || (ext == "" && isDesktopEntry(head))
	raise(session.ReasonAutorun, strings.EqualFold(visible(base), "autorun.inf"))
	raise(session.ReasonProgram, program)
	raise(session.ReasonInstaller, install)
	raise(session.ReasonShortcut, shortcut)
	raise(session.ReasonDiskImage, slices.Contains(images, ext))
	raise(session.ReasonTwoExtensions, (program || install || shortcut) && hasDecoy(base))
	raise(session.ReasonHiddenName, strings.ContainsFunc(name.Reveal(), hides))
	raise(session.ReasonExtensionMismatch, mismatch(ext, what))
	raise(session.ReasonEncrypted, slices.Contains(openXML, ext) && what.kind == "application/x-ole-storage")
	return reasons
}

// extension is what systems take for the extension, in lower case, without the dot; Windows passes over dots and spaces
// at the end of a name.
func extension(base string) string {
	base = visible(base)
	dot := strings.LastIndexByte(base, '.')
	if dot < 0 {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(base[dot+1:]))
}

func visible(base string) string { return strings.TrimRight(base, ". \u00a0") }

// hasDecoy says that the extension before the last one is that of a document: photo.jpg.exe, photo.jpg .exe.
func hasDecoy(base string) bool {
	base = visible(base)
	dot := strings.LastIndexByte(base, '.')
	return dot > 0 && families[extension(base[:dot])] != nil
}

// hides says that a character makes a name look like another: controls, and those that turn the order of the letters
// round. The direction hints (U+200E, U+200F, U+061C) do not count: Arabic and Hebrew systems write them by themselves.
func hides(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	default:
		return false
	}
}

// mismatch says that a file is positively something else than what its extension says.
func mismatch(ext string, what content) bool {
	expected := families[ext]
	if expected == nil || what.family == unknown {
		return false
	}
	return !slices.Contains(expected, what.family)
}

func isDesktopEntry(head []byte) bool { return bytes.HasPrefix(head, []byte("[Desktop Entry]")) }

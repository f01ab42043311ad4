package triage

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"unicode/utf16"

	"estran/session"
)

// closed says that a file is closed by a password or a key, so that nobody could look inside: clamd says OK to such
// files unless it was told otherwise (clamd.conf(5), AlertEncrypted). A mark that happens to stand in an open file
// makes it unchecked, not suspect.
func closed(f io.ReaderAt, size int64, name session.Private, what content) bool {
	switch {
	case slices.Contains(enciphered, extension(name.Reveal())):
		return true
	case what.kind == "application/pdf":
		return contains(f, size, []byte("/Encrypt"))
	case what.kind == "application/x-ole-storage":
		return contains(f, size, wide("EncryptedPackage"))
	case what.family == zipped:
		return closedOpenDocument(f, size)
	default:
		head := make([]byte, 64)
		n, _ := f.ReadAt(head, 0)
		return bytes.HasPrefix(head[:n], []byte("-----BEGIN PGP MESSAGE"))
	}
}

// enciphered are the extensions of files that are nothing but a closed envelope.
var enciphered = []string{"gpg", "pgp", "age", "kdbx", "p7m", "aes", "axx"}

// wide is text as Windows writes it, UTF-16 with the low byte first ([MS-CFB] 2.6.1, names of streams).
func wide(text string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// contains looks for a mark in a whole file, in bounded memory.
func contains(f io.ReaderAt, size int64, mark []byte) bool {
	const piece = 256 << 10
	buf := make([]byte, piece+len(mark))
	for at := int64(0); at < size; at += piece {
		n, err := f.ReadAt(buf, at)
		if bytes.Contains(buf[:n], mark) {
			return true
		}
		if err != nil && err != io.EOF {
			return true // what cannot be read was not looked at
		}
	}
	return false
}

// mostManifest bounds the manifest that is read: a real one has a line a picture.
const mostManifest = 4 << 20

// mostParts bounds the parts of a document: a real one has a picture in each.
const mostParts = 10_000

// closedOpenDocument reads the manifest of an OpenDocument file, which alone tells that its parts are enciphered (ODF
// 1.2 part 3, 3.4.1). Another zip archive has none.
func closedOpenDocument(f io.ReaderAt, size int64) bool {
	end, err := findZipEnd(f, size)
	if err != nil || end.count > mostParts || end.length > mostDirectory {
		return false // what is wrong with it is said elsewhere
	}
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return false
	}
	manifest, err := archive.Open("META-INF/manifest.xml")
	if err != nil {
		return false
	}
	defer manifest.Close()
	text, err := io.ReadAll(io.LimitReader(manifest, mostManifest))
	return err != nil || bytes.Contains(text, []byte("encryption-data")) || len(text) == mostManifest
}

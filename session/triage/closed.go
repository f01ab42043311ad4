package triage

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"

	"estran/session"
)

// closed says that a file is closed by a password or a key, so that nobody could look inside: clamd says OK to such
// files unless it was told otherwise (clamd.conf(5), AlertEncrypted). A mark that happens to stand in an open file
// makes it unchecked, not suspect.
func closed(f io.ReaderAt, size int64, name session.Private, what content) bool {
	switch {
	case slices.Contains(enciphered, extension(name.Reveal())):
		return true
	case what.family == pdf, what.family == ole:
		return false // their own structure says it
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

// mostManifest bounds the manifest that is read: a real one has a line a picture.
const mostManifest = 4 << 20

// mostPieces bounds the parts of a document: a real one has a picture in each.
const mostPieces = 10_000

// closedOpenDocument reads the manifest of an OpenDocument file, which alone tells that its parts are enciphered (ODF
// 1.2 part 3, 3.4.1). Another zip archive has none.
func closedOpenDocument(f io.ReaderAt, size int64) bool {
	end, err := findZipEnd(f, size)
	if err != nil || end.count > mostPieces || end.length > mostDirectory {
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

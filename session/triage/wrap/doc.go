// Package wrap makes archives for tests, of formats that the standard library does not write too: by hand, from their
// specifications, so that no file has to be kept.
package wrap

import "testing"

// File is one file of an archive.
type File struct {
	Name    string
	Content []byte
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

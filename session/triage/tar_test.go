package triage_test

import (
	"slices"
	"testing"

	"estran/session"
	"estran/session/triage/wrap"
)

// What a tar holds last is as near to its end as an archive that was put behind it.
func TestATarThatEndsWithAZip(t *testing.T) {
	inner := wrap.Zip(t, wrap.File{Name: "a.txt", Content: []byte("Bonjour")})
	tar := wrap.Tar(t, wrap.File{Name: "lettre.txt", Content: []byte("Bonjour")}, wrap.File{Name: "photos.zip", Content: inner})
	if got := lookAt(t, "dossier.tar", tar); len(got) > 0 {
		t.Errorf("one that holds it is a false alarm: %v", got)
	}
	if got := lookAt(t, "dossier.tar", append(tar, inner...)); !slices.Contains(got, session.ReasonPolyglot) {
		t.Errorf("one that has another behind it is %v", got)
	}
}

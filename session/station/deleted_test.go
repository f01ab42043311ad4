package station_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"estran/session"
	"estran/session/sessiontest"
)

// TestADeletedDocumentLeavesNoCopy: there is no trash. What was deleted is nowhere in the session's memory.
func TestADeletedDocumentLeavesNoCopy(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	dir := w.sessionDir(t)
	canary := []byte("canary-of-a-deleted-letter-51c0")
	if err := os.WriteFile(filepath.Join(dir, "documents", "lettre.txt"), canary, 0o600); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "counted", func(s session.Status) bool { return s.Documents.Count == 1 })
	if copies(t, dir, canary) != 1 {
		t.Fatal("the look is blind: it does not find the letter")
	}
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), documents[0].ID); err != nil {
		t.Fatal(err)
	}
	if n := copies(t, dir, canary); n != 0 {
		t.Errorf("%d files hold what was deleted", n)
	}
}

// copies counts the files under a directory that hold a text.
func copies(t *testing.T, dir string, text []byte) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, text) {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

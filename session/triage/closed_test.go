package triage

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"estran/session"
)

func zipOf(t *testing.T, comment string, entries map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, content := range entries {
		e, err := w.Create(name)
		if err == nil {
			_, err = e.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestClosed(t *testing.T) {
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	odt := map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
	manifest := func(text string) map[string]string {
		return map[string]string{"mimetype": odt["mimetype"], "content.xml": "<x/>", "META-INF/manifest.xml": text}
	}
	for name, c := range map[string]struct {
		file    session.Private
		content []byte
		want    bool
	}{
		"an old document":           {"a.doc", ole, false},
		"an OpenDocument":           {"a.odt", zipOf(t, "", manifest("<manifest/>")), false},
		"an OpenDocument, closed":   {"a.odt", zipOf(t, "", manifest("<manifest:encryption-data/>")), true},
		"a zip of something else":   {"a.zip", zipOf(t, "", map[string]string{"a.txt": "encryption-data"}), false},
		"a letter in an envelope":   {"a.txt.gpg", []byte("\x85\x01\x0c\x03"), true},
		"a message in an envelope":  {"a.asc", []byte("-----BEGIN PGP MESSAGE-----\n"), true},
		"a public key is no secret": {"a.asc", []byte("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"), false},
		"a text":                    {"a.txt", []byte("Bonjour"), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := closed(bytes.NewReader(c.content), int64(len(c.content)), c.file, sniff(c.content)); got != c.want {
				t.Errorf("closed is %v", got)
			}
		})
	}
}

// A comment that looks like the end of another, harmless archive hides what the first one holds.
func TestAnArchiveWithTwoEndsIsRefused(t *testing.T) {
	harmless := zipOf(t, "", map[string]string{"a.txt": "x"})
	for name, c := range map[string]struct {
		comment string
		want    error
	}{
		"no comment":         {"", nil},
		"a comment":          {"photos de vacances", nil},
		"an end record":      {string(harmless[len(harmless)-endSize:]), errTwoEnds},
		"a whole archive":    {string(harmless), errTwoEnds},
		"a mark and no more": {"PK\x05\x06", errTwoEnds},
	} {
		t.Run(name, func(t *testing.T) {
			archive := zipOf(t, c.comment, map[string]string{"b.txt": "y"})
			if _, err := findZipEnd(bytes.NewReader(archive), int64(len(archive))); !errors.Is(err, c.want) {
				t.Errorf("it is %v, want %v", err, c.want)
			}
		})
	}
}

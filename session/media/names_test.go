package media_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"estran/session"
	"estran/session/media"
)

func TestAlternative(t *testing.T) {
	long := strings.Repeat("é", 200)
	cases := []struct {
		name string
		n    int
		want string
	}{
		{"photo.jpg", 1, "photo.jpg"},
		{"photo.jpg", 2, "photo (2).jpg"},
		{"photo.jpg", 12, "photo (12).jpg"},
		{"photo (2).jpg", 2, "photo (2) (2).jpg"},
		{"archive.tar.gz", 2, "archive (2).tar.gz"},
		{"LISEZMOI", 3, "LISEZMOI (3)"},
		{".caché", 2, ".caché (2)"},
		{"1. Introduction", 2, "1. Introduction (2)"},
		{"a.", 2, "a. (2)"},
		{"a.extensionbeaucouptroplongue", 2, "a.extensionbeaucouptroplongue (2)"},
		{long + ".pdf", 1, strings.Repeat("é", 125) + ".pdf"},
		{long + ".pdf", 2, strings.Repeat("é", 123) + " (2).pdf"},
		{strings.Repeat("x", 255), 1, strings.Repeat("x", 255)},
		{strings.Repeat("x", 255), 2, strings.Repeat("x", 251) + " (2)"},
	}
	for _, c := range cases {
		if got := media.Alternative(c.name, c.n); got != c.want {
			t.Errorf("name %d for %q is %q, want %q", c.n, c.name, got, c.want)
		}
	}
}

func FuzzAlternative(f *testing.F) {
	f.Add("photo.jpg", 2)
	f.Add(strings.Repeat("é", 200)+".tar.gz", 100)
	f.Add("\xff\xfe.\xfd", 3)
	f.Fuzz(func(t *testing.T, name string, n int) {
		if name == "" || len(name) > 4096 || n < 1 || n > 1_000_000 {
			t.Skip()
		}
		got := media.Alternative(name, n)
		if len(got) > 255 || got == "" {
			t.Errorf("%q is %d bytes long", got, len(got))
		}
		if utf8.ValidString(name) && !utf8.ValidString(got) {
			t.Errorf("%q is cut in the middle of a character", got)
		}
		if n == 1 && len(name) <= 255 && got != name {
			t.Errorf("%q became %q without need", name, got)
		}
		if n > 1 && got == media.Alternative(name, n-1) {
			t.Errorf("names %d and %d are the same", n-1, n)
		}
	})
}

func TestGiveKeepsSameNamesApart(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "photo.jpg"), []byte("la première"))
	for _, want := range []session.Private{"photo (2).jpg", "photo (3).jpg"} {
		f, err := media.Stage(dir)
		check(t, err)
		_, err = f.WriteString("une autre")
		check(t, err)
		got, err := media.Give(f, dir, "DCIM/100/photo.jpg")
		check(t, err)
		check(t, f.Close())
		if got != want {
			t.Errorf("it is named %q, want %q", got.Reveal(), want.Reveal())
		}
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "photo.jpg")); string(b) != "la première" {
		t.Errorf("the first photo is now %q", b)
	}
	if got := entries(t, dir); got != "photo (2).jpg | photo (3).jpg | photo.jpg" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestGiveKeepsEveryName(t *testing.T) {
	dir := t.TempDir()
	for _, name := range hostile {
		f, err := media.Stage(dir)
		check(t, err)
		got, err := media.Give(f, dir, session.Private(name))
		check(t, err)
		check(t, f.Close())
		if got.Reveal() != name {
			t.Errorf("%q became %q", name, got.Reveal())
		}
	}
}

func TestGiveDoesNotLeaveTheFolder(t *testing.T) {
	for _, name := range []session.Private{"..", "a/..", "../../x", "/etc/x", "", ".", "a/"} {
		dir := t.TempDir()
		inner := filepath.Join(dir, "inner")
		check(t, os.Mkdir(inner, 0o755))
		f, err := media.Stage(inner)
		check(t, err)
		_, err = media.Give(f, inner, name)
		check(t, err)
		check(t, f.Close())
		if got := entries(t, dir); got != "inner" {
			t.Errorf("%q was given outside: %s", name.Reveal(), got)
		}
	}
}

func TestAStagedFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := media.Stage(dir)
	check(t, err)
	_, err = f.WriteString("à Zoé")
	check(t, err)
	if got := entries(t, dir); got != "" {
		t.Errorf("a staged file is seen: %s", got)
	}
	check(t, f.Close())
	if got := entries(t, dir); got != "" {
		t.Errorf("a closed staged file is left: %s", got)
	}
}

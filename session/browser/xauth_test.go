package browser

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func entry(family byte, address, number, name, data string) []byte {
	out := []byte{0, family}
	for _, f := range []string{address, number, name, data} {
		out = append(out, byte(len(f)>>8), byte(len(f)))
		out = append(out, f...)
	}
	return out
}

func TestWildCookie(t *testing.T) {
	file := append(entry(1, "host", "1", "MIT-MAGIC-COOKIE-1", "other"), entry(0, "host", "0", "MIT-MAGIC-COOKIE-1", "cookie")...)
	want := append([]byte{0xff, 0xff}, entry(0, "", "0", "MIT-MAGIC-COOKIE-1", "cookie")[2:]...)
	if got := wildCookie(file, ":0.0"); !bytes.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := wildCookie(file, ":2"); got != nil {
		t.Errorf("another display's cookie was given: %q", got)
	}
}

func TestWildCookieReadsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wildCookie(rapid.SliceOf(rapid.Byte()).Draw(t, "file"), ":0")
	})
}

package triage

import (
	"strings"
	"testing"
)

func FuzzZipContents(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := zipContents(strings.NewReader(string(b)), int64(len(b)))
		if in.total < 0 || in.largest > in.total {
			t.Errorf("an archive holds %d bytes, and an entry of %d", in.total, in.largest)
		}
	})
}

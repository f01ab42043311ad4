package activity

import (
	"bytes"
	"testing"
)

// FuzzParse: whatever stands in the file, what was read of it is sound, and reads the same again.
func FuzzParse(f *testing.F) {
	var l ledger
	codes := map[string][]string{}
	for _, m := range Margins() {
		codes[m] = Codes(m)[:1]
	}
	for _, day := range []string{"2026-10-30", "2026-11-23", "2026-11-24"} {
		l.add(day, codes)
	}
	whole, err := l.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[20:])
	f.Add([]byte("estran-activity 1\nend 0\n"))
	f.Add([]byte("estran-activity 2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parse(data)
		if err != nil {
			return
		}
		again, err := p.encode()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		q, err := parse(again)
		if err != nil || q.spoilt {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if third, err := q.encode(); err != nil || !bytes.Equal(third, again) {
			t.Fatalf("it reads otherwise: %v", err)
		}
	})
}

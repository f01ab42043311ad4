package daybook

import (
	"bytes"
	"testing"
	"time"
)

// FuzzRead: whatever stands in the file, reading it ends, gives only sound entries, and what is written after an
// unbroken book leaves it unbroken; after a broken one, the same line stays the first broken.
func FuzzRead(f *testing.F) {
	entry := Entry{Time: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), What: MaintenanceBegun, Who: "marie", Reason: "« é » <&>"}
	var book []byte
	for range 3 {
		more, err := following(bytes.NewReader(book), int64(len(book)), entry)
		if err != nil {
			f.Fatal(err)
		}
		book = append(book, more...)
	}
	f.Add(book)
	f.Add(book[:len(book)-9])
	f.Add(book[100:])
	f.Add([]byte("{}\n"))
	f.Add([]byte("\n\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		before := parse(data)
		for _, e := range before.Entries {
			if err := e.check(); err != nil {
				t.Fatalf("%+v was read: %v", e, err)
			}
		}
		more, err := following(bytes.NewReader(data), int64(len(data)), entry)
		if err != nil {
			return // its last line is none of ours
		}
		after := parse(append(bytes.Clone(data), more...))
		switch {
		case after.Cut:
			t.Fatal("a write left a cut line")
		case before.Broken == nil && after.Broken != nil:
			t.Fatalf("a write broke the book: %v", after.Broken)
		case before.Broken != nil && (after.Broken == nil || *after.Broken != *before.Broken):
			t.Fatalf("a write hid %v: %v", before.Broken, after.Broken)
		}
	})
}

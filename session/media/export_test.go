package media

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// Only makes a key of one disk and its partitions, whatever drive it is on: no loop device is a USB key.
func (u *UDisks) Only(disk string) {
	u.isKey = func(b block, _ drive) bool { return b.device == disk || strings.HasPrefix(b.device, disk+"p") }
}

// MarkDirtyNTFS marks an NTFS volume as one that was pulled out: it finds the mark by the version that stands before it, 3.1.
func MarkDirtyNTFS(t *testing.T, f *os.File) {
	t.Helper()
	image := make([]byte, 8<<20)
	if _, err := f.ReadAt(image, 0); err != nil {
		t.Fatal(err)
	}
	name := []byte{'Z', 0, 'O', 0, 'E', 0} // the label stands in the same record, before it
	at := bytes.Index(image, name)
	mark := bytes.Index(image[max(at, 0):], []byte{3, 1, 0, 0})
	if at < 0 || mark < 0 {
		t.Fatal("the mark is not found")
	}
	if _, err := f.WriteAt([]byte{1}, int64(at+mark+2)); err != nil {
		t.Fatal(err)
	}
}

// Roots are descriptors of the top folders of a key.
func (m *Medium) Roots() []int {
	var roots []int
	for _, p := range m.parts {
		roots = append(roots, p.root)
	}
	return roots
}

// JournalHolds says that something of ours waits in the journal of a file system.
func JournalHolds(ctx context.Context, dev io.ReaderAt) bool {
	j := liveJournal(dev)
	return j != nil && j.holds(ctx, oursInJournal)
}

package media_test

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/media"
)

// An antivirus that was handed a copy holds it beyond the scan that was given up.
func TestDiscardEmptiesWhatAnotherStillHolds(t *testing.T) {
	staged, err := media.Stage(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := staged.WriteString("the visitor's letter"); err != nil {
		t.Fatal(err)
	}
	fd, err := unix.Dup(int(staged.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	held := os.NewFile(uintptr(fd), "held")
	defer held.Close()
	media.Discard(staged)
	got := make([]byte, 64)
	if n, _ := held.ReadAt(got, 0); n != 0 {
		t.Errorf("whoever still holds the copy reads %d bytes of it", n)
	}
	if _, err := staged.Stat(); err == nil {
		t.Error("the copy is still open")
	}
}

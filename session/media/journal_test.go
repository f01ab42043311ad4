package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"estran/session"
	"estran/session/media"
)

// pulledWhile is a copy of a key as it is on the device while something goes on.
func pulledWhile(t *testing.T, img string, something func(at string)) string {
	t.Helper()
	at := t.TempDir()
	run(t, "mount", "-o", "loop", img, at)
	something(at)
	pulled := img + ".pulled"
	run(t, "cp", img, pulled)
	umount(t, at)
	return pulled
}

// fsync has a file in the journal, and not more: its folder is written to its place later.
func fsync(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	check(t, err)
	check(t, f.Sync())
	check(t, f.Close())
}

// A key may be pulled between the moment its journal has the marker, or the name it is written under, and the one its folder
// has.
func TestWhatOnlyTheJournalHasIsSwept(t *testing.T) {
	text := read(t, leftMarker(t), marker)
	for _, name := range []string{marker, ".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part"} {
		pulled := pulledWhile(t, image(t, 32, ""), func(at string) {
			write(t, filepath.Join(at, name), text)
			fsync(t, filepath.Join(at, name))
		})
		m := open(t, pulled)
		if got := namesOf(list(t, m)); got != "" {
			t.Fatalf("the folder has %s already: this test looks at something else", got)
		}
		check(t, m.Sweep(t.Context()))
		if m.Problem() != session.MediumUnfinished {
			t.Errorf("%s: the problem is %q", name, m.Problem())
		}
		check(t, m.Eject(t.Context()))
		run(t, "e2fsck", "-f", "-n", pulled)
		if got := entries(t, mounted(t, pulled)); got != "" {
			t.Errorf("the key holds %s", got)
		}
	}
}

// Whoever ends their session does not wait for what a key says of itself.
func TestSweepingEndsWithItsContext(t *testing.T) {
	pulled := pulledWhile(t, image(t, 32, ""), func(at string) {
		write(t, filepath.Join(at, marker), nil)
		fsync(t, filepath.Join(at, marker))
	})
	m := open(t, pulled)
	ended, end := context.WithCancel(t.Context())
	end()
	if err := m.Sweep(ended); !errors.Is(err, context.Canceled) || m.Problem() != session.MediumFine {
		t.Errorf("%v, and the problem is %q", err, m.Problem())
	}
}

// The journal still has what an older delivery wrote to it. That is past: a key that was pulled out of another computer
// since is not written by looking.
func TestAMarkerOfThePastIsNoReasonToWrite(t *testing.T) {
	img := image(t, 32, "")
	m := open(t, img)
	check(t, put(t.Context(), t, m, "a.txt", noise(1000)))
	check(t, m.Eject(t.Context()))
	if !bytes.Contains(read(t, img), []byte(marker)) {
		t.Fatal("the journal has nothing of the delivery: this test looks at something else")
	}
	pulled := pulledWhile(t, img, func(at string) {
		write(t, filepath.Join(at, "b.txt"), []byte("y"))
		fsync(t, filepath.Join(at, "b.txt"))
	})
	before := read(t, pulled)
	m = open(t, pulled)
	check(t, m.Sweep(t.Context()))
	if m.Problem() != session.MediumFine {
		t.Errorf("the problem is %q", m.Problem())
	}
	check(t, m.Eject(t.Context()))
	if !bytes.Equal(before, read(t, pulled)) {
		t.Error("the key was written")
	}
}

// FuzzJournal: whatever a key says of its journal, looking for a marker in it ends without a fault.
func FuzzJournal(f *testing.F) {
	superblock := make([]byte, 1024)
	superblock[253] = 1 // it has a copy of where the journal is: one extent of 16 blocks from block 8
	copy(superblock[268:], []byte{0x0a, 0xf3, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 8, 0, 0, 0})
	words := func(w ...uint32) []byte {
		var b []byte
		for _, n := range w {
			b = binary.BigEndian.AppendUint32(b, n)
		}
		return b
	}
	head := append(words(0xc03b3998, 4, 0, 1024, 16, 1, 7, 1), make([]byte, 1024-32)...)
	head = append(head, append(words(0xc03b3998, 1, 7), make([]byte, 1024-12)...)...)
	head = append(head, marker...)
	f.Add(uint64(8192), superblock, head)
	f.Fuzz(func(t *testing.T, at uint64, superblock, block []byte) {
		image := make([]byte, 64<<10)
		copy(image[1024:2048], superblock)
		copy(image[at%uint64(len(image)):], block)
		media.JournalHolds(t.Context(), bytes.NewReader(image))
	})
}

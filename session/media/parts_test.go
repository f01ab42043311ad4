package media_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/media"
)

// withFile is an image of some MiB with one file.
func withFile(t *testing.T, size int64, name string, content []byte) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, name), content)
	return image(t, size, dir)
}

// encrypted is an image with the header of LUKS.
func encrypted(t *testing.T) string {
	t.Helper()
	img := filepath.Join(t.TempDir(), "luks.img")
	write(t, img, append([]byte("LUKS\xba\xbe\x00\x01"), make([]byte, 1<<20)...))
	return img
}

func empty(t *testing.T) string {
	t.Helper()
	img := filepath.Join(t.TempDir(), "empty.img")
	write(t, img, make([]byte, 1<<20))
	return img
}

// damaged is an image whose file system the kernel refuses.
func damaged(t *testing.T) string {
	t.Helper()
	img := image(t, 8, "")
	f, err := os.OpenFile(img, os.O_WRONLY, 0)
	check(t, err)
	defer f.Close()
	_, err = f.WriteAt(bytes.Repeat([]byte{0xee}, 48), 1024) // its number of blocks, among others
	check(t, err)
	return img
}

func openParts(t *testing.T, first string, more ...string) *media.Medium {
	t.Helper()
	m, err := media.Open(t.Context(), media.Partitions(first, more...))
	check(t, err)
	t.Cleanup(func() { m.Close() })
	return m
}

func namesOf(files []media.File) string {
	var names []string
	for _, f := range files {
		names = append(names, f.Name.Reveal())
	}
	return strings.Join(names, " | ")
}

func TestAKeyOfSeveralPartitions(t *testing.T) {
	one, two := withFile(t, 8, "a.txt", []byte("un")), withFile(t, 16, "d/a.txt", []byte("deux"))
	m := openParts(t, one, empty(t), two)
	files := list(t, m)
	if got := namesOf(files); got != "Partie 1/a.txt | Partie 2/d/a.txt" {
		t.Errorf("listed %s", got)
	}
	for i, want := range []string{"un", "deux"} {
		dst := staged(t)
		check(t, m.Copy(t.Context(), files[i].ID, dst, nil))
		if got := string(content(t, dst)); got != want {
			t.Errorf("file %d holds %q, want %q", i, got, want)
		}
	}
	if m.Problem() != session.MediumFine {
		t.Errorf("the problem is %q: nothing is missing", m.Problem())
	}
	var some []media.File
	err := m.List(t.Context(), 1, func(f media.File) { some = append(some, f) })
	if !errors.Is(err, media.ErrTooMany) || len(some) != 1 {
		t.Errorf("of two files at most one: %d, %v", len(some), err)
	}
	if used, err := media.InUse(m.Source()); err != nil || !used {
		t.Errorf("an open key is not in use: %v, %v", used, err)
	}
	check(t, m.Eject(t.Context()))
	unused(t, one)
	unused(t, two)
	if m.Present() || m.Writable() {
		t.Error("a key that was given back is present or writable")
	}
}

// In use is in use, whichever of its partitions is: a wipe looks at all of them.
func TestInUseLooksAtEveryPartition(t *testing.T) {
	one, two := withFile(t, 8, "a", nil), withFile(t, 8, "b", nil)
	for _, open := range [][]string{{one}, {two}} {
		m := openParts(t, open[0])
		if used, err := media.InUse(media.Partitions(one, two)); err != nil || !used {
			t.Errorf("%v, %v", used, err)
		}
		check(t, m.Eject(t.Context()))
	}
	if used, err := media.InUse(media.Partitions(one, two)); err != nil || used {
		t.Errorf("when none is: %v, %v", used, err)
	}
}

// What cannot be opened beside what can is told, and nothing else of it: the files that can be read have no folder more.
func TestAKeyOfWhichAPartIsClosed(t *testing.T) {
	for name, closed := range map[string]string{"encrypted": encrypted(t), "damaged": damaged(t)} {
		m := openParts(t, closed, withFile(t, 8, "a.txt", []byte("x")))
		if got := namesOf(list(t, m)); got != "a.txt" || m.Problem() != session.MediumPartly {
			t.Errorf("%s: listed %s, the problem is %q", name, got, m.Problem())
		}
		check(t, m.Eject(t.Context()))
		unused(t, closed)
	}
}

func TestAKeyOfWhichNothingCanBeOpened(t *testing.T) {
	needRoot(t)
	for want, parts := range map[session.MediumProblem][]string{
		session.MediumEncrypted:   {empty(t), encrypted(t), damaged(t)},
		session.MediumDamaged:     {empty(t), damaged(t)},
		session.MediumEmpty:       {empty(t), empty(t)},
		session.MediumNotReadable: {empty(t), filepath.Join(t.TempDir(), "gone")},
	} {
		m, err := media.Open(t.Context(), media.Partitions(parts[0], parts[1:]...))
		if media.ProblemOf(err) != want || m != nil {
			t.Errorf("the problem is %q, want %q: %v", media.ProblemOf(err), want, err)
		}
		for _, img := range parts[:len(parts)-1] {
			unused(t, img)
		}
	}
}

// Documents go to the first partition that takes them, and no further than there is room.
func TestDocumentsGoToTheFirstPartitionWithRoom(t *testing.T) {
	one, two := withFile(t, 8, "là avant", noise(100)), withFile(t, 32, "là avant", noise(200))
	m := openParts(t, one, two)
	free, err := m.Free()
	check(t, err)
	if free < 20<<20 || free > 32<<20 {
		t.Errorf("%d bytes are free, where a document could be of about 28 MiB", free)
	}
	d, err := m.Deliver(t.Context())
	check(t, err)
	for name, size := range map[string]int{"petit": 1000, "grand": 12 << 20} {
		check(t, d.Put(t.Context(), session.Private(name), document(t, noise(size)), int64(size), nil))
	}
	if err := d.Put(t.Context(), "trop", document(t, noise(40<<20)), 40<<20, nil); !errors.Is(err, session.ErrFull) {
		t.Errorf("more than any has room for: %v", err)
	}
	check(t, d.Close())
	check(t, m.Eject(t.Context()))
	if got := entries(t, mounted(t, one)); got != "là avant | petit" {
		t.Errorf("the first holds %s", got)
	}
	if got := entries(t, mounted(t, two)); got != "grand | là avant" {
		t.Errorf("the second holds %s", got)
	}
}

func TestDocumentsPassOverAProtectedPartition(t *testing.T) {
	one := loopDevice(t, withFile(t, 8, "a", nil), "--read-only")
	two := withFile(t, 8, "b", nil)
	m := openParts(t, one, two)
	if !m.Writable() {
		t.Error("it says it cannot be written")
	}
	check(t, put(t.Context(), t, m, "cv.pdf", noise(1000)))
	check(t, m.Eject(t.Context()))
	if got := entries(t, mounted(t, two)); got != "b | cv.pdf" {
		t.Errorf("the second holds %s", got)
	}
	m = openParts(t, one, loopDevice(t, two, "--read-only"))
	if err := put(t.Context(), t, m, "cv.pdf", noise(1000)); !errors.Is(err, session.ErrReadOnly) || m.Writable() {
		t.Errorf("both are protected: %v", err)
	}
	check(t, m.Close())
}

// One key, one pull: when one of its partitions answers no more, all of it is gone.
func TestAKeyOfSeveralPartitionsIsPulled(t *testing.T) {
	needRoot(t)
	key := pulls(t)["a device gives errors"]
	first, pull := key(t, t.TempDir())
	path := first.Source().Path
	check(t, first.Close())
	m := openParts(t, withFile(t, 8, "a", []byte("x")), path)
	files := list(t, m)
	d, err := m.Deliver(t.Context())
	check(t, err)
	pull()
	if m.Present() {
		t.Error("it is still present")
	}
	if err := d.Put(t.Context(), "cv.pdf", document(t, noise(1000)), 1000, nil); !errors.Is(err, media.ErrPulled) {
		t.Errorf("putting: %v", err)
	}
	_ = d.Close()
	_ = m.Copy(t.Context(), files[0].ID, staged(t), nil) // it may be in memory yet
	if err := m.Eject(t.Context()); !errors.Is(err, media.ErrPulled) {
		t.Errorf("giving it back: %v", err)
	}
}

// Two visitors' keys are never told apart by what they call themselves: sources are compared by where they are.
func TestSourcesAreCompared(t *testing.T) {
	if media.Partitions("/dev/a") != (media.Source{Path: "/dev/a", Device: true}) || media.Partitions("/dev/a", "/dev/b") == media.Partitions("/dev/a") {
		t.Error("sources are not compared by their devices")
	}
}

// A slow key is given all the time that it takes, and can be cut at any moment of it.
func TestOpeningCanBeCut(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	start := time.Now()
	m, err := media.Open(ctx, media.Partitions(withFile(t, 8, "a", nil)))
	if !errors.Is(err, context.Canceled) || m != nil || time.Since(start) > 10*time.Second {
		t.Errorf("%v, %v", m, err)
	}
}

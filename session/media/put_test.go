package media_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"estran/session"
	"estran/session/media"
)

// keys are an empty key of each kind, and what looks at its files afterwards.
func keys(t *testing.T, size int64) map[string]func(t *testing.T) (m *media.Medium, look func() string) {
	all := map[string]func(t *testing.T) (*media.Medium, func() string){
		"a folder": func(t *testing.T) (*media.Medium, func() string) {
			dir := t.TempDir()
			return open(t, dir), func() string { return dir }
		},
	}
	if os.Getuid() != 0 {
		t.Log("without root, devices are left out")
		return all
	}
	all["a device"] = func(t *testing.T) (*media.Medium, func() string) {
		img := image(t, size, "")
		m := open(t, img)
		return m, func() string {
			check(t, m.Eject(t.Context()))
			return mounted(t, img)
		}
	}
	return all
}

// mounted mounts an image as any other computer would, and returns where.
func mounted(t *testing.T, img string) string {
	t.Helper()
	dir := t.TempDir()
	run(t, "mount", "-o", "loop", img, dir)
	t.Cleanup(func() { umount(t, dir) })
	return dir
}

func read(t *testing.T, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	check(t, err)
	return b
}

func TestPut(t *testing.T) {
	for kind, key := range keys(t, 32) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			documents := map[session.Private][]byte{
				"attestation CAF.pdf": noise(5<<20 + 3),
				"vide.txt":            nil,
				"a\u202eb\n\x1b[31m":  noise(10),
			}
			for name, b := range documents {
				var told int64
				check(t, m.Put(t.Context(), name, document(t, b), int64(len(b)), func(n int64) { told += n }))
				if told != int64(len(b)) {
					t.Errorf("of %d bytes %d were told", len(b), told)
				}
			}
			dir := look()
			for name, b := range documents {
				if !bytes.Equal(read(t, dir, name.Reveal()), b) {
					t.Errorf("%q is not what was put there", name.Reveal())
				}
			}
			if got := strings.Count(entries(t, dir), "|"); got != 2 {
				t.Errorf("the key holds %s", entries(t, dir))
			}
		})
	}
}

func TestPutReplacesNothing(t *testing.T) {
	for kind, key := range keys(t, 32) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			for _, b := range []string{"un", "deux", "trois"} {
				check(t, put(t.Context(), t, m, "cv.pdf", []byte(b)))
			}
			dir := look()
			for name, want := range map[string]string{"cv.pdf": "un", "cv (2).pdf": "deux", "cv (3).pdf": "trois"} {
				if got := read(t, dir, name); string(got) != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestPutOnAFullKey(t *testing.T) {
	for kind, key := range keys(t, 8) {
		if kind == "a folder" {
			continue // it is as big as the disk
		}
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			check(t, put(t.Context(), t, m, "là avant.pdf", noise(1<<20)))
			err := put(t.Context(), t, m, "trop.pdf", noise(20<<20))
			if !errors.Is(err, session.ErrFull) || media.ProblemOf(err) != session.MediumFull {
				t.Errorf("20 MiB on 8 MiB: %v, %q", err, media.ProblemOf(err))
			}
			// As full as the free space says it can be: the last block may not be had, but nothing may be lost.
			free, err := m.Free()
			check(t, err)
			if err := put(t.Context(), t, m, "juste.pdf", noise(int(free)-64<<10)); err != nil && !errors.Is(err, session.ErrFull) {
				t.Errorf("to the brim: %v", err)
			}
			dir := look()
			if !bytes.Equal(read(t, dir, "là avant.pdf"), noise(1<<20)) {
				t.Error("what was there before is lost")
			}
			if got := entries(t, dir); strings.Contains(got, "trop") || strings.Contains(got, ".part") {
				t.Errorf("the key holds %s", got)
			}
		})
	}
}

func TestPutOnAReadOnlyKey(t *testing.T) {
	needRoot(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), []byte("x"))
	img := image(t, 8, dir)
	keys := map[string]func(t *testing.T) string{
		"a write-protected device": func(t *testing.T) string { return loopDevice(t, img, "--read-only") },
		"a folder on a read-only mount": func(t *testing.T) string {
			at := t.TempDir()
			run(t, "mount", "-o", "loop,ro", img, at)
			t.Cleanup(func() { umount(t, at) })
			return at
		},
	}
	for kind, key := range keys {
		t.Run(kind, func(t *testing.T) {
			m := open(t, key(t))
			if m.Writable() {
				t.Error("it says it can be written")
			}
			named(t, m, "a.txt")
			err := put(t.Context(), t, m, "b.txt", []byte("y"))
			if !errors.Is(err, session.ErrReadOnly) || media.ProblemOf(err) != session.MediumReadOnly {
				t.Errorf("a document was put on it: %v", err)
			}
			check(t, m.Close())
		})
	}
}

// A document that changes while it is put gives a copy of no moment: it must not get a name.
func TestPutThatReadsBackDifferently(t *testing.T) {
	for kind, key := range keys(t, 32) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			b := noise(5 << 20)
			doc := document(t, b)
			var told int64
			err := m.Put(t.Context(), "cv.pdf", doc, int64(len(b)), func(n int64) {
				if told += n; told == int64(len(b)) { // all is written, nothing was read back
					_, err := doc.WriteAt([]byte{b[1000] ^ 1}, 1000)
					check(t, err)
				}
			})
			if !errors.Is(err, media.ErrDiffers) || media.ProblemOf(err) != session.MediumWriteFailed {
				t.Errorf("%v", err)
			}
			if got := entries(t, look()); got != "" {
				t.Errorf("the key holds %s", got)
			}
		})
	}
}

func TestPutOfADocumentThatShrinks(t *testing.T) {
	m := open(t, t.TempDir())
	if err := m.Put(t.Context(), "a", document(t, noise(10)), 20, nil); !errors.Is(err, media.ErrChanged) {
		t.Errorf("%v", err)
	}
	if got := entries(t, m.Source().Path); got != "" {
		t.Errorf("the key holds %s", got)
	}
}

func TestPutCanBeCut(t *testing.T) {
	for kind, key := range keys(t, 64) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			ctx, cancel := context.WithCancel(t.Context())
			b := noise(20 << 20)
			err := m.Put(ctx, "cv.pdf", document(t, b), int64(len(b)), func(int64) { cancel() })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
			check(t, put(t.Context(), t, m, "après.pdf", []byte("x")))
			if got := entries(t, look()); got != "après.pdf" {
				t.Errorf("the key holds %s", got)
			}
		})
	}
}

func TestPutSweepsWhatACutCopyLeft(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part"), []byte("la moitié"))
	write(t, filepath.Join(dir, ".estran-ABC.part"), []byte("à quelqu'un"))
	write(t, filepath.Join(dir, ".estran-notes"), []byte("à quelqu'un"))
	m := open(t, dir)
	check(t, put(t.Context(), t, m, "a.txt", []byte("x")))
	if got := entries(t, dir); got != ".estran-ABC.part | .estran-notes | a.txt" {
		t.Errorf("the key holds %s", got)
	}
}

// Two copies at once must both arrive, under two names.
func TestPutsAtOnce(t *testing.T) {
	for kind, key := range keys(t, 32) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			errs := make(chan error)
			for range 8 {
				go func() { errs <- put(t.Context(), t, m, "cv.pdf", []byte("x")) }()
			}
			for range 8 {
				check(t, <-errs)
			}
			if got := strings.Count(entries(t, look()), "cv"); got != 8 {
				t.Errorf("of 8 documents %d are there", got)
			}
		})
	}
}

func TestADeviceIsReadOnlyBetweenCopies(t *testing.T) {
	img := image(t, 32, "")
	m := open(t, img)
	before := read(t, img)
	list(t, m)
	check(t, m.Close())
	if !bytes.Equal(before, read(t, img)) {
		t.Error("reading a key changed it")
	}

	m = open(t, img)
	check(t, put(t.Context(), t, m, "a.txt", []byte("x")))
	after := read(t, img)
	if bytes.Equal(before, after) {
		t.Error("the document is not on the device yet")
	}
	list(t, m)
	// Pulled out now, without a word, it must be whole: what the next computer finds is clean.
	check(t, os.WriteFile(img+".pulled", after, 0o600))
	run(t, "e2fsck", "-f", "-n", img+".pulled")
}

func loopDevice(t *testing.T, img string, options ...string) string {
	t.Helper()
	needRoot(t)
	need(t, "losetup")
	out := output(t, "losetup", append(append([]string{"--find", "--show"}, options...), img)...)
	dev := strings.TrimSpace(out)
	t.Cleanup(func() { run(t, "losetup", "--detach", dev) })
	return dev
}

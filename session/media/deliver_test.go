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

const marker = "COPIE EN COURS - fichiers incomplets.txt"

// At no moment of a delivery is there a byte of a document on the key without the marker: not even when the key is pulled
// out, and read by a computer that replays no journal.
func TestADeliveryIsMarked(t *testing.T) {
	img := image(t, 32, "")
	m := open(t, img)
	d, err := m.Deliver(t.Context())
	check(t, err)
	pulled := img + ".pulled"
	for _, name := range []session.Private{"un", "deux"} {
		b := noise(6 << 20)
		check(t, d.Put(t.Context(), name, document(t, b), int64(len(b)), func(int64) {
			check(t, os.WriteFile(pulled, read(t, img), 0o600))
			p := open(t, pulled)
			if got := namesOf(list(t, p)); !strings.Contains(got, marker) {
				t.Errorf("pulled out now, the key shows %s", got)
			}
			check(t, p.Close())
		}))
	}
	check(t, d.Close())
	check(t, d.Close())
	if err := d.Put(t.Context(), "trois", document(t, nil), 0, nil); err == nil {
		t.Error("a document was put after the end")
	}
	check(t, m.Eject(t.Context()))
	if got := entries(t, mounted(t, img)); got != "deux | un" {
		t.Errorf("the key holds %s", got)
	}
}

// What a cut copy left goes at the next plug, the visitor is told, and all that was theirs is there, untouched.
func TestACutDeliveryIsSweptAtTheNextPlug(t *testing.T) {
	img := withFile(t, 32, "là avant", noise(1<<20))
	m := open(t, img)
	d, err := m.Deliver(t.Context())
	check(t, err)
	check(t, d.Put(t.Context(), "entier", document(t, noise(1000)), 1000, nil))
	pulled := img + ".pulled"
	check(t, d.Put(t.Context(), "coupé", document(t, noise(6<<20)), 6<<20, func(int64) {
		if _, err := os.Stat(pulled); err != nil {
			check(t, os.WriteFile(pulled, read(t, img), 0o600))
		}
	}))
	check(t, d.Close())
	check(t, m.Eject(t.Context()))

	m = open(t, pulled)
	check(t, m.Sweep(t.Context()))
	if m.Problem() != session.MediumUnfinished {
		t.Errorf("the problem is %q", m.Problem())
	}
	if got := namesOf(list(t, m)); got != "entier | là avant" {
		t.Errorf("listed %s", got)
	}
	if !m.Writable() {
		t.Error("after it was swept it cannot be written")
	}
	check(t, m.Eject(t.Context()))
	run(t, "e2fsck", "-f", "-n", pulled)
	at := mounted(t, pulled)
	if got := entries(t, at); got != "entier | là avant" {
		t.Errorf("the key holds %s", got)
	}
	if !bytes.Equal(read(t, at, "là avant"), noise(1<<20)) || !bytes.Equal(read(t, at, "entier"), noise(1000)) {
		t.Error("what was there is not what it was")
	}
}

// A key on which nothing was cut is not written by looking.
func TestSweepingAnOrdinaryKeyWritesNothing(t *testing.T) {
	img := withFile(t, 16, "COPIE EN COURS.txt", []byte("ma liste"))
	before := read(t, img)
	m := open(t, img)
	check(t, m.Sweep(t.Context()))
	if m.Problem() != session.MediumFine {
		t.Errorf("the problem is %q", m.Problem())
	}
	check(t, m.Eject(t.Context()))
	if !bytes.Equal(before, read(t, img)) {
		t.Error("sweeping changed the key")
	}
	if err := m.Sweep(t.Context()); !errors.Is(err, media.ErrPulled) {
		t.Errorf("sweeping a key that was given back: %v", err)
	}
}

// leftMarker is a folder with the marker of a copy that was cut, made by a delivery whose end is not written.
func leftMarker(t *testing.T) string {
	t.Helper()
	dir, left := t.TempDir(), t.TempDir()
	m := open(t, dir)
	check(t, m.Put(t.Context(), "a", document(t, noise(10)), 10, func(int64) {
		check(t, os.WriteFile(filepath.Join(left, marker), read(t, dir, marker), 0o644))
	}))
	return left
}

func TestAMarkerOnAProtectedKeyStaysAndIsTold(t *testing.T) {
	img := image(t, 8, leftMarker(t))
	m := open(t, loopDevice(t, img, "--read-only"))
	check(t, m.Sweep(t.Context()))
	if m.Problem() != session.MediumUnfinished || namesOf(list(t, m)) != marker {
		t.Errorf("the problem is %q, listed %s", m.Problem(), namesOf(list(t, m)))
	}
	check(t, m.Close())
}

// What somebody else wrote is theirs, whatever its name and however near its content is to ours.
func TestOnlyOurOwnIsRemoved(t *testing.T) {
	left := leftMarker(t)
	ours := read(t, left, marker)
	dir := t.TempDir()
	theirs := map[string][]byte{
		marker: []byte("mes notes"),
		"COPIE EN COURS - fichiers incomplets (2).txt": append(bytes.Clone(ours), '!'),
		"COPIE EN COURS - fichiers incomplets (3).txt": append([]byte("X"), ours[1:]...),
		"copie.txt":          ours,
		".estran-notes.part": []byte("x"),
		".estran-ABCDEFGHIJKLMNOPQRSTUVWXY1.part":   []byte("x"),
		".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZA.part":  []byte("x"),
		"x.estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part":  []byte("x"),
		".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part.x": []byte("x"),
	}
	for name, b := range theirs {
		write(t, filepath.Join(dir, name), b)
	}
	write(t, filepath.Join(dir, "COPIE EN COURS - fichiers incomplets (4).txt"), ours)
	write(t, filepath.Join(dir, ".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part"), []byte("la moitié"))
	check(t, os.Symlink("copie.txt", filepath.Join(dir, "COPIE EN COURS - fichiers incomplets (5).txt")))
	check(t, os.Mkdir(filepath.Join(dir, "COPIE EN COURS - fichiers incomplets (6).txt"), 0o755))
	check(t, os.Mkdir(filepath.Join(dir, ".estran-DOSSIERABCDEFGHIJKLMNOPQRS.part"), 0o755))
	m := open(t, dir)
	check(t, m.Sweep(t.Context()))
	check(t, put(t.Context(), t, m, "cv.pdf", noise(10)))
	for name, b := range theirs {
		if !bytes.Equal(read(t, dir, name), b) {
			t.Errorf("%s is not what it was", name)
		}
	}
	if got := strings.Count(entries(t, dir), "|") + 1; got != len(theirs)+1+3 {
		t.Errorf("the key holds %s", entries(t, dir))
	}
}

// A document that could not be put leaves the others, and no marker.
func TestADeliveryGoesOnAfterADocumentThatFailed(t *testing.T) {
	for kind, key := range keys(t, 32) {
		t.Run(kind, func(t *testing.T) {
			m, look := key(t)
			d, err := m.Deliver(t.Context())
			check(t, err)
			check(t, d.Put(t.Context(), "un", document(t, noise(10)), 10, nil))
			if err := d.Put(t.Context(), "court", document(t, noise(10)), 20, nil); !errors.Is(err, media.ErrChanged) {
				t.Errorf("a document that shrank: %v", err)
			}
			if err := d.Put(t.Context(), "énorme", document(t, nil), 1<<50, nil); !errors.Is(err, session.ErrFull) {
				t.Errorf("a document that has no room: %v", err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			err = d.Put(ctx, "coupé", document(t, noise(6<<20)), 6<<20, func(int64) { cancel() })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("a document that was cut: %v", err)
			}
			check(t, d.Put(t.Context(), "deux", document(t, noise(10)), 10, nil))
			check(t, d.Close())
			if got := entries(t, look()); got != "deux | un" {
				t.Errorf("the key holds %s", got)
			}
		})
	}
}

// A delivery that puts nothing writes nothing.
func TestADeliveryOfNothing(t *testing.T) {
	img := image(t, 8, "")
	before := read(t, img)
	m := open(t, img)
	d, err := m.Deliver(t.Context())
	check(t, err)
	check(t, d.Close())
	check(t, m.Eject(t.Context()))
	if !bytes.Equal(before, read(t, img)) {
		t.Error("the key was written")
	}
	if _, err := m.Deliver(t.Context()); !errors.Is(err, media.ErrPulled) {
		t.Errorf("a delivery to a key that was given back: %v", err)
	}
}

// A key that fills up in the middle of a document loses nothing that was there, and says that it is full.
func TestAKeyThatFillsUpInMidCopy(t *testing.T) {
	img := withFile(t, 16, "là avant", noise(1<<20))
	at := mounted(t, img)
	m := open(t, at)
	d, err := m.Deliver(t.Context())
	check(t, err)
	free, err := m.Free()
	check(t, err)
	size := free - 1<<20
	err = d.Put(t.Context(), "cv.pdf", document(t, noise(int(size))), size, func(int64) {
		if _, err := os.Stat(filepath.Join(at, "autre")); err != nil { // somebody else fills it meanwhile
			_ = os.WriteFile(filepath.Join(at, "autre"), noise(3<<20), 0o644)
		}
	})
	if !errors.Is(err, session.ErrFull) {
		t.Errorf("%v", err)
	}
	check(t, d.Close())
	check(t, m.Close())
	if got := entries(t, at); got != "autre | là avant" || !bytes.Equal(read(t, at, "là avant"), noise(1<<20)) {
		t.Errorf("the key holds %s, or what was there is not what it was", got)
	}
}

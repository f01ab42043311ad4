package media_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
)

func TestCopy(t *testing.T) {
	sizes := map[string]int{"vide": 0, "un": 1, "petit": 1000, "un pas": 256 << 10, "grand": 3<<20 + 7}
	dir := t.TempDir()
	for name, n := range sizes {
		write(t, filepath.Join(dir, name), noise(n))
	}
	keys := map[string]string{"a folder": dir}
	if os.Getuid() == 0 {
		keys["a device"] = image(t, 64, dir)
	}
	for kind, path := range keys {
		m := open(t, path)
		for name, n := range sizes {
			var told int64
			dst := staged(t)
			check(t, m.Copy(t.Context(), named(t, m, name).ID, dst, func(n int64) { told += n }))
			if !bytes.Equal(content(t, dst), noise(n)) {
				t.Errorf("%s: the copy of %d bytes differs", kind, n)
			}
			if told != int64(n) {
				t.Errorf("%s: of %d bytes %d were told", kind, n, told)
			}
		}
	}
}

func TestCopyOfAnUnknownFile(t *testing.T) {
	m := open(t, t.TempDir())
	for _, id := range []session.FileID{0, 1, 1 << 31} {
		if err := m.Copy(t.Context(), id, staged(t), nil); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("file %d: %v", id, err)
		}
	}
}

// clockTick is longer than the resolution of a file system's clock.
const clockTick = 20 * time.Millisecond

func TestCopyOfAFileThatChanges(t *testing.T) {
	changes := map[string]func(t *testing.T, path string){
		"grows":   func(t *testing.T, p string) { check(t, os.Truncate(p, 2<<20+1)) },
		"shrinks": func(t *testing.T, p string) { check(t, os.Truncate(p, 1<<20)) },
		"is written to": func(t *testing.T, p string) {
			time.Sleep(clockTick)
			f, err := os.OpenFile(p, os.O_WRONLY, 0)
			check(t, err)
			_, err = f.WriteAt([]byte("x"), 0)
			check(t, err)
			check(t, f.Close())
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.pdf")
			write(t, path, noise(2<<20))
			m := open(t, dir)
			f := named(t, m, "a.pdf")
			done := false
			err := m.Copy(t.Context(), f.ID, staged(t), func(int64) {
				if !done {
					done = true
					change(t, path)
				}
			})
			if !errors.Is(err, media.ErrChanged) {
				t.Errorf("a file that %s while it is copied: %v", name, err)
			}
			if got := media.ReasonOf(err); got != session.ReasonChanged {
				t.Errorf("its reason is %q", got)
			}
		})
	}
}

func TestCopyCanBeCut(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a"), noise(4<<20))
	m := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	var told int64
	err := m.Copy(ctx, named(t, m, "a").ID, staged(t), func(n int64) { told += n; cancel() })
	if !errors.Is(err, context.Canceled) || told > 1<<20 {
		t.Errorf("after %d bytes: %v", told, err)
	}
	if got := media.ProblemOf(err); got != session.MediumCopyCanceled {
		t.Errorf("the problem is %q", got)
	}
}

func TestCopyIntoAFullSession(t *testing.T) {
	needRoot(t)
	full := t.TempDir()
	check(t, unix.Mount("tmpfs", full, "tmpfs", 0, "size=1m"))
	t.Cleanup(func() { check(t, unix.Unmount(full, unix.MNT_DETACH)) })
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a"), noise(2<<20))
	m := open(t, dir)
	dst, err := media.Stage(full)
	check(t, err)
	defer dst.Close()
	err = m.Copy(t.Context(), named(t, m, "a").ID, dst, nil)
	if !errors.Is(err, media.ErrSessionFull) || !errors.Is(err, session.ErrFull) {
		t.Errorf("2 MiB into 1 MiB: %v", err)
	}
	if got := media.ProblemOf(err); got != session.MediumSessionFull {
		t.Errorf("the problem is %q", got)
	}
	if got := media.ReasonOf(err); got != session.ReasonTooBig {
		t.Errorf("the reason is %q", got)
	}
}

// Reading must leave no trace on the key, when it is made.
func TestReadingLeavesTheAccessTimes(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	write(t, path, []byte("x"))
	old := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range []string{path, dir} {
		check(t, os.Chtimes(p, old, time.Now()))
	}
	m := open(t, dir)
	check(t, m.Copy(t.Context(), named(t, m, "a").ID, staged(t), nil))
	for _, p := range []string{path, dir} {
		info, err := os.Stat(p)
		check(t, err)
		if got := info.Sys().(*syscall.Stat_t).Atim; got.Sec != old.Unix() {
			t.Errorf("%s was read at %v, as far as the key tells", p, time.Unix(got.Unix()))
		}
	}
}

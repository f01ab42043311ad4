package media_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
)

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not seen: %s", what)
		}
	}
}

// pulls are the ways in which a key vanishes: for each, a key that holds a folder's files, and what pulls it.
func pulls(t *testing.T) map[string]func(t *testing.T, from string) (m *media.Medium, pull func()) {
	all := map[string]func(t *testing.T, from string) (*media.Medium, func()){
		"a folder is removed": func(t *testing.T, from string) (*media.Medium, func()) {
			dir := filepath.Join(t.TempDir(), "key")
			check(t, os.CopyFS(dir, os.DirFS(from)))
			return open(t, dir), func() {
				check(t, os.Rename(dir, dir+"2")) // what is written meanwhile would keep it from being removed
				_ = os.RemoveAll(dir + "2")
			}
		},
		"a folder is renamed": func(t *testing.T, from string) (*media.Medium, func()) {
			dir := filepath.Join(t.TempDir(), "key")
			check(t, os.CopyFS(dir, os.DirFS(from)))
			return open(t, dir), func() { check(t, os.Rename(dir, dir+"2")) }
		},
	}
	if os.Getuid() != 0 {
		return all
	}
	all["a mount is taken away"] = func(t *testing.T, from string) (*media.Medium, func()) {
		at := t.TempDir()
		run(t, "mount", "-o", "loop", image(t, 48, from), at)
		once := true
		pull := func() {
			if once {
				once = false
				run(t, "umount", "--lazy", at)
			}
		}
		t.Cleanup(pull)
		return open(t, at), pull
	}
	all["a device gives errors"] = func(t *testing.T, from string) (*media.Medium, func()) {
		// The image lies on a file system that is shut down: nothing can be read from the device, or written to it.
		below := t.TempDir()
		run(t, "mount", "-o", "loop", image(t, 80, ""), below)
		t.Cleanup(func() { umount(t, below) })
		img := filepath.Join(below, "key.img")
		run(t, "cp", "--sparse=always", image(t, 48, from), img)
		m := open(t, img)
		return m, func() { shutDown(t, below) }
	}
	all["a file system is shut down"] = func(t *testing.T, from string) (*media.Medium, func()) {
		at := t.TempDir()
		run(t, "mount", "-o", "loop", image(t, 48, from), at)
		t.Cleanup(func() { umount(t, at) })
		return open(t, at), func() { shutDown(t, at) }
	}
	return all
}

// shutDown makes a file system answer EIO from now on, as when its device is pulled (EXT4_IOC_SHUTDOWN).
func shutDown(t *testing.T, at string) {
	dir, err := os.Open(at)
	check(t, err)
	defer dir.Close()
	const shutdown, noFlush = 0x8004587d, 2
	how := uint32(noFlush)
	if _, _, e := unix.Syscall(unix.SYS_IOCTL, dir.Fd(), shutdown, uintptr(unsafe.Pointer(&how))); e != 0 {
		t.Errorf("cannot shut the file system down: %v", e)
	}
}

// moments is how often each kind of key is pulled, at random moments, while files come in and while they go out.
const moments = 5

func TestPulledWhileCopyingIn(t *testing.T) {
	from := t.TempDir()
	for _, name := range []string{"a", "b", "c", "d"} {
		write(t, filepath.Join(from, name), noise(2<<20))
	}
	for kind, key := range pulls(t) {
		t.Run(kind, func(t *testing.T) {
			for range moments {
				m, pull := key(t, from)
				files := list(t, m)
				after := rand.Int64N(8 << 20)
				var seen atomic.Int64
				pulled := false
				for _, f := range files {
					dst := staged(t)
					err := m.Copy(t.Context(), f.ID, dst, func(n int64) {
						if seen.Add(n) > after && !pulled {
							pulled = true
							pull()
						}
					})
					switch {
					case err == nil && !bytes.Equal(content(t, dst), noise(2<<20)):
						t.Fatal("a copy that differs counts as whole")
					case err != nil && !errors.Is(err, media.ErrPulled):
						t.Fatalf("pulled after %d bytes: %v", after, err)
					}
				}
				if m.Present() {
					t.Fatal("the key still counts as present")
				}
				_ = m.Close()
			}
		})
	}
}

func TestPulledWhileCopyingOut(t *testing.T) {
	from := t.TempDir()
	write(t, filepath.Join(from, "là avant"), noise(1<<20))
	for kind, key := range pulls(t) {
		t.Run(kind, func(t *testing.T) {
			for range moments {
				m, pull := key(t, from)
				doc := document(t, noise(6<<20))
				pulled := make(chan struct{})
				time.AfterFunc(time.Duration(rand.Int64N(int64(40*time.Millisecond))), func() {
					defer close(pulled)
					pull()
				})
				var err error
				for err == nil {
					err = m.Put(t.Context(), "cv.pdf", doc, 6<<20, nil)
					if errors.Is(err, session.ErrFull) {
						break // it was filled before it was pulled
					}
				}
				if !errors.Is(err, media.ErrPulled) && !errors.Is(err, session.ErrFull) {
					t.Fatalf("pulled: %v, %q", err, media.ProblemOf(err))
				}
				<-pulled
				if m.Present() {
					t.Fatal("the key still counts as present")
				}
				_ = m.Close()
			}
		})
	}
}

// What was on the key before, and every document that was reported as put, is there after a pull, whenever it came.
func TestAPullLosesNothingThatWasThere(t *testing.T) {
	needRoot(t)
	from := t.TempDir()
	write(t, filepath.Join(from, "là avant"), noise(1<<20))
	img := image(t, 48, from)
	for range moments {
		at := t.TempDir()
		run(t, "mount", "-o", "loop", img, at)
		m := open(t, at)
		doc := document(t, noise(3<<20))
		pulled := make(chan struct{})
		time.AfterFunc(time.Duration(rand.Int64N(int64(60*time.Millisecond))), func() {
			defer close(pulled)
			shutDown(t, at)
		})
		put := 0
		for m.Put(t.Context(), "cv.pdf", doc, 3<<20, nil) == nil {
			put++
		}
		<-pulled
		_ = m.Close()
		umount(t, at)

		run(t, "mount", "-o", "loop", img, at)
		if !bytes.Equal(read(t, at, "là avant"), noise(1<<20)) {
			t.Fatal("what was there before is lost")
		}
		for n := 1; n <= put; n++ {
			name := media.Alternative("cv.pdf", n)
			if !bytes.Equal(read(t, at, name), noise(3<<20)) {
				t.Fatalf("%s, which was reported as put, is not whole", name)
			}
		}
		for n := 1; n < 50; n++ {
			_ = os.Remove(filepath.Join(at, media.Alternative("cv.pdf", n)))
		}
		umount(t, at)
	}
}

func TestAnotherKeyInItsPlaceIsNotTheKey(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "key")
	write(t, filepath.Join(dir, "a.txt"), []byte("le premier"))
	m := open(t, dir)
	f := named(t, m, "a.txt")
	check(t, os.Rename(dir, filepath.Join(parent, "old")))
	write(t, filepath.Join(dir, "a.txt"), []byte("un second!"))
	if m.Present() {
		t.Error("another key counts as the first")
	}
	dst := staged(t)
	if err := m.Copy(t.Context(), f.ID, dst, nil); err == nil && string(content(t, dst)) != "le premier" {
		t.Errorf("the copy is of the other key: %q", content(t, dst))
	}
	if err := put(t.Context(), t, m, "b.txt", []byte("x")); err == nil {
		if got := entries(t, dir); got != "a.txt" {
			t.Errorf("a document went to the other key: %s", got)
		}
	}
}

package ownfile_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/ownfile"
	"estran/session/sessiontest"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newFile is a file of ours that says "before".
func newFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(path, []byte("before"), 0o600))
	return path
}

// isLeft says that a file has that content, the mode of ours, and that nothing is beside it.
func isLeft(t *testing.T, path, want string) {
	t.Helper()
	if data, err := os.ReadFile(path); err != nil || string(data) != want {
		t.Errorf("the file says %q: %v", data, err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	if _, err := os.Lstat(path + ownfile.Next); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the next one is still there: %v", err)
	}
}

// instead puts something else in the place of a file.
func instead(then func(path string) error) func(string) error {
	return func(path string) error { return errors.Join(os.Rename(path, path+".away"), then(path)) }
}

func TestWhatIsNotOursAloneIsNotOpened(t *testing.T) {
	for name, c := range map[string]struct {
		says  string
		spoil func(path string) error
	}{
		"a link":            {"put the file itself there", instead(func(p string) error { return os.Symlink(p+".away", p) })},
		"a link to nothing": {"put the file itself there", instead(func(p string) error { return os.Symlink(p+".none", p) })},
		"a second name":     {"put the copy in its place", func(p string) error { return os.Link(p, p+".too") }},
		"a directory":       {"take away what is in its place", instead(func(p string) error { return os.Mkdir(p, 0o700) })},
		"a pipe":            {"take away what is in its place", instead(func(p string) error { return unix.Mkfifo(p, 0o600) })},
		"a socket": {"take away what is in its place", instead(func(p string) error {
			l, err := net.Listen("unix", p)
			if err == nil {
				l.(*net.UnixListener).SetUnlinkOnClose(false)
				err = l.Close()
			}
			return err
		})},
		"read by the group": {"chmod 0600", func(p string) error { return os.Chmod(p, 0o640) }},
		"written by all":    {"chmod 0600", func(p string) error { return os.Chmod(p, 0o602) }},
		"a program":         {"chmod 0600", func(p string) error { return os.Chmod(p, 0o700) }},
		"of its owner":      {"chmod 0600", func(p string) error { return os.Chmod(p, 0o600|fs.ModeSetuid) }},
	} {
		t.Run(name, func(t *testing.T) {
			path := newFile(t)
			must(t, c.spoil(path))
			for _, flags := range []int{unix.O_RDONLY, unix.O_RDWR | unix.O_CREAT} {
				f, err := ownfile.Open(path, flags)
				if err == nil {
					f.Close()
					t.Fatalf("it was opened with %#x", flags)
				}
				if said := err.Error(); !strings.Contains(said, path) || !strings.Contains(said, c.says) {
					t.Errorf("with %#x: %v", flags, err)
				}
			}
			if _, err := ownfile.Read(path, 100); err == nil {
				t.Error("it was read")
			}
			if _, err := os.Lstat(path + ".none"); err == nil {
				t.Error("a file was made where a link leads")
			}
		})
	}
}

func TestAFileOfAnotherUserIsNotOpened(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "needs to give a file away")
	}
	path := newFile(t)
	must(t, os.Chown(path, 65534, 0))
	if _, err := ownfile.Read(path, 100); err == nil || !strings.Contains(err.Error(), "chown") {
		t.Errorf("it was read: %v", err)
	}
}

func TestOpenMakesAFileOfOurs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if _, err := ownfile.Open(path, unix.O_RDWR); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("one that is not there: %v", err)
	}
	f, err := ownfile.Open(path, unix.O_RDWR|unix.O_CREAT)
	must(t, err)
	defer f.Close()
	isLeft(t, path, "")
}

func TestReadHasABound(t *testing.T) {
	path := newFile(t)
	if data, err := ownfile.Read(path, 6); err != nil || string(data) != "before" {
		t.Errorf("%q: %v", data, err)
	}
	if data, err := ownfile.Read(path, 5); err == nil || len(data) > 0 || !strings.Contains(err.Error(), path) {
		t.Errorf("%q: %v", data, err)
	}
	must(t, os.Truncate(path, 1<<40))
	if _, err := ownfile.Read(path, 1<<20); err == nil {
		t.Error("one without an end was read")
	}
	if _, err := ownfile.Read(path+"2", 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestReplace(t *testing.T) {
	defer unix.Umask(unix.Umask(0o277))
	path := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"first", "second", ""} {
		must(t, ownfile.Replace(path, []byte(text)))
		isLeft(t, path, text)
	}
}

// What a crash left, and whatever else took the name of the next file, goes; nothing is written through it.
func TestWhatIsInThePlaceOfTheNextFileGoes(t *testing.T) {
	for name, leave := range map[string]func(path string) error{
		"half a file":    func(p string) error { return os.WriteFile(p, []byte("ha"), 0o644) },
		"a link":         func(p string) error { return os.Symlink(strings.TrimSuffix(p, ownfile.Next)+".other", p) },
		"a pipe":         func(p string) error { return unix.Mkfifo(p, 0o600) },
		"an empty place": func(p string) error { return os.Mkdir(p, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			path := newFile(t)
			must(t, os.WriteFile(path+".other", []byte("other"), 0o600))
			must(t, leave(path+ownfile.Next))
			must(t, ownfile.Replace(path, []byte("after")))
			isLeft(t, path, "after")
			isLeft(t, path+".other", "other")
		})
	}
}

// Who reads without the lock while a file is replaced reads one or the other, and may hold one that has no name any more.
func TestWhatIsReplacedMeanwhileIsRead(t *testing.T) {
	path := newFile(t)
	done := make(chan error)
	go func() {
		var err error
		for i := 0; i < 500 && err == nil; i++ {
			err = ownfile.Replace(path, []byte("behind"))
		}
		done <- err
	}()
	for {
		select {
		case err := <-done:
			must(t, err)
			return
		default:
		}
		if data, err := ownfile.Read(path, 6); err != nil || len(data) != 6 {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestWhenReplaceFailsTheOldOneStands(t *testing.T) {
	path := newFile(t)
	must(t, os.MkdirAll(path+ownfile.Next+"/full", 0o700))
	if err := ownfile.Replace(path, []byte("after")); err == nil {
		t.Error("it was replaced")
	}
	must(t, os.RemoveAll(path+ownfile.Next))
	isLeft(t, path, "before")

	must(t, os.Rename(path, path+".away"))
	must(t, os.MkdirAll(path+"/full", 0o700))
	if err := ownfile.Replace(path, []byte("after")); err == nil {
		t.Error("a directory was replaced")
	}
	if _, err := os.Lstat(path + ownfile.Next); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the next one is still there: %v", err)
	}
	if err := ownfile.Replace(path+".none/file", nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a directory: %v", err)
	}
}

// A disk that is full keeps the old one, and gets its room back.
func TestAFullDiskKeepsTheOldOne(t *testing.T) {
	dir := t.TempDir()
	sessiontest.SmallDisk(t, dir, "12k")
	path := filepath.Join(dir, "file")
	must(t, ownfile.Replace(path, []byte("before")))
	if err := ownfile.Replace(path, make([]byte, 100<<10)); !errors.Is(err, unix.ENOSPC) {
		t.Errorf("it fits: %v", err)
	}
	isLeft(t, path, "before")
	must(t, ownfile.Replace(path, []byte("after")))
	isLeft(t, path, "after")
}

func TestRemove(t *testing.T) {
	path := newFile(t)
	must(t, ownfile.Remove(path))
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	must(t, ownfile.Remove(path))
	must(t, os.MkdirAll(path+"/full", 0o700))
	if err := ownfile.Remove(path); err == nil {
		t.Error("a full directory went")
	}
}

func TestTheLockIsWaitedForNotForEver(t *testing.T) {
	path := newFile(t)
	open := func() *os.File {
		f, err := ownfile.Open(path, unix.O_RDWR)
		must(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	first, second := open(), open()
	must(t, ownfile.Lock(t.Context(), first, 0))
	if err := ownfile.Lock(t.Context(), second, 20*time.Millisecond); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("two hold it: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := ownfile.Lock(ended, second, time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("it outlasts its context: %v", err)
	}
	time.AfterFunc(20*time.Millisecond, func() { first.Close() })
	must(t, ownfile.Lock(t.Context(), second, time.Minute))
}

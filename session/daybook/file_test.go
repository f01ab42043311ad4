package daybook_test

import (
	"bytes"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/daybook"
)

func TestManyWritersKeepOneChain(t *testing.T) {
	b := newBook(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10 {
				if err := b.Write(daybook.Entry{What: daybook.Recovered, Who: daybook.Station}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if r := read(t, b); r.Broken != nil || len(r.Entries) != 80 {
		t.Errorf("%d lines, broken %v", len(r.Entries), r.Broken)
	}
}

func TestOnlyAFileOfOurOwnIsADaybook(t *testing.T) {
	for name, prepare := range map[string]func(path string) error{
		"a link":           func(p string) error { return os.Symlink("/dev/null", p) },
		"a pipe":           func(p string) error { return unix.Mkfifo(p, 0o600) },
		"a directory":      func(p string) error { return os.Mkdir(p, 0o700) },
		"readable by all":  func(p string) error { return os.WriteFile(p, nil, 0o644) },
		"writable by many": func(p string) error { return errors.Join(os.WriteFile(p, nil, 0o600), os.Chmod(p, 0o660)) },
		"one endless line": func(p string) error { return os.WriteFile(p, bytes.Repeat([]byte("a"), 10_000), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			if err := prepare(b.Path); err != nil {
				t.Fatal(err)
			}
			if err := b.Write(week()[0]); err == nil {
				t.Error("it was written")
			}
			if name == "one endless line" {
				return
			}
			if _, err := b.Read(); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func TestAnotherWritersLockIsWaitedForNotForEver(t *testing.T) {
	b := newBook(t)
	write(t, b, week()[0])
	f, err := os.Open(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- b.Write(week()[1]) }()
	select {
	case err := <-done:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_UN); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

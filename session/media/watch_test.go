package media_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/media"
)

// watched is a watch whose events are expected one by one.
type watched struct {
	t      *testing.T
	events <-chan media.Event
}

func watch(t *testing.T, dirs ...string) watched {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	events, err := media.Watch(ctx, dirs)
	check(t, err)
	t.Cleanup(func() {
		cancel()
		for range events {
		}
	})
	return watched{t, events}
}

func (w watched) expect(want ...media.Event) {
	w.t.Helper()
	for _, e := range want {
		select {
		case got := <-w.events:
			if got != e {
				w.t.Fatalf("got %v, want %v", got, e)
			}
		case <-time.After(time.Minute):
			w.t.Fatalf("no event, want %v", e)
		}
	}
}

func (w watched) expectNothing() {
	w.t.Helper()
	select {
	case got := <-w.events:
		w.t.Fatalf("got %v, want nothing", got)
	case <-time.After(200 * time.Millisecond):
	}
}

func added(path string) media.Event {
	return media.Event{Kind: media.Added, Source: media.Source{Path: path}}
}

func removed(path string) media.Event {
	return media.Event{Kind: media.Removed, Source: media.Source{Path: path}}
}

func TestWatchOfFolders(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	write(t, filepath.Join(a, "x"), nil)
	w := watch(t, dir)
	w.expect(added(a))

	check(t, os.Mkdir(b, 0o755))
	w.expectNothing() // an empty folder waits for its key
	write(t, filepath.Join(b, "x"), nil)
	w.expect(added(b))

	check(t, os.Remove(filepath.Join(b, "x")))
	w.expectNothing() // the visitor emptied the key: it is still one
	check(t, os.RemoveAll(a))
	w.expect(removed(a))
	check(t, os.Rename(b, filepath.Join(dir, "c")))
	w.expect(removed(b))
	write(t, filepath.Join(dir, "c", "x"), nil)
	w.expect(added(filepath.Join(dir, "c")))
}

func TestWatchPassesOverWhatIsNoKey(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), nil)
	write(t, filepath.Join(dir, ".hidden", "x"), nil)
	check(t, os.Symlink("/etc", filepath.Join(dir, "link")))
	check(t, unix.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	watch(t, dir).expectNothing()
}

func TestWatchOfAKeyThatIsReplaced(t *testing.T) {
	dir := t.TempDir()
	a := filepath.Join(dir, "a")
	write(t, filepath.Join(a, "x"), nil)
	write(t, filepath.Join(dir, ".other", "y"), nil)
	w := watch(t, dir)
	w.expect(added(a))
	check(t, unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, filepath.Join(dir, ".other"), unix.RENAME_EXCHANGE))
	w.expect(removed(a), added(a))
}

func TestWatchOfADirectoryThatComesLater(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	w := watch(t, dir)
	w.expectNothing()
	for range 2 {
		write(t, filepath.Join(dir, "a", "x"), nil)
		w.expect(added(filepath.Join(dir, "a")))
		check(t, os.RemoveAll(filepath.Dir(dir)))
		w.expect(removed(filepath.Join(dir, "a")))
	}
}

func TestWatchOfMounts(t *testing.T) {
	from := t.TempDir()
	write(t, filepath.Join(from, "x"), nil)
	img := image(t, 8, from)
	empty := image(t, 8, "")
	dir := t.TempDir()
	a := filepath.Join(dir, "CLE-DE-ZOE")
	w := watch(t, dir)
	for _, key := range []string{img, empty} {
		check(t, os.Mkdir(a, 0o755))
		w.expectNothing()
		run(t, "mount", "-o", "loop", key, a)
		w.expect(added(a))
		run(t, "umount", "--lazy", a)
		w.expect(removed(a))
		check(t, os.Remove(a))
		w.expectNothing()
	}
}

func TestWatchOfDevices(t *testing.T) {
	needRoot(t)
	dir := t.TempDir()
	node := filepath.Join(dir, "sdz1")
	w := watch(t, dir)
	check(t, unix.Mknod(node, unix.S_IFBLK|0o600, int(unix.Mkdev(7, 200))))
	check(t, unix.Mknod(filepath.Join(dir, "tty"), unix.S_IFCHR|0o600, int(unix.Mkdev(1, 3))))
	e := media.Event{Kind: media.Added, Source: media.Source{Path: node, Device: true}}
	w.expect(e)
	w.expectNothing()
	check(t, os.Remove(node))
	e.Kind = media.Removed
	w.expect(e)
}

func TestWatchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	events, err := media.Watch(ctx, []string{t.TempDir(), "/nonexistent/anywhere"})
	check(t, err)
	cancel()
	for e := range events {
		t.Errorf("got %v", e)
	}
}

// A station must not wake up for nothing: an idle watch sleeps in the kernel. A storm next door must not drown it either.
func TestWatchKeepsUpWithAStorm(t *testing.T) {
	dir := t.TempDir()
	w := watch(t, dir)
	for range 200 {
		write(t, filepath.Join(dir, "brief", "x"), nil)
		check(t, os.RemoveAll(filepath.Join(dir, "brief")))
	}
	last := filepath.Join(dir, "last")
	write(t, filepath.Join(last, "x"), nil)
	deadline := time.After(time.Minute)
	seen := map[string]int{}
	for seen[last] == 0 {
		select {
		case e := <-w.events:
			if e.Kind == media.Added {
				seen[e.Source.Path]++
			} else {
				seen[e.Source.Path]--
			}
		case <-deadline:
			t.Fatal("the last key was not seen")
		}
	}
	if n := seen[filepath.Join(dir, "brief")]; n != 0 {
		t.Errorf("a key that is gone counts as %d", n)
	}
}

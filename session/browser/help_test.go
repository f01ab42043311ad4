package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
)

const nobody = 65534

// need skips a test for which a part is missing, and fails it in CI, where none may be.
func need(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err == nil {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", p)
		}
		t.Skipf("%s is not installed", p)
	}
}

// memoryDir mounts a session's memory as the station does, and makes its four directories.
func memoryDir(t testing.TB, options string) (dir string, credential *syscall.Credential) {
	t.Helper()
	dir, err := os.MkdirTemp("", "estran-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(dir) })
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, options+",mode=0711"); err != nil {
		t.Fatalf("cannot mount a tmpfs: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Errorf("cannot unmount the session's memory: %v", err)
		}
	})
	if isHostRoot() {
		credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	for _, name := range []string{"home", "documents", "tmp", "shm"} {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if credential != nil {
			if err := os.Chown(path, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir, credential
}

// sessionConfig is a session's configuration on memory of its own.
func sessionConfig(t testing.TB) Config {
	t.Helper()
	dir, credential := memoryDir(t, "size=512m,nr_inodes=100000,huge=within_size")
	return Config{
		Home: filepath.Join(dir, "home"), Documents: filepath.Join(dir, "documents"),
		Temp: filepath.Join(dir, "tmp"), Shm: filepath.Join(dir, "shm"),
		Credential: credential, Language: "fr", Sites: session.Defaults().Sites,
	}
}

// patience is how long a browser may take for anything, on a computer that is busy with more.
const patience = time.Minute

// await reads events until one of a kind comes, and gives it.
func await(t testing.TB, b *Browser, kind EventKind, within time.Duration) Event {
	t.Helper()
	var seen []string
	deadline := time.After(within)
	for {
		select {
		case e, open := <-b.Events():
			if !open {
				t.Fatalf("no %v among the events %v", kind, seen)
			}
			if e.Kind == kind {
				return e
			}
			seen = append(seen, fmt.Sprintf("%v %v", e.Kind, e.Problem))
		case <-deadline:
			b.Kill()
			t.Fatalf("no %v within %v, but %v", kind, within, seen)
		}
	}
}

// exited reads the events to their end and gives the last one, which must be Exited.
func exited(t testing.TB, b *Browser, within time.Duration) Event {
	t.Helper()
	e := await(t, b, Exited, within)
	if _, open := <-b.Events(); open {
		t.Fatal("an event came after Exited")
	}
	return e
}

func testContext(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return ctx, cancel
}

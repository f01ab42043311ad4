package media_test

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"estran/session"
	"estran/session/media"
	"estran/session/sessiontest"
)

func TestMain(m *testing.M) {
	if os.Getpid() == 1 {
		sessiontest.FirstProcess()
	}
	sessiontest.OwnMounts()
	goleak.VerifyTestMain(m)
}

// need skips a test whose part is missing, and fails it where nothing may be missing.
func need(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			missing(t, p+" is missing")
		}
	}
}

// needRoot is need for the right to mount.
func needRoot(t testing.TB) {
	t.Helper()
	if os.Getuid() != 0 {
		missing(t, "mounting needs root")
	}
	if _, err := os.Stat("/dev/loop-control"); err != nil {
		missing(t, "there are no loop devices")
	}
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func run(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// umount takes a mount away. Whoever looks at each new device, as udevd does, may have it open for a moment yet; one that is
// kept open stays busy.
func umount(t testing.TB, at string) {
	t.Helper()
	eventually(t, "nobody uses "+at, func() bool { return exec.Command("umount", at).Run() == nil })
}

// image makes an ext4 image of some MiB that holds a copy of a folder; "" for an empty one.
func image(t testing.TB, size int64, from string) string {
	t.Helper()
	needRoot(t)
	need(t, "mkfs.ext4")
	path := filepath.Join(t.TempDir(), "key.img")
	f, err := os.Create(path)
	check(t, err)
	check(t, f.Truncate(size<<20))
	check(t, f.Close())
	args := []string{"-q", "-F", "-L", "CLE-DE-ZOE"}
	if from != "" {
		args = append(args, "-d", from)
	}
	run(t, "mkfs.ext4", append(args, path)...)
	return path
}

func open(t testing.TB, path string) *media.Medium {
	t.Helper()
	src, err := media.SourceAt(path)
	check(t, err)
	m, err := media.Open(t.Context(), src)
	check(t, err)
	t.Cleanup(func() { m.Close() })
	return m
}

func list(t testing.TB, m *media.Medium) []media.File {
	t.Helper()
	var files []media.File
	check(t, m.List(t.Context(), 20_000, func(f media.File) { files = append(files, f) }))
	return files
}

// named is the listed file of that name.
func named(t testing.TB, m *media.Medium, name string) media.File {
	t.Helper()
	for _, f := range list(t, m) {
		if f.Name.Reveal() == name {
			return f
		}
	}
	t.Fatalf("%q is not listed", name)
	return media.File{}
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, content, 0o644))
}

// staged is an empty staged file in a directory of its own.
func staged(t testing.TB) *os.File {
	t.Helper()
	f, err := media.Stage(t.TempDir())
	check(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func content(t testing.TB, f *os.File) []byte {
	t.Helper()
	info, err := f.Stat()
	check(t, err)
	b := make([]byte, info.Size())
	_, err = f.ReadAt(b, 0)
	if len(b) > 0 {
		check(t, err)
	}
	return b
}

// document is an open file with content, as Put takes it.
func document(t testing.TB, b []byte) *os.File {
	t.Helper()
	f := staged(t)
	_, err := f.Write(b)
	check(t, err)
	return f
}

func put(ctx context.Context, t testing.TB, m *media.Medium, name session.Private, b []byte) error {
	t.Helper()
	return m.Put(ctx, name, document(t, b), int64(len(b)), nil)
}

// noise is content that cannot be guessed from a part of it.
func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

// entries are the names in a folder, the ones of our own doing too.
func entries(t testing.TB, dir string) string {
	t.Helper()
	all, err := os.ReadDir(dir)
	check(t, err)
	var names []string
	for _, e := range all {
		if e.Name() != "lost+found" {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " | ")
}

func output(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

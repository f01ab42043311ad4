package media_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
)

// hostile are names that must survive byte for byte, and drive nothing.
var hostile = []string{
	"\x1b]52;c;aGVsbG8=\x07.txt",
	"photo\u202egpj.exe",
	"deux\nlignes.txt",
	"r\xe9sum\xe9.doc",
	"-rf",
	"a b  c",
	"été 👨‍👩‍👧.jpg",
	"'\"`$(reboot).pdf",
	strings.Repeat("é", 125) + ".pdfx",
	strings.Repeat("x", 255),
	"..hidden",
	"...",
	"\\..\\..\\etc",
	" ",
}

// kinds makes a folder with one of everything that a key can hold, and returns what is to be listed.
func kinds(t *testing.T) (dir string, want map[string]media.File) {
	t.Helper()
	dir = t.TempDir()
	want = map[string]media.File{}
	for i, name := range hostile {
		write(t, filepath.Join(dir, name), []byte(strings.Repeat("x", i)))
		want[name] = media.File{Size: int64(i)}
	}
	write(t, filepath.Join(dir, "dossier", "sous\ndossier", "a.txt"), []byte("bonjour"))
	want["dossier/sous\ndossier/a.txt"] = media.File{Size: 7}

	check(t, os.Symlink("/etc/passwd", filepath.Join(dir, "lien.pdf")))
	check(t, os.Symlink("/", filepath.Join(dir, "lien-dossier")))
	check(t, os.Symlink("..", filepath.Join(dir, "dossier", "boucle")))
	check(t, unix.Mkfifo(filepath.Join(dir, "tube.pdf"), 0o644))
	for _, name := range []string{"lien.pdf", "lien-dossier", "dossier/boucle", "tube.pdf"} {
		want[name] = media.File{Reason: session.ReasonNotAFile}
	}
	if os.Getuid() == 0 {
		check(t, unix.Mknod(filepath.Join(dir, "disque.pdf"), unix.S_IFBLK|0o666, int(unix.Mkdev(7, 0))))
		check(t, unix.Mknod(filepath.Join(dir, "zero.pdf"), unix.S_IFCHR|0o666, int(unix.Mkdev(1, 5))))
		want["disque.pdf"] = media.File{Reason: session.ReasonNotAFile}
		want["zero.pdf"] = media.File{Reason: session.ReasonNotAFile}
	}
	big, err := os.Create(filepath.Join(dir, "énorme.mkv"))
	check(t, err)
	check(t, big.Truncate(10<<30))
	check(t, big.Close())
	want["énorme.mkv"] = media.File{Size: 10 << 30}

	for _, litter := range []string{"System Volume Information/x", "$RECYCLE.BIN/x", ".Trash-1000/x", ".Spotlight-V100/x", "Thumbs.db", "._photo.jpg", ".DS_Store"} {
		write(t, filepath.Join(dir, litter), []byte("x"))
	}
	return dir, want
}

func compareListing(t *testing.T, m *media.Medium, want map[string]media.File) {
	t.Helper()
	got := map[string]media.File{}
	ids := map[session.FileID]bool{}
	for _, f := range list(t, m) {
		if f.ID == 0 || ids[f.ID] {
			t.Errorf("%q has the ID %d, which is not its own", f.Name.Reveal(), f.ID)
		}
		ids[f.ID] = true
		name := f.Name.Reveal()
		if f.Reason == session.ReasonNone && time.Since(f.Modified) > time.Hour {
			t.Errorf("%q was written just now, and not at %v", name, f.Modified)
		}
		f.ID, f.Name, f.Modified = 0, "", time.Time{}
		got[name] = f
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the listing (-want +got)\n%s", diff)
	}
}

func TestListOfAFolder(t *testing.T) {
	dir, want := kinds(t)
	compareListing(t, open(t, dir), want)
}

func TestListOfADevice(t *testing.T) {
	dir, want := kinds(t)
	compareListing(t, open(t, image(t, 64, dir)), want)
}

func TestNothingButFilesIsEverOpened(t *testing.T) {
	dir, _ := kinds(t)
	m := open(t, dir)
	for _, f := range list(t, m) {
		if f.Size > 1<<20 {
			continue
		}
		err := m.Copy(t.Context(), f.ID, staged(t), nil)
		switch {
		case f.Reason != session.ReasonNone && !errors.Is(err, media.ErrUnreadable):
			t.Errorf("copying %q, which is no file: %v", f.Name.Reveal(), err)
		case f.Reason == session.ReasonNone && err != nil:
			t.Errorf("copying %q: %v", f.Name.Reveal(), err)
		}
	}
}

// A name that led to a file when it was listed may lead elsewhere when it is copied.
func TestSwappedFilesAreNotFollowed(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	write(t, secret, []byte("bonjour"))
	swaps := map[string]func(t *testing.T, path string){
		"by a link":            func(t *testing.T, p string) { check(t, os.Symlink(secret, p)) },
		"by a pipe":            func(t *testing.T, p string) { check(t, unix.Mkfifo(p, 0o644)) },
		"by a folder":          func(t *testing.T, p string) { check(t, os.Mkdir(p, 0o755)) },
		"by a longer file":     func(t *testing.T, p string) { write(t, p, []byte("bonjour à tous")) },
		"by another, as long":  func(t *testing.T, p string) { write(t, p, []byte("bonsoir")) },
		"by nothing":           func(*testing.T, string) {},
		"its folder by a link": nil,
	}
	for name, swap := range swaps {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "d", "a.txt")
			write(t, path, []byte("bonjour"))
			m := open(t, dir)
			f := named(t, m, "d/a.txt")
			check(t, os.RemoveAll(path))
			time.Sleep(clockTick)
			if swap != nil {
				swap(t, path)
			} else {
				check(t, os.Rename(filepath.Join(dir, "d"), filepath.Join(dir, "e")))
				check(t, os.Symlink(filepath.Dir(secret), filepath.Join(dir, "d")))
				check(t, os.Link(secret, filepath.Join(filepath.Dir(secret), "a.txt")))
			}
			copied := staged(t)
			if err := m.Copy(t.Context(), f.ID, copied, nil); err == nil {
				t.Errorf("it was copied: %q", content(t, copied))
			}
		})
	}
}

func TestListStopsAtTheLimit(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, filepath.Join(dir, fmt.Sprint(i)), nil)
	}
	var n int
	err := open(t, dir).List(t.Context(), 20, func(media.File) { n++ })
	if !errors.Is(err, media.ErrTooMany) || n != 20 {
		t.Errorf("of 50 files with a limit of 20: %d, %v", n, err)
	}
	n = 0
	check(t, open(t, dir).List(t.Context(), 50, func(media.File) { n++ }))
	if n != 50 {
		t.Errorf("of 50 files with a limit of 50: %d", n)
	}
}

func TestListStopsAtFoldersWithoutFiles(t *testing.T) {
	dir := t.TempDir()
	for i := range 1100 {
		check(t, os.Mkdir(filepath.Join(dir, fmt.Sprint(i)), 0o755))
	}
	if err := open(t, dir).List(t.Context(), 10, func(media.File) {}); !errors.Is(err, media.ErrTooMany) {
		t.Errorf("1100 folders with a limit of 10 files: %v", err)
	}
}

func TestDeepFoldersEnd(t *testing.T) {
	dir := t.TempDir()
	path := dir
	for range 100 {
		path = filepath.Join(path, "d")
	}
	write(t, filepath.Join(path, "a.txt"), nil)
	files := list(t, open(t, dir))
	if len(files) != 1 || files[0].Reason != session.ReasonNotAFile {
		t.Errorf("a file 100 folders deep gives %v", files)
	}
}

// A mount on a key is not of the key, were it the key itself: that is a folder that lies in itself.
func TestBindMountLoop(t *testing.T) {
	needRoot(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), nil)
	loop := filepath.Join(dir, "boucle")
	check(t, os.Mkdir(loop, 0o755))
	check(t, unix.Mount(dir, loop, "", unix.MS_BIND, ""))
	t.Cleanup(func() { check(t, unix.Unmount(loop, 0)) })
	compareListing(t, open(t, dir), map[string]media.File{
		"a.txt":  {},
		"boucle": {Reason: session.ReasonNotAFile},
	})
}

// A file system made by hand can hold a folder in itself.
func TestFolderLoopOnADevice(t *testing.T) {
	need(t, "debugfs")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "dossier", "a.txt"), nil)
	img := image(t, 8, dir)
	run(t, "debugfs", "-w", "-R", "link /dossier /dossier/encore", img)
	files := list(t, open(t, img))
	if len(files) == 0 || len(files) > 2*70 {
		t.Errorf("a folder in itself gives %d files", len(files))
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name.Reveal(), "a.txt") && f.Reason == session.ReasonNone {
			t.Errorf("%q is taken for a file", f.Name.Reveal())
		}
	}
}

func TestUnreadableFolderIsOneEntry(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything; run by TestAsNobody")
	}
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, "fermé"), 0))
	compareListing(t, open(t, dir), map[string]media.File{"fermé": {Reason: session.ReasonUnreadable}})
}

func TestModified(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir)
	now := time.Now()
	for name, c := range map[string]struct {
		at    time.Time
		known bool
	}{
		"last year":                  {now.AddDate(-1, 0, 0), true},
		"by a clock a little ahead":  {now.Add(time.Hour), true},
		"before any computer":        {time.Unix(0, 0), false},
		"when the time of FAT began": {time.Date(1980, 1, 1, 12, 0, 0, 0, time.UTC), false},
		"next year":                  {now.AddDate(1, 0, 0), false},
	} {
		write(t, filepath.Join(dir, name), []byte("x"))
		check(t, os.Chtimes(filepath.Join(dir, name), c.at, c.at))
		got := named(t, m, name).Modified
		if got.IsZero() == c.known || (c.known && got.Unix() != c.at.Unix()) {
			t.Errorf("written %s: %v, want %v", name, got, c.at)
		}
	}
}

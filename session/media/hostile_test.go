package media_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
)

// hostileKey is an image of a key that wants to be run, followed and opened.
func hostileKey(t *testing.T) string {
	t.Helper()
	needRoot(t)
	dir := t.TempDir()
	run(t, "cp", "/bin/true", filepath.Join(dir, "programme"))
	check(t, os.Chmod(filepath.Join(dir, "programme"), 0o755|os.ModeSetuid|os.ModeSetgid))
	check(t, os.Symlink("/etc/shadow", filepath.Join(dir, "photo.jpg")))
	check(t, os.Symlink("programme", filepath.Join(dir, "lien")))
	check(t, unix.Mknod(filepath.Join(dir, "zero"), unix.S_IFCHR|0o666, int(unix.Mkdev(1, 5))))
	check(t, unix.Mknod(filepath.Join(dir, "disque"), unix.S_IFBLK|0o666, int(unix.Mkdev(7, 0))))
	return image(t, 16, dir)
}

// What hangs from the descriptor of a key is neither run, followed nor opened as a device by anybody, root among them; nor while
// documents are copied to it.
func TestNothingOnAKeyIsRunFollowedOrOpenedAsADevice(t *testing.T) {
	img := hostileKey(t)
	m := openParts(t, img, hostileKey(t))
	for i, root := range m.Roots() {
		heldDown(t, root, unix.ST_RDONLY)
		if i > 0 {
			continue
		}
		check(t, m.Put(t.Context(), "cv.pdf", document(t, noise(5<<20)), 5<<20, func(int64) { heldDown(t, root, 0) }))
		heldDown(t, root, unix.ST_RDONLY)
	}
	for _, f := range list(t, m) {
		if isLink := filepath.Ext(f.Name.Reveal()) == ".jpg"; isLink && f.Reason != session.ReasonNotAFile {
			t.Errorf("a link is told as %q", f.Reason)
		}
	}
	check(t, m.Eject(t.Context()))
}

// heldDown tries what the mount forbids, and asks the kernel how it is mounted.
func heldDown(t *testing.T, root int, readOnly int64) {
	t.Helper()
	below := func(name string) string { return fmt.Sprintf("/proc/self/fd/%d/%s", root, name) }
	if err := exec.Command(below("programme")).Run(); !errors.Is(err, syscall.EACCES) {
		t.Errorf("running a program: %v", err)
	}
	for name, want := range map[string]error{
		"photo.jpg": unix.ELOOP, "lien": unix.ELOOP, "zero": unix.EACCES, "disque": unix.EACCES,
	} {
		fd, err := unix.Openat(root, name, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
		if err == nil {
			_ = unix.Close(fd)
		}
		if !errors.Is(err, want) {
			t.Errorf("opening %s: %v, want %v", name, err, want)
		}
	}
	fd, err := unix.Openat(root, "neuf", unix.O_WRONLY|unix.O_CREAT|unix.O_CLOEXEC, 0o600)
	if err == nil {
		_ = unix.Close(fd)
		check(t, unix.Unlinkat(root, "neuf", 0))
	}
	if (readOnly != 0) != errors.Is(err, unix.EROFS) {
		t.Errorf("writing: %v", err)
	}
	var st unix.Statfs_t
	check(t, unix.Fstatfs(root, &st))
	const noSymlinks = 0x2000 // ST_NOSYMFOLLOW
	want := unix.ST_NOSUID | unix.ST_NODEV | unix.ST_NOEXEC | noSymlinks | readOnly
	if got := st.Flags & (want | unix.ST_RDONLY); got != want {
		t.Errorf("it is mounted %#x, want %#x", got, want)
	}
}

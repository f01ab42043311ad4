package wayland

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

// privateMounts gives the rest of the test a mount namespace of its own. The thread ends with the test.
func privateMounts(t *testing.T) {
	t.Helper()
	if !isRoot() {
		sessiontest.Missing(t, "only root of a mount namespace can show a socket elsewhere")
	}
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNS); err != nil {
		sessiontest.Missing(t, "no mount namespace can be made: "+err.Error())
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
}

// TestPlain shows the compositor's own socket to the browser's user, and to nobody else.
func TestPlain(t *testing.T) {
	sessiontest.Need(t, "grim")
	s := startSway(t)
	privateMounts(t)
	if out, err := s.browser("grim", "-"); err == nil {
		t.Fatalf("the browser reaches the compositor before it was shown: %s", out)
	}
	// As a service sees it that may change nothing of the system.
	for _, flags := range []uintptr{unix.MS_BIND, unix.MS_BIND | unix.MS_REMOUNT | unix.MS_RDONLY} {
		if err := unix.Mount(filepath.Dir(s.socket()), filepath.Dir(s.socket()), "", flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	closer, err := Plain(s.socket(), s.offered())
	if err != nil {
		t.Fatal(err)
	}
	if out, err := s.browser("grim", "-"); err != nil {
		t.Errorf("the browser cannot use the socket: %v %s", err, out)
	}
	const stranger = visitorUID - 1
	for _, socket := range []string{s.socket(), s.offered()} {
		if out, err := finish(s.command(stranger, s.display, socket, "grim", "-")); err == nil {
			t.Errorf("somebody else can use %s: %s", filepath.Base(socket), out)
		}
	}
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(s.offered()); !os.IsNotExist(err) {
		t.Errorf("something is left behind: %v", err)
	}
}

// TestPlainFollowsNoLink: the compositor's directory belongs to another user, who must not lead root elsewhere.
func TestPlainFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "precious")
	if err := os.WriteFile(precious, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(precious, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	privateMounts(t)
	for _, name := range []string{"precious", "link", "nothing"} {
		if closer, err := Plain(filepath.Join(dir, name), filepath.Join(dir, "shown")); err == nil {
			closer.Close()
			t.Errorf("%s was taken for the compositor's socket", name)
		}
	}
	info, err := os.Stat(precious)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v now, %v", info.Mode(), err)
	}
}

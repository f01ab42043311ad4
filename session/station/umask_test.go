package station_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
)

// TestBrowserReachesItsDirectoriesWhateverTheUmask: a service with UMask=0077 must not close them to the browser's user.
func TestBrowserReachesItsDirectoriesWhateverTheUmask(t *testing.T) {
	sessiontest.Need(t, "bwrap")
	w := newWorld(t)
	before := unix.Umask(0o077)
	defer unix.Umask(before)
	s := w.start(t)
	openSession(t, s)
	for dir := filepath.Join(w.options.RunDir, "session"); ; {
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o711 {
			t.Errorf("%s has the mode %v", filepath.Base(dir), info.Mode())
		}
		inside, _ := filepath.Glob(filepath.Join(dir, "*", "documents"))
		if len(inside) != 1 {
			break
		}
		dir = filepath.Dir(inside[0])
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

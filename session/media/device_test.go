package media_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"estran/session"
	"estran/session/media"
)

func TestSourceAt(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key.img")
	write(t, file, []byte("x"))
	check(t, os.Symlink(dir, filepath.Join(dir, "link")))
	for path, want := range map[string]media.Source{
		dir:                        {Path: dir},
		file:                       {Path: file, Device: true},
		filepath.Join(dir, "link"): {Path: dir},
	} {
		if got, err := media.SourceAt(path); err != nil || got != want {
			t.Errorf("%s is %v, %v, want %v", path, got, err, want)
		}
	}
	for _, path := range []string{filepath.Join(dir, "none"), "/dev/null"} {
		if got, err := media.SourceAt(path); err == nil {
			t.Errorf("%s is %v", path, got)
		}
	}
}

func TestOpenOfWhatIsNoKey(t *testing.T) {
	dir := t.TempDir()
	zeros := filepath.Join(dir, "zeros.img")
	write(t, zeros, make([]byte, 1<<20))
	for src, want := range map[media.Source]session.MediumProblem{
		{Path: filepath.Join(dir, "none")}:               session.MediumNotReadable,
		{Path: zeros}:                                    session.MediumNotReadable,
		{Path: filepath.Join(dir, "none"), Device: true}: session.MediumNotReadable,
		{Path: "/dev/null", Device: true}:                session.MediumNotReadable,
		{Path: dir, Device: true}:                        session.MediumNotReadable,
	} {
		m, err := media.Open(t.Context(), src)
		if err == nil {
			t.Errorf("%v was opened", src)
			m.Close()
		}
		if got := media.ProblemOf(err); got != want {
			t.Errorf("%v: the problem is %q: %v", src, got, err)
		}
	}
	if os.Getuid() != 0 {
		return
	}
	if m, err := media.Open(t.Context(), media.Source{Path: zeros, Device: true}); media.ProblemOf(err) != session.MediumEmpty {
		t.Errorf("an image of zeros: %v, %v", m, err)
	}
	unused(t, zeros)
}

// unused says by losetup, not by our own means, that no loop device is made of an image.
func unused(t *testing.T, img string) {
	t.Helper()
	if used, err := media.InUse(media.Source{Path: img, Device: true}); err != nil || used {
		t.Errorf("the image is in use: %v, %v", used, err)
	}
	if out := output(t, "losetup", "--associated", img); strings.TrimSpace(out) != "" {
		t.Errorf("a loop device is left: %s", out)
	}
}

func TestAMountedKeyIsSeenByNobodyAndGoes(t *testing.T) {
	need(t, "losetup")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), []byte("x"))
	for _, path := range []string{image(t, 8, dir), loopDevice(t, image(t, 8, dir))} {
		for name, leave := range map[string]func(*media.Medium) error{
			"eject": func(m *media.Medium) error { return m.Eject(t.Context()) },
			"close": (*media.Medium).Close,
		} {
			before := read(t, "/proc/self/mountinfo")
			m := open(t, path)
			named(t, m, "a.txt")
			if string(before) != string(read(t, "/proc/self/mountinfo")) {
				t.Error("the key is in the table of mounts, where everybody sees it")
			}
			if used, err := media.InUse(m.Source()); err != nil || !used {
				t.Errorf("%s: an open key is not in use: %v, %v", name, used, err)
			}
			if !m.Present() || !m.Writable() {
				t.Errorf("%s: an open key is not present or not writable", name)
			}
			check(t, leave(m))
			eventually(t, "the key is free after "+name, func() bool {
				used, err := media.InUse(m.Source())
				check(t, err)
				return !used
			})
			if m.Present() {
				t.Errorf("%s: the key is still present", name)
			}
			err := m.List(t.Context(), 10, func(media.File) {})
			if !errors.Is(err, media.ErrPulled) {
				t.Errorf("%s: listing it afterwards: %v", name, err)
			}
			check(t, m.Eject(t.Context()))
			check(t, m.Close())
		}
	}
}

// A file system that is mounted already is somebody else's, the computer's perhaps: it is not shared, nor ever remounted.
func TestWhatIsMountedElsewhereIsNotOpened(t *testing.T) {
	needRoot(t)
	disk := loopDisk(t)
	pull := plug(t, disk, image(t, 8, ""))
	at := t.TempDir()
	run(t, "mount", "-o", "ro", disk, at)
	src := media.Source{Path: disk, Device: true}
	m, err := media.Open(t.Context(), src)
	if err == nil {
		t.Error("it was opened")
		m.Close()
	}
	if media.ProblemOf(err) != session.MediumNotReadable {
		t.Errorf("the problem is %q: %v", media.ProblemOf(err), err)
	}
	umount(t, at)
	check(t, open(t, disk).Eject(t.Context()))
	pull()
}

// A station that is killed leaves no key mounted: the mount has no path, and dies with the process.
func TestAKilledProcessLeavesNothingMounted(t *testing.T) {
	if os.Getenv("MEDIA_TEST_KEY") != "" {
		m := open(t, os.Getenv("MEDIA_TEST_KEY"))
		_ = m.Put(t.Context(), "a.txt", document(t, noise(8<<20)), 8<<20, func(int64) {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		})
		return
	}
	img := image(t, 32, "")
	cmd := exec.Command(os.Args[0], "-test.run=^TestAKilledProcessLeavesNothingMounted$")
	cmd.Env = append(os.Environ(), "MEDIA_TEST_KEY="+img, "TMPDIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the process was not killed: %v\n%s", err, out)
	}
	eventually(t, "the image is free", func() bool {
		used, err := media.InUse(media.Source{Path: img, Device: true})
		return err == nil && !used
	})
	unused(t, img)
	run(t, "e2fsck", "-f", "-p", img)
}

// The tests that root cannot fail, run as nobody.
func TestAsNobody(t *testing.T) {
	needRoot(t)
	need(t, "setpriv")
	img := image(t, 8, "")
	exe := filepath.Join(t.TempDir(), "test")
	run(t, "cp", os.Args[0], exe)
	tmp := t.TempDir()
	run(t, "chmod", "755", filepath.Dir(exe), filepath.Dir(tmp), exe, filepath.Dir(img))
	run(t, "chmod", "777", tmp)
	cmd := exec.Command("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", exe, "-test.v",
		"-test.run=^(TestOpenAsAnyone|TestUnreadableFolderIsOneEntry|TestPutInAFolderOfSomebodyElse)$")
	cmd.Env = append(os.Environ(), "MEDIA_TEST_ANYONE="+img, "TMPDIR="+tmp)
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Count(string(out), "--- PASS: Test") != 3 {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestPutInAFolderOfSomebodyElse(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root writes everywhere; run by TestAsNobody")
	}
	m := open(t, "/etc")
	if m.Writable() {
		t.Error("it says it can be written")
	}
	if err := put(t.Context(), t, m, "a", []byte("x")); !errors.Is(err, session.ErrReadOnly) {
		t.Errorf("%v", err)
	}
}

func TestOpenAsAnyone(t *testing.T) {
	img := os.Getenv("MEDIA_TEST_ANYONE")
	if img == "" {
		t.Skip("run by TestAsNobody")
	}
	for _, path := range []string{img, "/dev/loop0"} {
		_, err := media.Open(t.Context(), media.Source{Path: path, Device: true})
		if !errors.Is(err, media.ErrNeedsRoot) || media.ProblemOf(err) != session.MediumNeedsRoot {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A key that was pulled out of another computer while it was written has a journal to be replayed. Reading must not do
// that: it would write to the key.
func TestADirtyKeyIsReadAndNotWritten(t *testing.T) {
	needRoot(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), []byte("x"))
	img := image(t, 16, dir)
	at := t.TempDir()
	run(t, "mount", "-o", "loop", img, at)
	write(t, filepath.Join(at, "b.txt"), []byte("y"))
	run(t, "sync", "-f", at)
	pulled := img + ".pulled"
	run(t, "cp", img, pulled)
	umount(t, at)

	before := read(t, pulled)
	m := open(t, pulled)
	named(t, m, "a.txt")
	if m.Writable() {
		t.Error("a key that needs mending says it can be written")
	}
	if err := put(t.Context(), t, m, "c.txt", []byte("z")); !errors.Is(err, session.ErrReadOnly) {
		t.Errorf("a document was put on it: %v", err)
	}
	check(t, m.Eject(t.Context()))
	if string(before) != string(read(t, pulled)) {
		t.Error("reading changed the key")
	}
}

func TestErrorsHoldNoName(t *testing.T) {
	dir := t.TempDir()
	const secret = "madame-untel"
	path := filepath.Join(dir, secret, secret+".pdf")
	write(t, path, noise(100))
	m := open(t, dir)
	f := named(t, m, secret+"/"+secret+".pdf")
	closed := staged(t)
	check(t, closed.Close())
	errs := []error{m.Copy(t.Context(), f.ID, closed, nil)}
	check(t, os.Remove(path))
	errs = append(errs, m.Copy(t.Context(), f.ID, staged(t), nil))
	errs = append(errs, m.Put(t.Context(), secret, closed, 10, nil))
	check(t, os.RemoveAll(dir))
	errs = append(errs, m.Copy(t.Context(), f.ID, staged(t), nil), put(t.Context(), t, m, secret, []byte("x")))
	_, err := media.Open(t.Context(), media.Source{Path: filepath.Join(dir, secret)})
	errs = append(errs, err)
	_, err = media.SourceAt(filepath.Join(dir, secret))
	errs = append(errs, err)
	for i, err := range errs {
		if err == nil {
			t.Errorf("call %d went well", i)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error holds the name: %v", err)
		}
	}
}

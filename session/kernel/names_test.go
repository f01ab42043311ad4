package kernel_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/kernel"
	"estran/session/sessiontest"
)

// TestTheKernelForgetsNames has this computer's kernel forget, and again when there is hardly anything left to forget.
func TestTheKernelForgetsNames(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "only root has the kernel forget; the acceptance machine shows it")
	}
	for range 2 {
		n := kernel.Names{}
		if err := n.Wipe(t.Context()); err != nil {
			sessiontest.Missing(t, "the kernel of this computer may not be asked; the acceptance machine shows it: "+err.Error())
		}
		if err := n.Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// TestADropThatDroppedNothingIsTold asks this computer's kernel what it keeps, and never to drop any of it. Right before, it
// has forgotten nearly all: what is left is little, whether a wipe takes it or not.
func TestADropThatDroppedNothingIsTold(t *testing.T) {
	_ = (&kernel.Names{}).Wipe(t.Context()) // as far as this test may
	proc := fakeProc(t)
	if err := os.Symlink("/proc/sys/fs/dentry-state", proc.state); err != nil {
		t.Fatal(err)
	}
	proc.write(t, proc.drop, "")
	n := kernel.Names{Proc: proc.dir}
	if err := n.Wipe(t.Context()); err != nil {
		sessiontest.Missing(t, "the kernel of this computer keeps no names here; the acceptance machine shows it: "+err.Error())
	}
	if n.Check(t.Context()) == nil {
		t.Error("nothing was dropped, and it is verified")
	}
}

// TestAFileSystemThatKeepsNoNamesIsTold: on a tmpfs nobody would see whether names are dropped.
func TestAFileSystemThatKeepsNoNamesIsTold(t *testing.T) {
	const dir = "/dev/shm"
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil || fs.Type != unix.TMPFS_MAGIC || os.Getuid() != 0 {
		sessiontest.Missing(t, "no tmpfs, or not root; the acceptance machine shows it")
	}
	_ = (&kernel.Names{}).Wipe(t.Context())
	for _, dir := range []string{dir, filepath.Join(t.TempDir(), "none")} {
		n := kernel.Names{Dir: dir}
		if n.Wipe(t.Context()) == nil {
			t.Errorf("%q: the kernel forgot names that it never knew", dir)
		}
		if n.Check(t.Context()) == nil {
			t.Errorf("%q: and it is verified", dir)
		}
	}
}

func TestNamesThatStayAreTold(t *testing.T) {
	const before = "1100000\t1000000\t45\t0\t600000\t0\n"
	for name, c := range map[string]struct {
		after string
		fine  bool
	}{
		"nothing is left":                       {"90000\t8\t45\t0\t2\t0\n", true},
		"another program walks through a disk":  {"90000\t9000\t45\t0\t2\t0\n", true},
		"another program looks for some":        {"90000\t900\t45\t0\t500\t0\n", true},
		"all stay":                              {before, false},
		"half of them stay":                     {"500000\t490000\t45\t0\t2\t0\n", false},
		"some of those that are not there":      {"90000\t3000\t45\t0\t3000\t0\n", false},
		"nobody knows how many stay":            {"nonsense\n", false},
		"an old kernel, which tells too little": {"90000\t8\n", false},
	} {
		proc := fakeProc(t)
		n := kernel.Names{Proc: proc.dir}
		if n.Check(t.Context()) == nil {
			t.Errorf("%s: what was never asked is verified", name)
		}
		proc.write(t, proc.state, before)
		if n.Wipe(t.Context()) == nil {
			t.Errorf("%s: a kernel that cannot be asked has forgotten", name)
		}
		proc.write(t, proc.drop, "")
		if err := n.Wipe(t.Context()); err != nil {
			t.Fatal(err)
		}
		proc.write(t, proc.state, c.after)
		if err := n.Check(t.Context()); (err == nil) != c.fine {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkNames is what the names add to the end of each session.
func BenchmarkNames(b *testing.B) {
	n := kernel.Names{}
	for b.Loop() {
		if err := n.Wipe(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := n.Check(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// procfs is a directory that stands in for /proc, with no file in it yet.
type procfs struct{ dir, state, drop string }

func fakeProc(t *testing.T) procfs {
	t.Helper()
	dir := t.TempDir()
	p := procfs{dir, filepath.Join(dir, "sys/fs/dentry-state"), filepath.Join(dir, "sys/vm/drop_caches")}
	for _, file := range []string{p.state, p.drop} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func (procfs) write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

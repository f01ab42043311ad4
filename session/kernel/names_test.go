package kernel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"estran/session/kernel"
	"estran/session/sessiontest"
)

// TestTheKernelForgetsNames looks up names that are not there, as udev does with labels, and has this computer's kernel
// forget them.
func TestTheKernelForgetsNames(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "only root has the kernel forget; the acceptance machine shows it")
	}
	dir := t.TempDir()
	for i := range 20_000 {
		_, _ = os.Lstat(filepath.Join(dir, fmt.Sprint("label-", i)))
	}
	n := kernel.Names{}
	if err := n.Wipe(t.Context()); err != nil {
		sessiontest.Missing(t, "the kernel of this computer may not be asked; the acceptance machine shows it: "+err.Error())
	}
	if err := n.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestNamesThatStayAreTold(t *testing.T) {
	proc := t.TempDir()
	state := filepath.Join(proc, "sys/fs/dentry-state")
	drop := filepath.Join(proc, "sys/vm/drop_caches")
	for _, file := range []string{state, drop} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := kernel.Names{Proc: proc}
	if n.Check(t.Context()) == nil {
		t.Error("what was never asked is verified")
	}
	write(state, "90000\t80000\t45\t0\t60000\t0\n")
	if n.Wipe(t.Context()) == nil {
		t.Error("a kernel that cannot be asked has forgotten")
	}
	write(drop, "")
	if err := n.Wipe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n.Check(t.Context()) == nil {
		t.Error("80000 names stay, and it is verified")
	}
	write(state, "90000\t3000\t45\t0\t60000\t0\n")
	if err := n.Check(t.Context()); err != nil {
		t.Error(err)
	}
	write(state, "nonsense\n")
	if n.Check(t.Context()) == nil {
		t.Error("nobody knows how many stay, and it is verified")
	}
}

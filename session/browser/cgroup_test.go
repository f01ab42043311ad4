package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/cgroup"
	"estran/session/sessiontest"
)

// TestCgroupInASmallMachine runs the next one there when the computer gives no cgroup2.
func TestCgroupInASmallMachine(t *testing.T) {
	need(t, "bwrap")
	sessiontest.InMachine(t, "^TestCgroup", "TestCgroupAPageTakesAllMemory")
}

// TestCgroupAPageTakesAllMemory: the browser says why it ended, and the next one of the session is not blamed for it.
func TestCgroupAPageTakesAllMemory(t *testing.T) {
	if why := sessiontest.Unruled(); why != "" {
		t.Skip(why + ": TestCgroupInASmallMachine runs this")
	}
	const root = "/sys/fs/cgroup"
	if err := os.WriteFile(root+"/cgroup.subtree_control", []byte("+memory +pids +cpu"), 0); err != nil {
		t.Fatal(err)
	}
	parent := filepath.Join(root, fmt.Sprintf("estran-test-%d", os.Getpid()))
	if err := os.Mkdir(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	defer unix.Rmdir(parent)
	g, err := cgroup.New(parent, "browser", cgroup.Limits{MemoryMax: 96 << 20, TasksMax: 100, CPUMax: 100, CPUWeight: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		does    []string
		problem session.BrowserProblem
	}{
		{[]string{"eat"}, session.BrowserMemory},
		{[]string{"exit", "11"}, session.BrowserCrashed},
		{[]string{"eat"}, session.BrowserMemory},
		{[]string{"exit", "0"}, session.BrowserFine},
	} {
		c := insideConfig(t, "size=64m", p.does...)
		c.Cgroup = g.Directory()
		ends(t, c, p.problem)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := errors.Join(g.Empty(ctx), g.Remove()); err != nil {
		t.Error(err)
	}
}

// TestCgroupHoldsTheWholeSandbox: every process is born in the group, bubblewrap as well, and ends with it. It needs no
// controller.
func TestCgroupHoldsTheWholeSandbox(t *testing.T) {
	if !isHostRoot() {
		sessiontest.Missing(t, "only root may put somebody in a group")
	}
	root := t.TempDir()
	if err := unix.Mount("cgroup2", root, "cgroup2", 0, ""); err != nil {
		sessiontest.Missing(t, "there is no cgroup2: "+err.Error())
	}
	defer unix.Unmount(root, unix.MNT_DETACH)
	name := fmt.Sprintf("estran-test-%d", os.Getpid())
	group := filepath.Join(root, name)
	if err := os.Mkdir(group, 0o755); err != nil {
		t.Fatal(err)
	}
	defer unix.Rmdir(group)
	c := insideConfig(t, "size=64m", "stay")
	dir, err := os.Open(group)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	c.Cgroup = dir
	b := started(t, c)
	namespace := namespaceOf(t, b.sandbox.bwrap.Pid, 3)
	await(t, b, Shown, patience)
	for _, pid := range append(processesOf(namespace), b.sandbox.bwrap.Pid) {
		where, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
		if err != nil || !strings.Contains(string(where), "0::/"+name+"\n") {
			t.Errorf("a process of the sandbox is in %q, %v", where, err)
		}
	}
	if err := os.WriteFile(filepath.Join(group, "cgroup.kill"), []byte("1"), 0); err != nil {
		t.Fatal(err)
	}
	if e := exited(t, b, patience); e.Problem != session.BrowserCrashed {
		t.Errorf("it ended with %q", e.Problem)
	}
	gone(t, namespace, 0)
	if left, err := os.ReadFile(filepath.Join(group, "cgroup.procs")); err != nil || len(left) > 0 {
		t.Errorf("the group holds %q, %v", left, err)
	}
}

package cgroup

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

var small = Limits{MemoryMax: 64 * mib, TasksMax: 64, CPUMax: 80, CPUWeight: 50}

func newGroup(t *testing.T, l Limits) *Group {
	t.Helper()
	g, err := New(newParent(t), "browser", l)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

// TestMemoryHog: who takes too much ends, and all of the group with it; whoever is beside it stays.
func TestMemoryHog(t *testing.T) {
	g := newGroup(t, small)
	bystander := start(t, g.in(t, "wait"))
	if !killed(t, start(t, g.in(t, "hog"))) {
		t.Error("the hog was not killed")
	}
	if !killed(t, bystander) {
		t.Error("a part of the group outlives the rest")
	}
	if err := g.Empty(within(t, time.Minute)); err != nil {
		t.Error(err)
	}
	if e, err := EventsOf(g.Directory()); err != nil || e.Killed < 1 {
		t.Errorf("events %+v, %v", e, err)
	}
	if err := g.Remove(); err != nil {
		t.Error(err)
	}
}

// TestEventsCanBeReadByTheBrowsersUser: a service that lets nobody read what it makes, as its unit says (UMask=), has
// another user by the time that it asks why the browser ended.
func TestEventsCanBeReadByTheBrowsersUser(t *testing.T) {
	umask := unix.Umask(0o077)
	defer unix.Umask(umask)
	g := newGroup(t, small)
	info, err := os.Stat(g.Directory().Name())
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o755 {
		t.Errorf("its directory has mode %o", mode)
	}
	if err := g.Remove(); err != nil {
		t.Error(err)
	}
}

// TestFilesInMemoryCount: what a browser downloads is a part of its share, and stays when the browser has ended.
func TestFilesInMemoryCount(t *testing.T) {
	g := newGroup(t, small)
	dir, err := os.MkdirTemp("", "estran-files-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(dir)
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=256m,mode=777"); err != nil {
		t.Fatal(err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	if out, err := g.in(t, "file", dir+"/letter", "16").CombinedOutput(); err != nil {
		t.Fatalf("16 MiB cannot be written: %v %s", err, out)
	}
	if !killed(t, start(t, g.in(t, "file", dir+"/film", "200"))) {
		t.Error("200 MiB were written in a share of 64 MiB")
	}
	if err := errors.Join(g.Kill(), g.Empty(within(t, time.Minute)), g.Remove()); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(dir + "/letter"); err != nil || info.Size() != 16*mib {
		t.Errorf("the letter is gone: %v", err)
	}
}

// TestForkBomb: it makes so many processes and no more, and ends at once with all of them.
func TestForkBomb(t *testing.T) {
	l := small
	l.TasksMax, l.MemoryMax = 40, 256*mib
	g := newGroup(t, l)
	start(t, g.in(t, "bomb"))
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		n := number(t, g, "pids.current")
		if n > l.TasksMax {
			t.Fatalf("%d tasks in a group of at most %d", n, l.TasksMax)
		}
		if e, err := EventsOf(g.Directory()); err != nil {
			t.Fatal(err)
		} else if e.Refused > 0 {
			break
		}
		if time.Since(begun) > time.Minute {
			t.Fatalf("the bomb stays at %d tasks", n)
		}
	}
	begun := time.Now()
	if err := errors.Join(g.Kill(), g.Empty(within(t, time.Minute))); err != nil {
		t.Error(err)
	}
	t.Logf("ended in %v", time.Since(begun))
	if left, err := os.ReadFile(filepath.Join(g.path, "cgroup.procs")); err != nil || len(left) > 0 {
		t.Errorf("an empty group has the processes %q, %v", left, err)
	}
}

func number(t *testing.T, g *Group, file string) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(g.path, file))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestKillEmptiesAGroup whose processes have left their parent and listen to nothing.
func TestKillEmptiesAGroup(t *testing.T) {
	g := newGroup(t, small)
	cmd := g.in(t, "stubborn")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, cmd)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("%q, %v", line, err)
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := g.Empty(within(t, 200*time.Millisecond)); err == nil {
		t.Error("a group with processes is said to be empty")
	}
	if err := g.Remove(); !errors.Is(err, syscall.EBUSY) {
		t.Errorf("a group with processes is removed: %v", err)
	}
	if err := errors.Join(g.Kill(), g.Empty(within(t, time.Minute)), g.Remove()); err != nil {
		t.Error(err)
	}
	if err := g.Empty(within(t, time.Second)); err == nil {
		t.Error("a group that is not there is said to be empty")
	}
}

// TestBornInTheGroup, and no way out of it.
func TestBornInTheGroup(t *testing.T) {
	g := newGroup(t, small)
	out, err := g.in(t, "where").Output()
	if err != nil || !strings.Contains(string(out), "0::"+strings.TrimPrefix(g.path, root)+"\n") {
		t.Errorf("it was born in %q, %v", out, err)
	}
	for _, place := range []string{root, filepath.Dir(g.path)} {
		out, err = g.in(t, "escape", place).Output()
		if err != nil || !strings.Contains(string(out), "permission denied") {
			t.Errorf("an escape ends with %q, %v", out, err)
		}
	}
}

// TestTime: a program that computes without end has its share and no more.
func TestTime(t *testing.T) {
	l := small
	l.CPUMax = 20
	g := newGroup(t, l)
	start(t, g.in(t, "burn"))
	begun := time.Now()
	time.Sleep(2 * time.Second)
	used, err := count(g.path, "cpu.stat", "usage_usec")
	took := time.Since(begun)
	if share := float64(used) / float64(took.Microseconds()); err != nil || share < 0.05 || share > 0.35 {
		t.Errorf("it used %.2f of a core of 0.20 in %v, %v", share, took, err)
	}
	if n, err := count(g.path, "cpu.stat", "nr_throttled"); err != nil || n == 0 {
		t.Errorf("it was never held back: %v", err)
	}
}

// TestAfterACrash: a group that an earlier process left behind is ended, not joined.
func TestAfterACrash(t *testing.T) {
	old := newGroup(t, small)
	left := start(t, old.in(t, "wait"))
	g, err := New(filepath.Dir(old.path), "browser", small)
	if err != nil {
		t.Fatal(err)
	}
	if !killed(t, left) {
		t.Error("a process of the old group lives on")
	}
	if err := g.Empty(within(t, time.Minute)); err != nil {
		t.Error(err)
	}
}

// TestNoGroupWithoutItsLimits: what cannot be set leaves nothing behind.
func TestNoGroupWithoutItsLimits(t *testing.T) {
	parent := newParent(t)
	bad := small
	bad.CPUWeight = 0
	for _, p := range []struct {
		parent, name string
		limits       Limits
	}{
		{parent, "browser", bad},
		{parent, "browser", Limits{}},
		{parent, "..", small},
		{parent, "a/b", small},
		{parent, "", small},
		{parent + "/nothing", "browser", small},
		{t.TempDir(), "browser", small},
	} {
		if g, err := New(p.parent, p.name, p.limits); err == nil {
			g.Remove()
			t.Errorf("%q with %+v is made", p.name, p.limits)
		}
		if _, err := os.Stat(filepath.Join(parent, "browser")); !os.IsNotExist(err) {
			t.Fatalf("%+v leaves a group behind: %v", p, err)
		}
	}
}

// TestDelegated is this process in the place of a service that has settled.
func TestDelegated(t *testing.T) {
	if _, err := Delegated(); err == nil {
		t.Error("a test takes itself for the service")
	}
	parent := newParent(t)
	own := filepath.Join(parent, subgroup)
	if err := os.Mkdir(own, 0o755); err != nil {
		t.Fatal(err)
	}
	moveTo(t, own)
	makesGroups(t, parent)
}

// TestSettle is this process in the place of a service that systemd has just started.
func TestSettle(t *testing.T) {
	parent := newParent(t)
	moveTo(t, parent)
	if found, err := Delegated(); err == nil {
		t.Errorf("a group of its own is found before: %q", found)
	}
	for range 2 { // what is settled stays
		if err := Settle(); err != nil {
			t.Fatal(err)
		}
	}
	makesGroups(t, parent)
}

// moveTo moves this process to a group for the rest of the test.
func moveTo(t *testing.T, dir string) {
	t.Helper()
	home, err := ownGroup()
	if err != nil {
		t.Fatal(err)
	}
	if err := write(dir, "cgroup.procs", "0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := write(filepath.Join(root, home), "cgroup.procs", "0"); err != nil {
			t.Error(err)
		}
	})
}

// makesGroups sees that the service's own part of the tree is parent, and that it can have groups.
func makesGroups(t *testing.T, parent string) {
	t.Helper()
	found, err := Delegated()
	if err != nil || found != parent {
		t.Fatalf("Delegated finds %q, %v; want %q", found, err, parent)
	}
	g, err := New(found, "browser", small)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Remove(); err != nil {
		t.Error(err)
	}
}

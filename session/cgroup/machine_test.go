package cgroup

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 2 && os.Args[1] == "play":
		play(os.Args[2:])
	case os.Getpid() == 1:
		sessiontest.FirstProcess()
	}
	os.Exit(m.Run())
}

// TestInASmallMachine runs all tests there when the computer gives no cgroup2.
func TestInASmallMachine(t *testing.T) { sessiontest.InMachine(t, ".", "TestMemoryHog") }

// newParent is a group for the groups of a test, as a service has one.
func newParent(t *testing.T) string {
	t.Helper()
	if why := sessiontest.Unruled(); why != "" {
		t.Skip(why + ": TestInASmallMachine runs this")
	}
	if err := write(root, "cgroup.subtree_control", "+memory +pids +cpu"); err != nil {
		t.Fatalf("cannot use the computer's cgroup2: %v", err)
	}
	parent := filepath.Join(root, fmt.Sprintf("estran-test-%d.service", os.Getpid()))
	if err := os.Mkdir(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = write(parent, "cgroup.kill", "1")
		for late := time.Now().Add(30 * time.Second); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
			for _, name := range []string{"browser", subgroup, ""} {
				_ = unix.Rmdir(filepath.Join(parent, name))
			}
			if _, err := os.Stat(parent); err != nil {
				return
			}
		}
		t.Error("the group of the test cannot be removed")
	})
	return parent
}

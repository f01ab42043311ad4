package cgroup

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

// The tests need a cgroup2 that they rule. Where the computer has none, as in most containers, they run in a small machine
// of their own: a real kernel that is an ordinary program (User Mode Linux), whose first process is this test binary. It
// reads this computer's files, and writes to none.

const (
	inMachine = "ESTRAN_TEST_MACHINE" // set for what runs in it
	verdict   = "estran: the tests ended with"
)

func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 2 && os.Args[1] == "play":
		play(os.Args[2:])
	case os.Getpid() == 1:
		first()
	}
	os.Exit(m.Run())
}

// first is the first process of the machine: it starts the tests, buries the dead, and turns the machine off.
func first() {
	for _, m := range []struct{ kind, dir string }{
		{"proc", "/proc"}, {"sysfs", "/sys"}, {"cgroup2", root}, {"tmpfs", "/tmp"},
	} {
		if err := unix.Mount(m.kind, m.dir, m.kind, 0, ""); err != nil {
			fmt.Println(m.dir, err)
		}
	}
	tests := exec.Command("/proc/self/exe", "-test.v", "-test.timeout=120s")
	tests.Stdout, tests.Stderr = os.Stdout, os.Stdout
	if err := tests.Start(); err != nil {
		fmt.Println(err)
	}
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.EINTR || err == nil && pid != tests.Process.Pid {
			continue
		}
		fmt.Println(verdict, status.ExitStatus(), err)
		_ = unix.Reboot(unix.LINUX_REBOOT_CMD_POWER_OFF)
	}
}

// TestInASmallMachine runs the tests that need a cgroup2 where the computer gives none.
func TestInASmallMachine(t *testing.T) {
	if why := unruled(); why == "" {
		t.Skip("the computer's own cgroup2 is used")
	} else {
		t.Log(why)
	}
	sessiontest.Need(t, "linux.uml")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	machine := exec.Command("linux.uml", "rootfstype=hostfs", "rootflags=/", "ro", "mem=512M", "init="+self,
		inMachine+"=1", "con=null", "con0=null,fd:1", "quiet", "panic=-1", "uml_dir="+dir+"/")
	machine.Dir, machine.Env = dir, []string{"HOME=" + dir, "PATH=/usr/bin:/bin"}
	machine.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	var out bytes.Buffer
	machine.Stdout, machine.Stderr = &out, &out
	machine.WaitDelay = time.Second
	if err := machine.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(150*time.Second, func() { _ = syscall.Kill(-machine.Process.Pid, syscall.SIGKILL) })
	defer hung.Stop()
	_ = machine.Wait()
	told := strings.ReplaceAll(out.String(), "\r", "")
	if testing.Verbose() || !strings.Contains(told, verdict+" 0 <nil>") {
		t.Log(told)
	}
	if !strings.Contains(told, verdict+" 0 <nil>") || !strings.Contains(told, "--- PASS: TestMemoryHog") {
		t.Error("the tests in the machine failed")
	}
}

// unruled says why the tests cannot use the computer's own cgroup2, "" when they can.
func unruled() string {
	if os.Geteuid() != 0 {
		return "only root rules the cgroup2 of a computer"
	}
	controllers, err := os.ReadFile(filepath.Join(root, "cgroup.controllers"))
	if err != nil {
		return "there is no cgroup2 at " + root
	}
	for _, c := range []string{"memory", "pids", "cpu"} {
		if !strings.Contains(" "+strings.TrimSpace(string(controllers))+" ", " "+c+" ") {
			return "cgroup2 has no " + c + " controller here"
		}
	}
	return ""
}

// newParent is a group for the groups of a test, as a service has one.
func newParent(t *testing.T) string {
	t.Helper()
	if why := unruled(); why != "" {
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
		for range 100 {
			for _, name := range []string{"browser", subgroup, ""} {
				_ = unix.Rmdir(filepath.Join(parent, name))
			}
			if _, err := os.Stat(parent); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Error("the group of the test cannot be removed")
	})
	return parent
}

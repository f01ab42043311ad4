package cgroup

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// play is what this binary does when a test starts it in a group.
func play(args []string) {
	switch args[0] {
	case "hog": // takes memory without end
		for {
			_, err := unix.Mmap(-1, 0, 4*mib, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_POPULATE)
			if err != nil {
				os.Exit(9)
			}
		}
	case "file": // writes so many MiB to a file
		f, err := os.Create(args[1])
		n, _ := strconv.Atoi(args[2])
		for i := 0; err == nil && i < n; i++ {
			_, err = f.Write(make([]byte, mib))
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(9)
		}
	case "bomb": // starts processes without end
		for failed := 0; failed < 200; {
			if exec.Command("/proc/self/exe", "play", "wait").Start() != nil {
				failed++
			}
		}
		wait()
	case "stubborn": // has children that have left it and listen to no signal
		signal.Ignore(syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT)
		for range 3 {
			child := exec.Command("/proc/self/exe", "play", "wait")
			child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
			_ = child.Start()
		}
		fmt.Println("ready")
		wait()
	case "where": // says in which group it is
		group, _ := os.ReadFile("/proc/self/cgroup")
		fmt.Print(string(group))
	case "escape": // tries to move to another group
		err := write(args[1], "cgroup.procs", strconv.Itoa(os.Getpid()))
		fmt.Println(err)
	case "burn":
		for n := 0; ; n++ {
			runtime.KeepAlive(n)
		}
	case "wait":
		wait()
	}
	os.Exit(0)
}

func wait() {
	time.Sleep(time.Hour)
}

// in prepares a player that is born in a group, as the browser's user.
func (g *Group) in(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/proc/self/exe", append([]string{"play"}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		UseCgroupFD: true, CgroupFD: int(g.Directory().Fd()), Credential: &syscall.Credential{Uid: 65534, Gid: 65534},
	}
	cmd.WaitDelay = time.Second
	t.Cleanup(func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return cmd
}

func start(t *testing.T, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// killed says that a player was killed by the kernel.
func killed(t *testing.T, cmd *exec.Cmd) bool {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case <-done:
		status := cmd.ProcessState.Sys().(syscall.WaitStatus)
		return status.Signaled() && status.Signal() == syscall.SIGKILL
	case <-time.After(time.Minute):
		t.Fatal("a player does not end")
		return false
	}
}

package browser

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

// The tests mount file systems, so they run in a mount namespace of their own: the root of the computer's when root runs
// them, a user namespace's otherwise. The same binary also runs inside the sandbox (inside_test.go).
const nestedEnv = "ESTRAN_TEST_NESTED"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "inside" {
		os.Exit(inside(os.Args[2:]))
	}
	if os.Getpid() == 1 {
		sessiontest.FirstProcess()
	}
	if os.Getenv(nestedEnv) != "" {
		if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
			fmt.Fprintln(os.Stderr, "cannot make the mounts private:", err)
			os.Exit(1)
		}
		os.Exit(m.Run())
	}
	cmd := nested(os.Geteuid() != 0, os.Getuid(), os.Getgid(), os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signal.Ignore(os.Interrupt) // the child gets it too
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "cannot make a mount namespace:", err)
		os.Exit(1)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// nested runs this binary again in a mount namespace, and in a user namespace whose root is the given user of the host.
func nested(user bool, uid, gid int, args ...string) *exec.Cmd {
	cmd := exec.Command("/proc/self/exe", args...)
	cmd.Env = append(os.Environ(), nestedEnv+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if user {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.Credential = &syscall.Credential{NoSetGroups: true}
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: gid, Size: 1}}
	}
	return cmd
}

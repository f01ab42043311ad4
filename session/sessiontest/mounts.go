package sessiontest

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
)

// ownMountsEnv says that this process has a mount namespace of its own.
const ownMountsEnv = "ESTRAN_TEST_OWN_MOUNTS"

// OwnMounts runs root's tests again in a mount namespace of their own, and ends with their exit code: it is for the
// beginning of TestMain. In the computer's own namespace each mount of a test is copied by whoever makes another
// namespace meanwhile, as the tests of other packages and every sandbox do, and what is mounted lives on in the copy.
// Where no namespace can be made it returns, and the tests say themselves what they cannot do.
func OwnMounts() {
	cmd := inOwnMounts(os.Args[1:]...)
	if cmd == nil {
		return
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if cmd.Start() != nil {
		return
	}
	if err := cmd.Wait(); err != nil {
		os.Exit(max(cmd.ProcessState.ExitCode(), 1)) // -1 when it was killed
	}
	os.Exit(0)
}

// TestInOwnMounts is OwnMounts for one test, where others must see the computer's own mounts. It says whether it has run
// the test.
func TestInOwnMounts(t *testing.T) bool {
	t.Helper()
	cmd := inOwnMounts("-test.run=^"+t.Name()+"$", "-test.v")
	if cmd == nil {
		return false
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		return false
	}
	if err != nil || testing.Verbose() {
		t.Logf("%s", out)
	}
	if err != nil {
		t.Error(err)
	}
	return true
}

// inOwnMounts is this program again, nil when there is nothing to gain or no right to.
func inOwnMounts(args ...string) *exec.Cmd {
	if os.Getuid() != 0 || os.Getenv(ownMountsEnv) != "" {
		return nil
	}
	runtime.LockOSThread() // the end of the thread that starts a process counts as its parent's (prctl(2))
	cmd := exec.Command("/proc/self/exe", args...)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), ownMountsEnv+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	return cmd
}

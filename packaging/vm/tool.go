//go:build vm

package vm

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// removeTree removes a folder, but nothing that is mounted in it: a root that is being made has /dev and /proc.
func removeTree(path string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := tool(ctx, "rm", "-rf", "--one-file-system", "--", path)
	return err
}

// tool runs a program of this machine and gives what it printed; the error ends on its last lines. The program ends with
// the test, even when that is killed.
func tool(ctx context.Context, name string, args ...string) (string, error) {
	// The signal comes when the thread that started the program ends (https://go.dev/issue/27505).
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Env = append(os.Environ(), "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin", "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, tail(string(out), 15))
	}
	return string(out), nil
}

// tail gives the last n lines.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

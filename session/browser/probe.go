package browser

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
)

// Probe says whether a sandbox can be made here, by making an empty one: nil, or an error that wraps ErrNoSandbox and
// holds what bubblewrap says, for the journal. It takes some 10 ms. Root of the computer probes as nobody.
func Probe(ctx context.Context) error {
	bwrap, err := exec.LookPath("bwrap")
	if err != nil {
		return fmt.Errorf("%w: bubblewrap is not installed", ErrNoSandbox)
	}
	cmd := exec.CommandContext(ctx, bwrap,
		"--unshare-user", "--uid", visitorID, "--gid", visitorID, "--unshare-pid", "--unshare-ipc", "--unshare-uts",
		"--unshare-cgroup-try", "--cap-drop", "ALL", "--new-session", "--die-with-parent", "--disable-userns",
		"--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
		"--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--remount-ro", "/",
		"--", "/usr/bin/true")
	cmd.Env = []string{}
	cmd.Dir = "/"
	if isHostRoot() {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		said, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
		return fmt.Errorf("%w: %w: %s", ErrNoSandbox, err, said)
	}
	return nil
}

package bus_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"estran/session/sessiontest"
	"estran/session/station"
)

// alsoForAnybody are the tests in which it matters who runs the service.
var alsoForAnybody = []string{"TestContract", "TestARestartOfTheBusIsNoEnd", "TestATextBrowserAcrossTheBus"}

// Somebody who is not root runs the same service in a user namespace: the contract must hold there too.
func TestContractInAUserNamespace(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap", "unshare", "dbus-daemon")
	if !station.RootOfComputer() {
		t.Skip("these tests already run in a user namespace")
	}
	// What go test built belongs to root alone: give a copy to somebody else.
	dir, err := os.MkdirTemp("", "estran-nobody-")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	binary := filepath.Join(dir, "bus.test")
	must(t, copyFile(os.Args[0], binary))
	must(t, os.Chown(dir, 65534, 65534))
	cmd := exec.Command(binary, "-test.run", "^("+strings.Join(alsoForAnybody, "|")+")$", "-test.v")
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "CI=" + os.Getenv("CI")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}, Pdeathsig: syscall.SIGKILL}
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	must(t, err)
	for _, name := range alsoForAnybody {
		if !strings.Contains(string(out), "--- PASS: "+name) {
			t.Errorf("%s did not run", name)
		}
	}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

package bus_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"go.uber.org/goleak"

	"estran/session/sessiontest"
)

// clamd is the one antivirus of all tests; nil where it is not installed.
var clamd *sessiontest.Clamd

const badContent = "this is what the test base calls a virus\n"

// TestMain enters a mount namespace of its own, so that the real station may mount: as root of the computer or as
// anybody.
func TestMain(m *testing.M) {
	if os.Getenv("ESTRAN_TEST_NAMESPACE") == "" {
		os.Exit(inNamespace())
	}
	if _, err := exec.LookPath("clamd"); err == nil {
		if clamd, err = sessiontest.StartClamd(badContent); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	code := m.Run()
	if clamd != nil {
		clamd.Stop()
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func inNamespace() int {
	args := []string{"--mount", "--propagation", "slave"}
	if os.Getuid() != 0 {
		args = append(args, "--user", "--map-root-user")
	}
	cmd := exec.Command("unshare", append(append(args, os.Args[0]), os.Args[1:]...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "ESTRAN_TEST_NAMESPACE=1")
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

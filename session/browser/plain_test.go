package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// plainFirefox is the same Firefox started by hand: a fresh profile, no sandbox, no policy. The caller starts it.
func plainFirefox(t testing.TB, dir, wayland string, credential *syscall.Credential, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "plain")
	profile := filepath.Join(home, "profile")
	if err := os.RemoveAll(home); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{home, profile} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
		if credential != nil {
			if err := os.Chown(d, int(credential.Uid), int(credential.Gid)); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.Command(path, append([]string{"--no-remote", "--profile", profile}, args...)...)
	cmd.Dir = "/"
	cmd.Env = []string{"HOME=" + home, "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "MOZ_CRASHREPORTER_DISABLE=1", "XDG_RUNTIME_DIR=" + home}
	if wayland != "" {
		cmd.Env = append(cmd.Env, "MOZ_ENABLE_WAYLAND=1", "GDK_BACKEND=wayland", "WAYLAND_DISPLAY="+wayland)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	t.Cleanup(func() { stopPlain(cmd) })
	return cmd
}

func stopPlain(cmd *exec.Cmd) {
	if cmd.Process != nil && cmd.ProcessState == nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	}
}

// quiet is a preference file that keeps a plain Firefox from opening pages of its own.
func quiet(t testing.TB, cmd *exec.Cmd, more ...string) {
	t.Helper()
	profile := cmd.Args[3]
	lines := append([]string{
		`user_pref("browser.aboutwelcome.enabled", false);`,
		`user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);`,
		`user_pref("termsofuse.bypassNotification", true);`,
	}, more...)
	var text string
	for _, l := range lines {
		text += fmt.Sprintln(l)
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

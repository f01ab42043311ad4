package wayland

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"estran/session/sessiontest"
)

// The compositor and the browser are two users, as on a station; both are the caller when that is not root.
const kioskUID, visitorUID = 65534, 65533

// seat is a real sway without a screen, and the directory of the session's display.
type seat struct {
	runtime, display string
	ipc              string
	stop             func()
}

func startSway(t testing.TB) *seat {
	t.Helper()
	sessiontest.Need(t, "sway", "swaymsg")
	s := &seat{runtime: ownDir(t, kioskUID), display: ownDir(t, visitorUID)}
	config := filepath.Join(s.runtime, "config")
	if err := os.WriteFile(config, []byte("xwayland disable\noutput HEADLESS-1 resolution 640x400\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd := s.command(kioskUID, s.runtime, "wayland-1", "sway", "-c", config)
	// A sway that finds a compositor becomes one of its windows, and one that finds a SWAYSOCK takes it for its own.
	cmd.Env = append(cmd.Env[2:], "WLR_BACKENDS=headless", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman")
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatalf("cannot start sway: %v", err)
	}
	s.stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	t.Cleanup(s.stop)
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		found, _ := filepath.Glob(filepath.Join(s.runtime, "sway-ipc.*"))
		if _, err := os.Stat(s.socket()); err == nil && len(found) == 1 {
			s.ipc = found[0]
			return s
		}
	}
	t.Fatalf("sway made no socket: %s", log.String())
	return nil
}

// ownDir is a directory that only its user may enter, and that its user can reach.
func ownDir(t testing.TB, uid int) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "estran-wayland-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if isRoot() {
		if err := os.Chown(dir, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (s *seat) socket() string               { return filepath.Join(s.runtime, "wayland-1") }
func (s *seat) offered() string              { return filepath.Join(s.display, "wayland-0") }
func (s *seat) visitor() *syscall.Credential { return credential(visitorUID) }

func isRoot() bool { return os.Getuid() == 0 }

func credential(uid uint32) *syscall.Credential {
	if !isRoot() {
		return nil
	}
	return &syscall.Credential{Uid: uid, Gid: uid}
}

// command prepares a program of a user's, which finds a compositor in a runtime directory.
func (s *seat) command(uid uint32, runtime, socket, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential(uid), Pdeathsig: syscall.SIGKILL}
	cmd.Env = []string{
		"WAYLAND_DISPLAY=" + socket, "SWAYSOCK=" + s.ipc,
		"PATH=/usr/bin:/bin", "HOME=" + runtime, "XDG_RUNTIME_DIR=" + runtime, "LANG=C.UTF-8",
	}
	return cmd
}

// kiosk and browser run a program to its end, on the compositor's own socket and on the offered one.
func (s *seat) kiosk(name string, args ...string) (string, error) {
	return finish(s.command(kioskUID, s.runtime, "wayland-1", name, args...))
}

func (s *seat) browser(name string, args ...string) (string, error) {
	return finish(s.command(visitorUID, s.display, "wayland-0", name, args...))
}

func finish(cmd *exec.Cmd) (string, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return "", err
	}
	hung := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer hung.Stop()
	err := cmd.Wait()
	return out.String(), err
}

// patience is how long a compositor may take for anything, on a computer that is busy with more.
const patience = time.Minute

func deadline(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// offer makes the browser's socket, or skips where the compositor is too old: Debian 12's is, Debian 13's is not.
func (s *seat) offer(t testing.TB) interface{ Close() error } {
	t.Helper()
	closer, err := Offer(deadline(t), s.socket(), s.offered(), s.visitor())
	if errors.Is(err, ErrUnsupported) {
		t.Skipf("the compositor of this computer is too old: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return closer
}

//go:build vm

package vm

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Debian gives a fresh Debian that has booted and on whose console one could log in.
func Debian(t testing.TB) *Machine {
	t.Helper()
	m := start(t, bootedDisk(t), snapshotDebian)
	m.awaitAgent(30 * time.Second)
	return m
}

// bootedDisk gives the disk with the snapshot of a fresh Debian that has booted.
func bootedDisk(t testing.TB) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	fresh, err := debian(ctx, t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(fresh), ".raw") + digest(strings.Join(hardware("", ""), " "))
	disk := filepath.Join(filepath.Dir(fresh), "booted-"+strings.TrimPrefix(name, "debian-")+".qcow2")
	if _, err := os.Stat(disk); err == nil {
		return disk
	}
	draft := disk + ".new"
	_ = os.Remove(draft)
	if _, err := tool(ctx, "qemu-img", "create", "-q", "-f", "qcow2", "-b", fresh, "-F", "raw", draft); err != nil {
		t.Fatal(err)
	}
	firstBoot(t, draft)
	if err := os.Rename(draft, disk); err != nil {
		t.Fatal(err)
	}
	forget("booted", disk, 0)
	return disk
}

// firstBoot boots Debian for the first time and does the last thing that its installer does: the boot menu.
func firstBoot(t testing.TB, disk string) {
	t.Helper()
	done := stage(t.Logf, "first boot")
	m := start(t, disk, "")
	m.awaitAgent(5 * time.Minute)
	m.awaitBooted(3 * time.Minute)
	done()
	done = stage(t.Logf, "update-grub")
	m.Guest("update-grub")
	done()
	m.Shell("sync; fstrim -a || true")
	defer stage(t.Logf, "snapshot of Debian")()
	m.must(m.save(snapshotDebian), "keep the booted Debian")
	m.stop()
}

// awaitBooted waits until systemd has started all it was asked to.
func (m *Machine) awaitBooted(patience time.Duration) {
	m.t.Helper()
	m.Await("the guest has booted", patience, func() bool {
		state := strings.TrimSpace(m.Try("systemctl", "is-system-running").stdout)
		return state == "running" || state == "degraded"
	})
}

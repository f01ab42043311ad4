package media_test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// udisksd is a real UDisks2, with a udevd and a bus of its own, in a mount namespace of their own: the computer's are
// left alone. The bus starts UDisks2 when somebody calls it, as it does on a station.
type udisksd struct {
	t    *testing.T
	dir  string
	udev *exec.Cmd
	bus  *exec.Cmd
}

const (
	udevdPath   = "/lib/systemd/systemd-udevd"
	udisksdPath = "/usr/libexec/udisks2/udisksd"
)

func startUDisks(t *testing.T) *udisksd {
	t.Helper()
	needRoot(t)
	need(t, "dbus-daemon", "unshare", "nsenter", "losetup", "gdbus", udevdPath, udisksdPath)
	u := &udisksd{t: t, dir: t.TempDir()}
	private := `for d in /run/udev /run/udisks2 /var/lib/udisks2; do mkdir -p $d && mount -t tmpfs tmpfs $d || exit; done
		echo private && exec ` + udevdPath
	u.udev = exec.Command("unshare", "--mount", "--propagation=private", "sh", "-c", private)
	said := &watchedOutput{}
	u.udev.Stdout = said
	u.start(u.udev)
	eventually(t, "udevd runs", func() bool { return strings.Contains(said.String(), "private") })

	u.write("udisksd", fmt.Sprintf(`#!/bin/sh
[ ! -e %[1]s/no ] || exit 1
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=%[1]s/bus
echo $$ >%[1]s/pid
exec nsenter --mount=/proc/%[2]d/ns/mnt %[3]s >>%[1]s/log 2>&1
`, u.dir, u.udev.Process.Pid, udisksdPath))
	u.write("org.freedesktop.UDisks2.service",
		fmt.Sprintf("[D-BUS Service]\nName=org.freedesktop.UDisks2\nExec=%s/udisksd\n", u.dir))
	u.startBus()
	t.Cleanup(u.kill)
	return u
}

// startBus starts a bus, and makes it the system bus of this process.
func (u *udisksd) startBus() {
	u.t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+u.dir+"/bus")
	u.write("bus.conf", fmt.Sprintf(`<busconfig><listen>unix:path=%[1]s/bus</listen><auth>EXTERNAL</auth>
<servicedir>%[1]s</servicedir><policy context="default"><allow send_destination="*"/><allow own="*"/>
<allow receive_sender="*"/></policy></busconfig>`, u.dir))
	_ = os.Remove(filepath.Join(u.dir, "bus"))
	u.bus = exec.Command("dbus-daemon", "--config-file="+u.dir+"/bus.conf", "--nofork")
	u.start(u.bus)
	eventually(u.t, "the bus listens", func() bool {
		conn, err := net.Dial("unix", filepath.Join(u.dir, "bus"))
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

func (u *udisksd) stopBus() {
	_ = u.bus.Process.Kill()
	_ = u.bus.Wait()
}

// start runs a daemon until the test ends.
func (u *udisksd) start(cmd *exec.Cmd) {
	u.t.Helper()
	cmd.WaitDelay = 10 * time.Second // should a worker outlive it, with its output
	check(u.t, cmd.Start())
	u.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
}

// kill kills udisksd, and waits until it is gone.
func (u *udisksd) kill() {
	pid := strings.TrimSpace(string(readOr(filepath.Join(u.dir, "pid"))))
	if pid == "" {
		return
	}
	_ = exec.Command("kill", "-KILL", pid).Run()
	eventually(u.t, "udisksd is gone", func() bool {
		stat := readOr("/proc/" + pid + "/stat")
		return stat == nil || bytes.Contains(stat, []byte(") Z "))
	})
}

// forbid makes the bus unable to start UDisks2, or able again.
func (u *udisksd) forbid(yes bool) {
	if yes {
		u.write("no", "")
		return
	}
	check(u.t, os.Remove(filepath.Join(u.dir, "no")))
}

// inside runs a program where UDisks2 sees what it mounts.
func (u *udisksd) inside(name string, args ...string) {
	u.t.Helper()
	in := fmt.Sprintf("--mount=/proc/%d/ns/mnt", u.udev.Process.Pid)
	run(u.t, "nsenter", append([]string{in, name}, args...)...)
}

// running says that UDisks2 is on the bus, without starting it.
func (u *udisksd) running() bool {
	out, _ := exec.Command("gdbus", "call", "--address=unix:path="+u.dir+"/bus", "--dest=org.freedesktop.DBus",
		"--object-path=/", "--method=org.freedesktop.DBus.NameHasOwner", "org.freedesktop.UDisks2").Output()
	return strings.Contains(string(out), "true")
}

func (u *udisksd) write(name, content string) {
	u.t.Helper()
	check(u.t, os.WriteFile(filepath.Join(u.dir, name), []byte(content), 0o755))
}

func readOr(path string) []byte {
	b, _ := os.ReadFile(path)
	return b
}

// watchedOutput is what a process said until now.
type watchedOutput struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (o *watchedOutput) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.Write(b)
}

func (o *watchedOutput) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.String()
}

// loopDisk makes a loop device without an image, of a number that nobody else takes.
func loopDisk(t *testing.T) string {
	t.Helper()
	control, err := os.OpenFile("/dev/loop-control", os.O_RDWR, 0)
	check(t, err)
	t.Cleanup(func() { control.Close() })
	for number := 1000 + os.Getpid()%1000; ; number++ {
		err := unix.IoctlSetInt(int(control.Fd()), unix.LOOP_CTL_ADD, number)
		if errors.Is(err, unix.EEXIST) {
			continue
		}
		check(t, err)
		t.Cleanup(func() {
			eventually(t, "nobody looks at the loop device", func() bool {
				return unix.IoctlSetInt(int(control.Fd()), unix.LOOP_CTL_REMOVE, number) == nil
			})
		})
		return fmt.Sprintf("/dev/loop%d", number)
	}
}

// plug puts an image in a loop device, which is as near as this comes to a key that is plugged in; pull takes it away.
func plug(t *testing.T, disk, img string, options ...string) (pull func()) {
	t.Helper()
	run(t, "losetup", append(options, "--partscan", disk, img)...)
	pull = sync.OnceFunc(func() {
		_ = exec.Command("losetup", "--detach", disk).Run()
		eventually(t, "the device is gone", func() bool {
			return strings.TrimSpace(string(readOr("/sys/class/block/"+filepath.Base(disk)+"/size"))) == "0"
		})
	})
	t.Cleanup(pull)
	return pull
}

// partitioned makes an image with the partitions that sfdisk(8) is told.
func partitioned(t *testing.T, table string) string {
	t.Helper()
	img := filepath.Join(t.TempDir(), "key.img")
	check(t, os.WriteFile(img, make([]byte, 24<<20), 0o600))
	cmd := exec.Command("sfdisk", "--quiet", "--label", "gpt", img)
	cmd.Stdin = strings.NewReader(table)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("sfdisk: %v\n%s", err, out)
	}
	return img
}

// partx tells the kernel the partitions of a disk, should it not have looked itself. udevd may be doing the same.
func partx(t *testing.T, disk string) {
	t.Helper()
	eventually(t, "the partitions are known", func() bool { return exec.Command("partx", "--update", disk).Run() == nil })
}

// soon is long enough for UDisks2 to have said what it will.
const soon = 1500 * time.Millisecond

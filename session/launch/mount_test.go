package launch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

// otherSide makes the test program play the unit: it takes a mount over standard input and looks into it.
const otherSide = "ESTRAN_TEST_MOUNT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(otherSide); dir != "" {
		if err := playUnit(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	sessiontest.OwnMounts()
	os.Exit(m.Run())
}

func playUnit(dir string) error {
	file, err := net.FileConn(os.Stdin)
	if err != nil {
		return err
	}
	var r request
	files, err := receive(file.(*net.UnixConn), &r)
	if err != nil || len(files) != 1 {
		return fmt.Errorf("%d descriptors, %w", len(files), err)
	}
	if _, err := os.Stat(filepath.Join(dir, "letter")); err == nil {
		return fmt.Errorf("the memory is there before it was attached")
	}
	if err := attach(files[0], dir); err != nil {
		return err
	}
	files[0].Close()
	data, err := os.ReadFile(filepath.Join(dir, "letter"))
	if err != nil {
		return err
	}
	fmt.Printf("read %s\n", data)
	if _, err = receive(file.(*net.UnixConn), &r); errors.Is(err, io.EOF) { // until told
		return nil
	}
	return err
}

// TestMemoryGoesToAnotherNamespace hands a tmpfs of this mount namespace over to a process of another one, and sees that
// the tmpfs dies with that process once it is unmounted here.
func TestMemoryGoesToAnotherNamespace(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "mounting needs root")
	}
	dir := t.TempDir()
	if err := unix.Mount("estran-test", dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "size=1M"); err != nil {
		sessiontest.Missing(t, "mounting needs CAP_SYS_ADMIN")
	}
	mounted := true
	t.Cleanup(func() {
		if mounted {
			_ = unix.Unmount(dir, unix.MNT_DETACH)
		}
	})
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "ours"), os.NewFile(uintptr(pair[1]), "theirs")
	end, err := net.FileConn(ours)
	ours.Close()
	if err != nil {
		t.Fatal(err)
	}
	conn := end.(*net.UnixConn)
	// It has a namespace from before the letter, and before the tree: what it sees, it sees through the descriptor.
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), otherSide+"="+dir)
	cmd.Stdin, cmd.Stderr = theirs, t.Output()
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: unix.CLONE_NEWNS}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Unmount(dir, 0); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	if err := unix.Mount("estran-test", dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "size=1M"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "letter"), []byte("bonjour"), 0o600); err != nil {
		t.Fatal(err)
	}
	death := watched(t, dir)
	tree, err := detached(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := send(conn, request{Do: doStart}, tree); err != nil {
		t.Fatal(err)
	}
	tree.Close()
	line, _ := bufio.NewReader(out).ReadString('\n')
	if strings.TrimSpace(line) != "read bonjour" {
		t.Fatalf("the other namespace says %q", line)
	}
	if err := unix.Unmount(dir, unix.UMOUNT_NOFOLLOW); err != nil {
		t.Fatal(err)
	}
	mounted = false
	if died(t, death, 300*time.Millisecond) {
		t.Error("the memory is gone while the other side has it: the wipe would not see that")
	}
	conn.Close()
	_ = cmd.Wait()
	if !died(t, death, time.Minute) {
		t.Error("the memory outlives the process that it was handed to")
	}
}

func watched(t *testing.T, dir string) int {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_DELETE_SELF); err != nil {
		t.Fatal(err)
	}
	return fd
}

func died(t *testing.T, fd int, within time.Duration) bool {
	t.Helper()
	n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(within.Milliseconds()))
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

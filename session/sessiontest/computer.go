package sessiontest

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

// SmallDisk mounts a disk of that size (as in "12k") on a directory that is there, until the test ends. It needs root.
func SmallDisk(t testing.TB, dir, size string) {
	t.Helper()
	if os.Getuid() != 0 {
		Missing(t, "needs to mount a small disk")
	}
	if err := unix.Mount("disk", dir, "tmpfs", 0, "size="+size+",mode=0700"); err != nil {
		Missing(t, "needs to mount a small disk: "+err.Error())
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}

// Filter gives data to a program, poppler's for a sheet, and its output back. A complaint on its standard error fails the
// test, too.
func Filter(t testing.TB, data []byte, program string, args ...string) string {
	t.Helper()
	Need(t, program)
	cmd := exec.Command(program, args...)
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(data), &complaint
	out, err := cmd.Output()
	if err != nil || complaint.Len() > 0 {
		t.Fatalf("%s %v: %v\n%s", program, args, err, &complaint)
	}
	return string(out)
}

package kernel_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/kernel"
	"estran/session/sessiontest"
)

// TestTheKernelForgets writes into the kernel's own log, as it does itself when a key is plugged.
func TestTheKernelForgets(t *testing.T) {
	say := func(text string) {
		t.Helper()
		if err := os.WriteFile(kernel.LogDevice, []byte("<15>"+text+"\n"), 0); err != nil {
			sessiontest.Missing(t, "the log of this computer's kernel cannot be written, and the acceptance machine shows it: "+err.Error())
		}
	}
	if setting, err := os.ReadFile("/proc/sys/kernel/printk_devkmsg"); err != nil || strings.TrimSpace(string(setting)) != "on" {
		if err := os.WriteFile("/proc/sys/kernel/printk_devkmsg", []byte("on\n"), 0); err != nil {
			sessiontest.Missing(t, "the kernel of this computer drops what it is told too quickly, and the acceptance machine does not: "+err.Error())
		}
		t.Cleanup(func() { _ = os.WriteFile("/proc/sys/kernel/printk_devkmsg", setting, 0) })
	}
	const serial = "SerialNumber: 4C530001231120115142"
	say("before any visitor")
	log, err := kernel.OpenLog(kernel.LogDevice)
	if err != nil {
		sessiontest.Missing(t, "the log of this computer's kernel cannot be read, and the acceptance machine shows it: "+err.Error())
	}
	if _, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil); err != nil {
		sessiontest.Missing(t, "this computer's kernel does not tell how large its log is, and the acceptance machine shows it: "+err.Error())
	}
	say(serial)
	if !strings.Contains(whole(t), serial) {
		t.Fatal("the kernel's log does not hold what it was told")
	}
	if log.Check(t.Context()) == nil {
		t.Error("a log that nobody wrote over is verified")
	}
	if err := log.Wipe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := log.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if strings.Contains(whole(t), serial) {
		t.Error("the kernel still knows the key")
	}
}

// whole reads the log without the package's help.
func whole(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Open(kernel.LogDevice, syscall.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		sessiontest.Missing(t, "the log of this computer's kernel cannot be read, and the acceptance machine shows it: "+err.Error())
	}
	defer syscall.Close(fd)
	var all bytes.Buffer
	record := make([]byte, 8<<10)
	for {
		n, err := syscall.Read(fd, record)
		if err == syscall.EPIPE {
			continue
		}
		if err != nil || n <= 0 {
			return all.String()
		}
		all.Write(record[:n])
	}
}

// TestALogThatCannotBeReadIsNotWiped: unknown is never wiped.
func TestALogThatCannotBeReadIsNotWiped(t *testing.T) {
	if _, err := kernel.OpenLog(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a log that is not there can be read")
	}
	var never kernel.Log
	if never.Wipe(t.Context()) == nil {
		t.Error("a log that was never opened is wiped")
	}
}

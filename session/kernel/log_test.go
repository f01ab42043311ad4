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

const serial = "SerialNumber: 4C530001231120115142"

// printkDevkmsg is how much the kernel takes of what is written into its log.
const printkDevkmsg = "/proc/sys/kernel/printk_devkmsg"

// TestTheKernelForgets writes into the kernel's own log, as it does itself when a key is plugged. The key was there before
// anybody looked at the log; and when it comes again after a wipe, the next one takes it.
func TestTheKernelForgets(t *testing.T) {
	ringSize(t)
	for range 2 {
		say(t, serial)
		if !strings.Contains(whole(t), serial) {
			t.Fatal("the kernel's log does not hold what it was told")
		}
		var log kernel.Log
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
}

// TestALogThatWasWrittenOverInPartIsNotVerified has the kernel drop what the wipe writes, as it does when it is not set up
// for a station. Then the test writes in its place: first as much as pushes the key out of the list of records, and not out
// of the ring.
func TestALogThatWasWrittenOverInPartIsNotVerified(t *testing.T) {
	size := ringSize(t)
	say(t, serial)
	set(t, printkDevkmsg, "ratelimit")
	var log kernel.Log
	if err := log.Wipe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(whole(t), serial) {
		t.Fatal("the kernel takes all that it is given: nothing is tested")
	}
	if log.Check(t.Context()) == nil {
		t.Error("the kernel dropped what was written over the key, and it is verified")
	}
	set(t, printkDevkmsg, "on")
	const least = 16 // bytes of a record that says one letter
	fill := func(bytes int) {
		for range bytes / least {
			say(t, "x")
		}
	}
	fill(size * 3 / 4)
	if strings.Contains(whole(t), serial) {
		t.Fatal("the kernel's list of records is as long as its ring: nothing is tested")
	}
	if log.Check(t.Context()) == nil {
		t.Error("a quarter of the ring was never written over, and it is verified")
	}
	fill(2 * size)
	if err := log.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestALogThatCannotBeReadIsNotWiped: unknown is never wiped.
func TestALogThatCannotBeReadIsNotWiped(t *testing.T) {
	log := kernel.Log{Path: filepath.Join(t.TempDir(), "none")}
	if log.Wipe(t.Context()) == nil {
		t.Error("a log that is not there is wiped")
	}
	if log.Check(t.Context()) == nil {
		t.Error("a log that is not there is verified")
	}
}

// BenchmarkLog is what the kernel's log adds to the end of each session.
func BenchmarkLog(b *testing.B) {
	size := ringSize(b)
	var log kernel.Log
	for b.Loop() {
		if err := log.Wipe(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := log.Check(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes")
}

// ringSize has the kernel take all that it is told, as on a station, and gives the bytes of its ring.
func ringSize(t testing.TB) int {
	t.Helper()
	set(t, printkDevkmsg, "on")
	size, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil)
	if err != nil {
		sessiontest.Missing(t, "this computer's kernel does not tell how large its log is, and the acceptance machine shows it: "+err.Error())
	}
	whole(t)
	return size
}

// set gives a setting of the kernel, until the test ends.
func set(t testing.TB, file, value string) {
	t.Helper()
	was, err := os.ReadFile(file)
	if err == nil && strings.TrimSpace(string(was)) == value {
		return
	}
	if err := os.WriteFile(file, []byte(value+"\n"), 0); err != nil {
		sessiontest.Missing(t, "a setting of this computer's kernel cannot be written, and the acceptance machine shows it: "+err.Error())
	}
	t.Cleanup(func() { _ = os.WriteFile(file, was, 0) })
}

// say writes a record into the log.
func say(t testing.TB, text string) {
	t.Helper()
	if err := os.WriteFile(kernel.LogDevice, []byte("<15>"+text+"\n"), 0); err != nil {
		sessiontest.Missing(t, "the log of this computer's kernel cannot be written, and the acceptance machine shows it: "+err.Error())
	}
}

// whole reads the log without the package's help.
func whole(t testing.TB) string {
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

package sessiontest

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

// Memory is how much memory this process has, in bytes, by a line of proc_pid_status(5): VmRSS for now, VmHWM for the most it
// ever had.
func Memory(t testing.TB, line string) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "\n"+line+":")
	var kib int64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatalf("/proc/self/status has no %s: %v", line, err)
	}
	return kib << 10
}

// MemoryFromNow tells how many bytes this process had at most since it was called, more than it had then. The peak of before
// is forgotten (proc_pid_clear_refs(5)).
func MemoryFromNow(t testing.TB) (more func() int64) {
	t.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		t.Fatal(err)
	}
	before := Memory(t, "VmRSS")
	return func() int64 { t.Helper(); return Memory(t, "VmHWM") - before }
}

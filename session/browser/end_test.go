package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
)

// processesOf are the processes of a PID namespace, as the host sees them.
func processesOf(namespace string) []int {
	var found []int
	entries, _ := filepath.Glob("/proc/[0-9]*/ns/pid")
	for _, e := range entries {
		if link, err := os.Readlink(e); err != nil || link != namespace {
			continue
		}
		stat, _ := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(e)), "stat"))
		var pid int
		var comm, state string
		// A zombie is dead already, and waits for the host's first process to notice.
		if n, _ := fmt.Sscanf(string(stat), "%d %s %s", &pid, &comm, &state); n == 3 && state != "Z" {
			found = append(found, pid)
		}
	}
	return found
}

// namespaceOf waits for the sandbox of a bubblewrap to run and gives its PID namespace.
func namespaceOf(t *testing.T, bwrap int, least int) string {
	t.Helper()
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		for _, first := range children(bwrap) {
			link, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/pid", first))
			if err == nil && len(processesOf(link)) >= least {
				return link
			}
		}
	}
	t.Fatal("the sandbox did not come to run")
	return ""
}

func gone(t *testing.T, namespace string, within time.Duration) {
	t.Helper()
	deadline := time.Now().Add(within)
	for len(processesOf(namespace)) > 0 {
		if time.Now().After(deadline) {
			t.Fatalf("the processes %v are left", processesOf(namespace))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestEndLeavesNoProcess(t *testing.T) {
	for name, end := range map[string]func(b *Browser, cancel func()){
		"Close":                  func(b *Browser, _ func()) { b.Close() },
		"Kill":                   func(b *Browser, _ func()) { b.Kill() },
		"the end of the context": func(b *Browser, cancel func()) { cancel(); <-b.Done() },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := testContext(t)
			b, err := Start(ctx, insideConfig(t, "size=64m,nr_inodes=5000", "stay"))
			if err != nil {
				t.Fatal(err)
			}
			namespace := namespaceOf(t, b.sandbox.bwrap.Pid, 3) // the first one, the program, its child
			go end(b, cancel)
			if e := exited(t, b, closeGrace+patience); e.Problem != session.BrowserFine {
				t.Errorf("it ended with %q", e.Problem)
			}
			gone(t, namespace, 0)
		})
	}
}

func TestEndTellsWhy(t *testing.T) {
	t.Run("closed by the visitor", func(t *testing.T) {
		ends(t, insideConfig(t, "size=64m", "exit", "0"), session.BrowserFine)
	})
	t.Run("dies later", func(t *testing.T) {
		ends(t, insideConfig(t, "size=64m", "exit", "11"), session.BrowserCrashed)
	})
	t.Run("dies at once", func(t *testing.T) {
		c := insideConfig(t, "size=64m", "exit", "0")
		firefox := filepath.Join(filepath.Dir(c.Program), "firefox-inside") // of which a window is expected
		if err := os.Rename(c.Program, firefox); err != nil {
			t.Fatal(err)
		}
		c.Program, c.Headless = firefox, true
		ends(t, c, session.BrowserNoStart)
	})
	t.Run("bubblewrap refuses", func(t *testing.T) {
		c := insideConfig(t, "size=64m", "exit", "0")
		c.Display = Display{Wayland: "/nonexistent/wayland-0"} // what it shall bind is not there
		ends(t, c, session.BrowserNoSandbox)
	})
	t.Run("bubblewrap killed", func(t *testing.T) {
		b, err := Start(t.Context(), insideConfig(t, "size=64m", "stay"))
		if err != nil {
			t.Fatal(err)
		}
		namespace := namespaceOf(t, b.sandbox.bwrap.Pid, 3)
		await(t, b, Shown, patience)
		if err := b.sandbox.bwrap.Kill(); err != nil {
			t.Fatal(err)
		}
		if e := exited(t, b, patience); e.Problem != session.BrowserCrashed {
			t.Errorf("it ended with %q", e.Problem)
		}
		gone(t, namespace, 0)
	})
}

func ends(t *testing.T, c Config, problem session.BrowserProblem) {
	t.Helper()
	b, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if e := exited(t, b, patience); e.Problem != problem {
		t.Errorf("it ended with %q, want %q", e.Problem, problem)
	}
}

// A station that is killed takes the sandbox with it.
func TestEndOfTheStationLeavesNoProcess(t *testing.T) {
	if os.Getenv("ESTRAN_TEST_STATION") != "" {
		b, err := Start(t.Context(), insideConfig(t, "size=64m", "stay"))
		if err != nil {
			t.Fatal(err)
		}
		await(t, b, Shown, patience)
		fmt.Printf("bwrap %d\n", b.sandbox.bwrap.Pid)
		select {}
	}
	need(t, "bwrap")
	cmd := exec.Command("/proc/self/exe", "-test.run=^TestEndOfTheStationLeavesNoProcess$")
	// What the station leaves behind, having been killed.
	dir, err := os.MkdirTemp("", "estran-station-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mounted, _ := filepath.Glob(filepath.Join(dir, "estran-browser-*"))
		for _, m := range mounted {
			_ = unix.Unmount(m, unix.MNT_DETACH)
		}
		os.RemoveAll(dir)
	})
	cmd.Env = append(os.Environ(), "ESTRAN_TEST_STATION=1", "TMPDIR="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var bwrap int
	if _, err := fmt.Fscanf(out, "bwrap %d\n", &bwrap); err != nil {
		t.Fatalf("the station did not start its browser: %v", err)
	}
	namespace := namespaceOf(t, bwrap, 3)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	gone(t, namespace, patience)
}

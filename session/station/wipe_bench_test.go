package station_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
)

// held is what a session holds: so many bytes, in so many files.
type held struct {
	megabytes, files int
}

func (h held) String() string { return fmt.Sprintf("%dMB-in-%d-files", h.megabytes, h.files) }

func (h held) fill(b *testing.B, dir string) {
	b.Helper()
	content := bytes.Repeat([]byte("trace "), (h.megabytes<<20)/h.files/6+1)
	for i := range h.files {
		sub := filepath.Join(dir, fmt.Sprint(i%32))
		if err := os.MkdirAll(sub, 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprint(i)), content, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWipe times the wipe of a whole session, its checks included, from End to the receipt; rm-rf removes the
// same tree from the same kind of file system. Bytes should not matter; the kernel lets go of files one by one.
func BenchmarkWipe(b *testing.B) {
	for _, h := range []held{{10, 100}, {500, 100}, {2000, 100}, {10, 16_000}, {2000, 16_000}} {
		b.Run(h.String(), func(b *testing.B) {
			var wiped, removed time.Duration
			for b.Loop() {
				b.StopTimer()
				removed += timeRemove(b, h)
				s, dir := benchSession(b)
				h.fill(b, filepath.Join(dir, "home"))
				b.StartTimer()
				start := time.Now()
				if err := s.End(b.Context()); err != nil {
					b.Fatal(err)
				}
				awaitState(b, s, session.Wiped)
				wiped += time.Since(start)
				b.StopTimer()
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(wiped.Milliseconds())/float64(b.N), "ms/wipe")
			b.ReportMetric(float64(removed.Milliseconds())/float64(b.N), "ms/rm-rf")
			b.ReportMetric(float64(wiped)/float64(removed), "wipe/rm-rf")
		})
	}
}

func timeRemove(b *testing.B, h held) time.Duration {
	b.Helper()
	dir, err := os.MkdirTemp("", "estran-rm-")
	if err == nil {
		err = unix.Mount("estran-bench", dir, "tmpfs", 0, "size=3g,mode=0700")
	}
	if err != nil {
		b.Fatal(err)
	}
	defer os.Remove(dir)
	defer unix.Unmount(dir, unix.MNT_DETACH)
	tree := filepath.Join(dir, "home")
	h.fill(b, tree)
	start := time.Now()
	if err := exec.Command("rm", "-rf", tree).Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func benchSession(b *testing.B) (session.Station, string) {
	b.Helper()
	w := newWorld(b)
	w.options.Config.Session.Memory = 3 << 30
	s := w.start(b)
	openSession(b, s)
	return s, w.sessionDir(b)
}

package triage_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/triage"
	"estran/session/triage/wrap"
)

// mostMemory is what looking at any file may take at its peak, with what comes out of archives and lies in memory files.
const mostMemory = 400 << 20

// bombs are small files that unpack to much, each with the reason that it must have.
var bombs = map[string]struct {
	name session.Private
	make func(testing.TB) []byte
	want session.Reason
}{
	"zip, one large file":         {"a.zip", func(t testing.TB) []byte { return wrap.FlatBomb(t, 1, 3<<30) }, session.ReasonBomb},
	"zip, many files":             {"a.zip", func(t testing.TB) []byte { return wrap.FlatBomb(t, 60, 100<<20) }, session.ReasonBomb},
	"zip, nested":                 {"a.zip", func(t testing.TB) []byte { return wrap.NestedBomb(t, 3, 8, 1<<30) }, session.ReasonBomb},
	"zip, nested as 42.zip":       {"a.zip", func(t testing.TB) []byte { return wrap.NestedBomb(t, 5, 4, 4<<30-1) }, session.ReasonBomb},
	"zip, nested, of small files": {"a.zip", func(t testing.TB) []byte { return wrap.NestedBomb(t, 4, 16, 100<<20) }, session.ReasonBomb},
	"zip, overlapping":            {"a.zip", func(t testing.TB) []byte { return wrap.OverlapBomb(t, 500, 20<<20) }, session.ReasonBomb},
	"gzip":                        {"a.gz", func(t testing.TB) []byte { return wrap.GzipBomb(t, 2<<30) }, session.ReasonBomb},
	"gzip, in gzip":               {"a.gz.gz", func(t testing.TB) []byte { return wrap.Gzip(t, wrap.GzipBomb(t, 2<<30)) }, session.ReasonBomb},
	"bzip2":                       {"a.bz2", func(t testing.TB) []byte { return wrap.Bzip2(t, make([]byte, 300<<20)) }, session.ReasonBomb},
	"xz":                          {"a.xz", func(t testing.TB) []byte { return wrap.XzBomb(t, 300<<20) }, session.ReasonBomb},
	"zstd":                        {"a.zst", func(t testing.TB) []byte { return wrap.ZstdBomb(t, 2<<30) }, session.ReasonBomb},
	"7z": {"a.7z", func(t testing.TB) []byte {
		content := make([]byte, 300<<20)
		return wrap.SevenZipOf(wrap.SevenLzma2, wrap.Lzma2(t, content), wrap.File{Name: "a.txt", Content: content})
	}, session.ReasonBomb},
	"7z, many files": {"a.7z", func(t testing.TB) []byte {
		packed := wrap.Lzma2(t, make([]byte, 100<<20))
		return wrap.SevenZipOf(wrap.SevenLzma2, packed, slices.Repeat([]wrap.File{{Name: "a.txt", Content: make([]byte, 1<<20)}}, 100)...)
	}, session.ReasonBomb},
	"tar, sparse":         {"a.tar", func(t testing.TB) []byte { return wrap.SparseBomb(t, 1<<40) }, session.ReasonBomb},
	"tar, sparse, packed": {"a.tar.gz", func(t testing.TB) []byte { return wrap.Gzip(t, wrap.SparseBomb(t, 1<<40)) }, session.ReasonBomb},
	"tar, packed": {"a.tar.gz", func(t testing.TB) []byte {
		return wrap.Gzip(t, wrap.Tar(t, slices.Repeat([]wrap.File{{Name: "a.txt", Content: make([]byte, 20<<20)}}, 6)...))
	}, session.ReasonBomb},
	"RAR, a large dictionary": {"a.rar", func(testing.TB) []byte {
		return wrap.Rar5Packed(15, wrap.File{Name: "a.txt", Content: make([]byte, 100<<20)})
	}, session.ReasonArchiveLimits},
}

// A child looks at each bomb, so that its peak of memory is its own.
func TestBombs(t *testing.T) {
	if path := os.Getenv("TRIAGE_BOMB"); path != "" {
		lookAsChild(t, path)
		return
	}
	for name, b := range bombs {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/bomb"
			content := b.make(t)
			check(t, os.WriteFile(path, content, 0o600))
			cmd := exec.Command(os.Args[0], "-test.run=^TestBombs$", "-test.v")
			cmd.Env = append(os.Environ(), "TRIAGE_BOMB="+path, "TRIAGE_NAME="+b.name.Reveal())
			limits := triage.DefaultLimits()
			if strings.Contains(name, "many files") || name == "tar, packed" {
				limits.Total = 64 << 20 // making more than the default takes long
				cmd.Env = append(cmd.Env, "TRIAGE_TOTAL="+strconv.FormatInt(limits.Total, 10))
			}
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got := strings.Fields(between(string(out), "LOOKED", "\n"))
			if len(got) < 4 {
				t.Fatalf("the child says\n%s", out)
			}
			reasons, unpacked, peak := strings.Split(got[0], ","), number(t, got[1]), number(t, got[2])
			t.Logf("%d KiB: %v, %d MiB unpacked, %d MiB of memory at most, %s", len(content)>>10, reasons, unpacked>>20, peak>>20, got[3])
			if !slices.Contains(reasons, string(b.want)) {
				t.Errorf("it is only %v", reasons)
			}
			if peak > mostMemory {
				t.Errorf("it took %d MiB of memory", peak>>20)
			}
			if unpacked > limits.Total+limits.Entry {
				t.Errorf("%d MiB were unpacked", unpacked>>20)
			}
		})
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func number(t testing.TB, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	check(t, err)
	return n
}

func lookAsChild(t *testing.T, path string) {
	f, err := os.Open(path)
	check(t, err)
	defer f.Close()
	info, err := f.Stat()
	check(t, err)
	before := sessiontest.Memory(t, "VmHWM")
	l := triage.Looker{Limits: triage.DefaultLimits()}
	if total := os.Getenv("TRIAGE_TOTAL"); total != "" {
		l.Limits.Total = number(t, total)
	}
	reasons, unpacked, memory := triage.LookMeasured(&l, t.Context(), f, info.Size(), session.Private(os.Getenv("TRIAGE_NAME")))
	var names []string
	for _, r := range reasons {
		names = append(names, string(r))
	}
	// What lies in memory files is not the process's own: it is counted by itself.
	fmt.Printf("LOOKED %s %d %d before:%dMiB\n", strings.Join(names, ","), unpacked, sessiontest.Memory(t, "VmHWM")+memory, before>>20)
}

package media_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
)

// results gathers what a Checker reports.
type results struct {
	mu    sync.Mutex
	byID  map[session.FileID]scan.Result
	order []session.FileID
	bytes int64
}

func (r *results) report(t *testing.T) func(session.FileID, scan.Result, int64) {
	r.byID = map[session.FileID]scan.Result{}
	return func(id session.FileID, got scan.Result, n int64) {
		if !r.mu.TryLock() {
			t.Error("two reports come at the same time")
			return
		}
		defer r.mu.Unlock()
		if _, twice := r.byID[id]; twice {
			t.Errorf("file %d is reported twice", id)
		}
		r.byID[id] = got
		r.order = append(r.order, id)
		r.bytes += n
	}
}

func (r *results) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.order)
}

// names are those of the files in the order they were reported in.
func (r *results) names(files []media.File) []string {
	var names []string
	for _, id := range r.order {
		i := slices.IndexFunc(files, func(f media.File) bool { return f.ID == id })
		names = append(names, files[i].Name.Reveal())
	}
	return names
}

func cleanScan(context.Context, *os.File, session.Private, int64) scan.Result {
	return scan.Result{Verdict: session.Clean}
}

func TestCheckerReportsEveryFileOnce(t *testing.T) {
	dir, _ := kinds(t)
	m := open(t, dir)
	files := list(t, m)
	var got results
	var total int64
	c := media.Checker{
		Medium: m, Staging: t.TempDir(), Budget: 1 << 20, Report: got.report(t),
		Scan: func(_ context.Context, f *os.File, name session.Private, size int64) scan.Result {
			info, err := f.Stat()
			if err != nil || info.Size() != size {
				t.Errorf("a copy of %d bytes is scanned as %d", info.Size(), size)
			}
			return scan.Result{Verdict: session.Clean}
		},
	}
	check(t, c.Check(t.Context(), files))
	for _, f := range files {
		total += f.Size
		want := scan.Result{Verdict: session.Clean}
		switch {
		case f.Reason != session.ReasonNone:
			want = scan.Result{Reasons: []session.Reason{f.Reason}}
		case f.Size > 1<<20:
			want = scan.Result{Reasons: []session.Reason{session.ReasonTooBig}}
		}
		if diff := cmp.Diff(want, got.byID[f.ID]); diff != "" {
			t.Errorf("%q (-want +got)\n%s", f.Name.Reveal(), diff)
		}
	}
	if got.bytes != total || len(got.byID) != len(files) {
		t.Errorf("%d files and %d bytes, want %d and %d", len(got.byID), got.bytes, len(files), total)
	}
}

func TestCheckerJudgesByNameWhatItDoesNotCopy(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "jeu.exe"), noise(1000))
	check(t, os.Symlink("/", filepath.Join(dir, "clé.lnk")))
	m := open(t, dir)
	var got results
	c := media.Checker{Medium: m, Staging: t.TempDir(), Budget: 10, Report: got.report(t), Scan: cleanScan}
	files := list(t, m)
	check(t, c.Check(t.Context(), files))
	want := map[string]scan.Result{
		"jeu.exe": {Verdict: session.Suspect, Reasons: []session.Reason{session.ReasonProgram, session.ReasonTooBig}},
		"clé.lnk": {Verdict: session.Suspect, Reasons: []session.Reason{session.ReasonShortcut, session.ReasonNotAFile}},
	}
	for _, f := range files {
		if diff := cmp.Diff(want[f.Name.Reveal()], got.byID[f.ID]); diff != "" {
			t.Errorf("%q (-want +got)\n%s", f.Name.Reveal(), diff)
		}
	}
}

// Copies never take more than the budget together, though there are more workers than it has room for.
func TestCheckerKeepsItsBudget(t *testing.T) {
	dir := t.TempDir()
	for i := range 30 {
		write(t, filepath.Join(dir, fmt.Sprint(i)), noise(40_000+i))
	}
	m := open(t, dir)
	var now, most, atOnce, mostAtOnce atomic.Int64
	met := make(chan struct{})
	meet := sync.OnceFunc(func() { close(met) })
	late := time.AfterFunc(30*time.Second, meet)
	defer late.Stop()
	var got results
	c := media.Checker{
		Medium: m, Staging: t.TempDir(), Budget: 100_000, Workers: 8, Report: got.report(t),
		Scan: func(_ context.Context, _ *os.File, _ session.Private, size int64) scan.Result {
			raise(&most, now.Add(size))
			raise(&mostAtOnce, atOnce.Add(1))
			if mostAtOnce.Load() > 1 {
				meet()
			}
			<-met                            // the second file is on its way, however slow the computer is
			time.Sleep(5 * time.Millisecond) // a third would come now
			now.Add(-size)
			atOnce.Add(-1)
			return scan.Result{Verdict: session.Clean}
		},
	}
	check(t, c.Check(t.Context(), list(t, m)))
	if most.Load() > 100_000 {
		t.Errorf("copies took %d bytes at once, of 100000", most.Load())
	}
	if mostAtOnce.Load() != 2 {
		t.Errorf("%d files at once, though there is room for 2", mostAtOnce.Load())
	}
	if len(got.byID) != 30 {
		t.Errorf("of 30 files %d are reported", len(got.byID))
	}
}

func raise(most *atomic.Int64, to int64) {
	for old := most.Load(); to > old && !most.CompareAndSwap(old, to); old = most.Load() {
	}
}

func TestCheckerTakesDocumentsFirst(t *testing.T) {
	dir := t.TempDir()
	sizes := map[string]int{"film.mp4": 3, "grande.jpg": 30, "petite.jpg": 20, "long.pdf": 50, "court.docx": 40, "énorme.pdf": 33 << 20}
	for name, n := range sizes {
		write(t, filepath.Join(dir, name), nil)
		check(t, os.Truncate(filepath.Join(dir, name), int64(n)))
		check(t, os.Chtimes(filepath.Join(dir, name), time.Unix(1e9, 0), time.Unix(1e9, 0))) // as old as each other
	}
	m := open(t, dir)
	files := list(t, m)
	var got results
	c := media.Checker{Medium: m, Staging: t.TempDir(), Budget: 1 << 30, Workers: 1, Report: got.report(t), Scan: cleanScan}
	check(t, c.Check(t.Context(), files))
	want := []string{"court.docx", "long.pdf", "petite.jpg", "grande.jpg", "film.mp4", "énorme.pdf"}
	if diff := cmp.Diff(want, got.names(files)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What is said of files before the check begins counts, however short the moment between them.
func TestCheckerIsToldBeforeItBegins(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		write(t, filepath.Join(dir, name), []byte(name))
		check(t, os.Chtimes(filepath.Join(dir, name), time.Unix(1e9, 0), time.Unix(1e9, 0)))
	}
	m := open(t, dir)
	files := list(t, m)
	id := func(name string) session.FileID {
		return files[slices.IndexFunc(files, func(f media.File) bool { return f.Name.Reveal() == name })].ID
	}
	var got results
	c := media.Checker{Medium: m, Staging: t.TempDir(), Budget: 1 << 30, Workers: 1, Report: got.report(t), Scan: cleanScan}
	c.First([]session.FileID{id("b")})
	c.First([]session.FileID{id("e"), id("d")})
	c.Drop(id("c"))
	resume := c.Pause(t.Context())
	ended := make(chan error)
	go func() { ended <- c.Check(t.Context(), files) }()
	time.Sleep(50 * time.Millisecond)
	if n := got.count(); n > 0 {
		t.Errorf("%d files were looked at during the pause", n)
	}
	resume()
	check(t, <-ended)
	if diff := cmp.Diff([]string{"e", "d", "b", "a"}, got.names(files)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCheckerWhenTheKeyIsPulled(t *testing.T) {
	from := t.TempDir()
	for i := range 20 {
		write(t, filepath.Join(from, fmt.Sprint(i)), noise(500<<10))
	}
	for kind, key := range pulls(t) {
		t.Run(kind, func(t *testing.T) {
			m, pull := key(t, from)
			files := list(t, m)
			var got results
			var once sync.Once
			report := got.report(t)
			c := media.Checker{
				Medium: m, Staging: t.TempDir(), Budget: 1 << 30, Scan: cleanScan,
				Report: func(id session.FileID, r scan.Result, n int64) {
					report(id, r, n)
					if len(got.byID) == 5 {
						once.Do(pull)
					}
				},
			}
			if err := c.Check(t.Context(), files); !errors.Is(err, media.ErrPulled) {
				t.Errorf("%v", err)
			}
			if n := len(got.byID); n < 5 {
				t.Errorf("of 20 files %d are reported, after a pull at the 5th", n)
			}
			check(t, m.Close())
		})
	}
}

func TestCheckerCanBeCut(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, filepath.Join(dir, fmt.Sprint(i)), noise(1000))
	}
	m := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	var got results
	c := media.Checker{Medium: m, Staging: t.TempDir(), Budget: 1 << 20, Report: got.report(t), Workers: 2}
	c.Scan = func(context.Context, *os.File, session.Private, int64) scan.Result {
		cancel()
		return scan.Result{Verdict: session.Clean}
	}
	if err := c.Check(ctx, list(t, m)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if n := len(got.byID); n != 0 {
		t.Errorf("%d files are reported after the cut", n)
	}
}

// Another program took the session's memory: nothing is clean for lack of room.
func TestCheckerInAFullSession(t *testing.T) {
	needRoot(t)
	full := t.TempDir()
	check(t, unix.Mount("tmpfs", full, "tmpfs", 0, "size=100k"))
	t.Cleanup(func() { check(t, unix.Unmount(full, unix.MNT_DETACH)) })
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.pdf"), noise(200<<10))
	write(t, filepath.Join(dir, "b.pdf"), noise(10<<10))
	m := open(t, dir)
	var got results
	c := media.Checker{Medium: m, Staging: full, Budget: 1 << 30, Report: got.report(t), Workers: 1, Scan: cleanScan}
	files := list(t, m)
	check(t, c.Check(t.Context(), files))
	want := []scan.Result{{Reasons: []session.Reason{session.ReasonTooBig}}, {Verdict: session.Clean}}
	for i, f := range files {
		if diff := cmp.Diff(want[i], got.byID[f.ID]); diff != "" {
			t.Errorf("%q (-want +got)\n%s", f.Name.Reveal(), diff)
		}
	}
}

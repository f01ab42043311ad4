package hunt_test

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/cleanup/hunt"
)

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// looked is what a look at files found, by the bases of the paths that it tells.
type looked struct {
	inNames, inContents []string
	names, contents     int
	denied              map[string]error
}

func look(t *testing.T, f hunt.Files) looked {
	t.Helper()
	l := looked{denied: map[string]error{}}
	l.names, l.contents = f.Search(weave(t, hunt.Canary{Kind: "text", Text: planted}), func(h hunt.FileHit) {
		if h.InName {
			l.inNames = append(l.inNames, filepath.Base(h.Path))
		} else {
			l.inContents = append(l.inContents, filepath.Base(h.Path))
		}
	}, func(path string, err error) { l.denied[path] = err })
	l.inNames, l.inContents = slices.Compact(l.inNames), slices.Compact(l.inContents)
	return l
}

// TestFilesAreLookedThrough: names of all, contents of those that changed.
func TestFilesAreLookedThrough(t *testing.T) {
	dir := t.TempDir()
	began := time.Now().Add(time.Hour) // the look is an hour later, so that what this test writes is old
	put(t, filepath.Join(dir, "a", "journal"), "Vu : "+planted)
	put(t, filepath.Join(dir, "b", planted+".txt"), "rien")
	put(t, filepath.Join(dir, "old"), planted)
	setTime(t, filepath.Join(dir, "a", "journal"), began.Add(-time.Second)) // as FAT may note what was written just now
	setTime(t, filepath.Join(dir, "b", planted+".txt"), began.Add(time.Minute))
	l := look(t, hunt.LookedAt(hunt.Files{Roots: []string{dir, filepath.Join(dir, "none")}, Since: began}, began.Add(time.Hour)))
	if l.names != 6 || l.contents != 2 {
		t.Errorf("%d names and %d contents", l.names, l.contents)
	}
	if !slices.Equal(l.inNames, []string{"b"}) {
		t.Errorf("in names: %v", l.inNames)
	}
	if !slices.Equal(l.inContents, []string{"journal"}) {
		t.Errorf("in contents: %v", l.inContents)
	}
	if len(l.denied) != 0 {
		t.Errorf("denied: %v", l.denied)
	}
}

func setTime(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// TestATimeThatWasSetHidesNothing: a copy that keeps the time of the first, as cp -p makes it.
func TestATimeThatWasSetHidesNothing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "copy"), planted)
	setTime(t, filepath.Join(dir, "copy"), time.Now().Add(-time.Hour))
	l := look(t, hunt.Files{Roots: []string{dir}, Since: time.Now().Add(-time.Minute)})
	if !slices.Equal(l.inContents, []string{"copy"}) {
		t.Errorf("in contents: %v", l.inContents)
	}
}

// TestAClockThatWasSetBackHidesNothing: what is written then looks older than the visit.
func TestAClockThatWasSetBackHidesNothing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "journal"), planted)
	since := time.Now().Add(time.Hour)
	for name, f := range map[string]hunt.Files{
		"now is before the visit":              {Roots: []string{dir}, Since: since},
		"the same, from a date that was noted": {Roots: []string{dir}, Since: since.Round(0)},
	} {
		if l := look(t, f); !slices.Equal(l.inContents, []string{"journal"}) {
			t.Errorf("%s: in contents: %v", name, l.inContents)
		}
	}
	date := func(hour, minute int) time.Time { return time.Date(2026, 5, 4, hour, minute, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		began, now time.Time
		passed     time.Duration
		want       time.Time
	}{
		"never set":          {date(12, 0), date(12, 10), 10 * time.Minute, date(12, 0)},
		"set forward":        {date(12, 0), date(15, 10), 10 * time.Minute, date(12, 0)},
		"set back a little":  {date(12, 0), date(12, 5), 10 * time.Minute, date(11, 55)},
		"set back far":       {date(12, 0), date(9, 10), 10 * time.Minute, date(9, 0)},
		"back, none knows":   {date(12, 0), date(9, 10), -170 * time.Minute, time.Time{}},
		"no time was passed": {date(12, 0), date(12, 0), 0, date(12, 0)},
		"from the beginning": {time.Time{}, date(12, 0), 1<<63 - 1, time.Time{}},
	} {
		if got := hunt.Earliest(c.began, c.now, c.passed); !got.Equal(c.want) {
			t.Errorf("%s: all since %v is looked at", name, got)
		}
	}
}

// TestAnUnknownTimeIsDenied: the path of a file is longer than the kernel takes, so that nobody can ask when it changed.
func TestAnUnknownTimeIsDenied(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	deep := "."
	for len(dir)+len(deep) < 3900 {
		deep = filepath.Join(deep, strings.Repeat("d", 100))
	}
	long := filepath.Join(deep, strings.Repeat("f", 250))
	if err := root.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := root.WriteFile(long, []byte(planted), 0o600); err != nil {
		t.Fatal(err)
	}
	if l := look(t, hunt.Files{Roots: []string{dir}}); len(l.denied) != 1 || l.denied[filepath.Join(dir, long)] == nil {
		t.Errorf("denied: %v", l.denied)
	}
}

// TestTheTextOfALinkIsAName: it is in the directory that the link is in.
func TestTheTextOfALinkIsAName(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("/media/"+planted+"/lettre", filepath.Join(dir, "last")); err != nil {
		t.Fatal(err)
	}
	l := look(t, hunt.Files{Roots: []string{dir}})
	if !slices.Equal(l.inNames, []string{filepath.Base(dir)}) || len(l.denied) != 0 {
		t.Errorf("in names: %v, denied: %v", l.inNames, l.denied)
	}
}

// TestDisksAreListedAndReadWhole: from what the kernel says of them; one that ends early is no clean one.
func TestDisksAreListedAndReadWhole(t *testing.T) {
	sys, dev := t.TempDir(), t.TempDir()
	for name, sectors := range map[string]string{"sda": "16\n", "zram0": "8\n", "loop0": "0\n", "cciss!c0d0": "8\n"} {
		put(t, filepath.Join(sys, name, "size"), sectors)
	}
	disks, err := hunt.Disks(sys, dev)
	if err != nil {
		t.Fatal(err)
	}
	want := []hunt.Disk{
		{Path: filepath.Join(dev, "cciss/c0d0"), Size: 4096},
		{Path: filepath.Join(dev, "sda"), Size: 8192},
		{Path: filepath.Join(dev, "zram0"), Size: 4096, Why: "compressed memory"},
	}
	if !slices.Equal(disks, want) {
		t.Errorf("the disks are %+v", disks)
	}
	content := make([]byte, 8192)
	copy(content[4000:], planted)
	put(t, filepath.Join(dev, "sda"), string(content))
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	hits := 0
	read, err := disks[1].Search(t.Context(), net, func(int64) {}, func(hunt.Hit) { hits++ })
	if err != nil || read != 8192 || hits == 0 {
		t.Errorf("read %d, %d hits: %v", read, hits, err)
	}
	put(t, filepath.Join(dev, "sda"), string(content[:4096]))
	if _, err := disks[1].Search(t.Context(), net, func(int64) {}, func(hunt.Hit) {}); err == nil {
		t.Error("half a disk is a whole one")
	}
	if _, err := disks[0].Search(t.Context(), net, func(int64) {}, func(hunt.Hit) {}); err == nil {
		t.Error("a disk that is not there is a clean one")
	}
	put(t, filepath.Join(sys, "sdb", "size"), "many\n")
	if _, err := hunt.Disks(sys, dev); err == nil {
		t.Error("a disk of unknown size is passed over")
	}
}

// TestADiskWithoutAMediumIsNone: a reader of cards without a card says so when it is opened. What says the same and takes no
// medium is a disk that failed.
func TestADiskWithoutAMediumIsNone(t *testing.T) {
	sys, dev := t.TempDir(), t.TempDir()
	for name, removable := range map[string]string{"fd0": "1\n", "sda": "0\n"} {
		put(t, filepath.Join(sys, name, "size"), "8\n")
		put(t, filepath.Join(sys, name, "removable"), removable)
		socket, err := net.Listen("unix", filepath.Join(dev, name)) // the kernel opens none, with the same error: ENXIO
		if err != nil {
			t.Fatal(err)
		}
		defer socket.Close()
	}
	disks, err := hunt.Disks(sys, dev)
	if err != nil || !slices.Equal(disks, []hunt.Disk{{Path: filepath.Join(dev, "sda"), Size: 4096}}) {
		t.Errorf("the disks are %+v: %v", disks, err)
	}
	for err, none := range map[error]bool{unix.ENOMEDIUM: true, unix.EIO: false, unix.ENXIO: false, nil: false} {
		if hunt.Mediumless(err, false) != none {
			t.Errorf("a disk that says %v is none: %v", err, !none)
		}
	}
}

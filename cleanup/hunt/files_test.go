package hunt_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

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

// TestFilesAreLookedThrough: names of all, contents of those that changed; what cannot be read is told.
func TestFilesAreLookedThrough(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a", "journal"), "Vu : "+planted)
	put(t, filepath.Join(dir, "b", planted+".txt"), "rien")
	put(t, filepath.Join(dir, "old"), planted)
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "old"), past, past); err != nil {
		t.Fatal(err)
	}
	var inNames, inContents, denied []string
	look := hunt.Files{Roots: []string{dir, filepath.Join(dir, "none")}, Since: time.Now().Add(-time.Minute)}
	names, contents := look.Search(weave(t, hunt.Canary{Kind: "text", Text: planted}), func(h hunt.FileHit) {
		if h.InName {
			inNames = append(inNames, filepath.Base(h.Path))
		} else {
			inContents = append(inContents, filepath.Base(h.Path))
		}
	}, func(path string, _ error) { denied = append(denied, path) })
	if names != 6 || contents != 2 {
		t.Errorf("%d names and %d contents", names, contents)
	}
	if got := slices.Compact(inNames); !slices.Equal(got, []string{"b"}) {
		t.Errorf("in names: %v", inNames)
	}
	if got := slices.Compact(inContents); !slices.Equal(got, []string{"journal"}) {
		t.Errorf("in contents: %v", inContents)
	}
	if len(denied) != 0 {
		t.Errorf("denied: %v", denied)
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
	read, err := disks[1].Search(net, func(int64) {}, func(hunt.Hit) { hits++ })
	if err != nil || read != 8192 || hits == 0 {
		t.Errorf("read %d, %d hits: %v", read, hits, err)
	}
	put(t, filepath.Join(dev, "sda"), string(content[:4096]))
	if _, err := disks[1].Search(net, func(int64) {}, func(hunt.Hit) {}); err == nil {
		t.Error("half a disk is a whole one")
	}
	if _, err := disks[0].Search(net, func(int64) {}, func(hunt.Hit) {}); err == nil {
		t.Error("a disk that is not there is a clean one")
	}
	put(t, filepath.Join(sys, "sdb", "size"), "many\n")
	if _, err := hunt.Disks(sys, dev); err == nil {
		t.Error("a disk of unknown size is passed over")
	}
}

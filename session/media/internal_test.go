package media

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestRenameOnto(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"new": "new", "old": "old"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	for _, rename := range []func(int, string, string) error{renameNew, renameOnto} {
		if err := rename(fd, "new", "old"); !errors.Is(err, unix.EEXIST) {
			t.Errorf("onto a file that is there: %v", err)
		}
	}
	if err := renameOnto(fd, "new", "free"); err != nil {
		t.Errorf("onto a free name: %v", err)
	}
	for name, want := range map[string]string{"old": "old", "free": "new"} {
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
}

// Where no driver is at hand, at least the first blocks are told apart.
func TestRecognize(t *testing.T) {
	blocks := func(marks map[int]string) []byte {
		b := make([]byte, 64<<10)
		for at, mark := range marks {
			copy(b[at:], mark)
		}
		return b
	}
	cases := map[string]struct {
		device []byte
		want   string
	}{
		"ext":          {blocks(map[int]string{1080: "\x53\xef"}), "ext4"},
		"FAT32":        {blocks(map[int]string{0: "\xeb\x58\x90mkfs.fat", 82: "FAT32   ", 510: "\x55\xaa"}), "vfat"},
		"FAT16":        {blocks(map[int]string{0: "\xeb\x3c\x90MSDOS5.0", 54: "FAT16   ", 510: "\x55\xaa"}), "vfat"},
		"exFAT":        {blocks(map[int]string{3: "EXFAT   ", 510: "\x55\xaa"}), "exfat"},
		"NTFS":         {blocks(map[int]string{3: "NTFS    ", 510: "\x55\xaa"}), "ntfs3"},
		"ISO 9660":     {blocks(map[int]string{32769: "CD001"}), "iso9660"},
		"btrfs":        {append(blocks(nil), []byte("\x00\x00\x00\x00_BHRfS_M")...), ""},
		"squashfs":     {blocks(map[int]string{0: "hsqs"}), ""},
		"zeros":        {blocks(nil), ""},
		"nothing":      {nil, ""},
		"a few bytes":  {[]byte("EXFAT   "), ""},
		"a partitions": {blocks(map[int]string{510: "\x55\xaa"}), ""},
	}
	for name, c := range cases {
		fs, known := recognize(bytes.NewReader(c.device))
		got := ""
		if known {
			got = fs.types[0]
		}
		if got != c.want {
			t.Errorf("%s is taken for %q, want %q", name, got, c.want)
		}
	}
}

func TestPortable(t *testing.T) {
	for name, want := range map[string]string{
		"été.pdf":     "été.pdf",
		"a:b?.pdf":    "a_b_.pdf",
		"a\nb.pdf":    "a_b.pdf",
		"r\xe9s.pdf":  "r_s.pdf",
		"fin. . ":     "fin",
		"...":         "document",
		"<a>|\"b\"\\": "_a___b__",
	} {
		if got := portable(name); got != want {
			t.Errorf("%q is %q for other systems, want %q", name, got, want)
		}
	}
}

package media

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
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

// What mkfs makes is recognized, here where no driver mounts it.
func TestRecognizeWhatMkfsMakes(t *testing.T) {
	for want, command := range map[string][]string{
		"vfat":  {"mkfs.vfat", "-n", "ZOE"},
		"exfat": {"mkfs.exfat", "-L", "ZOE"},
		"ntfs3": {"mkfs.ntfs", "--fast", "--force", "--quiet", "-L", "ZOE"},
		"ext4":  {"mkfs.ext4", "-q", "-F"},
	} {
		path, err := exec.LookPath(command[0])
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Logf("%s is missing", command[0])
			continue
		}
		for _, size := range []int64{8, 64, 600} {
			img := filepath.Join(t.TempDir(), "img")
			f, err := os.Create(img)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := f.Truncate(size << 20); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(path, append(command[1:], img)...).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", command[0], err, out)
			}
			fs, err := recognize(f)
			if err != nil || fs.types[0] != want || fs.dirty {
				t.Errorf("%d MiB of %s: %v, %+v", size, want, err, fs)
			}
			if want == "ntfs3" {
				MarkDirtyNTFS(t, f)
				if fs, _ := recognize(f); !fs.dirty {
					t.Errorf("a marked volume of %d MiB is not dirty", size)
				}
			}
		}
	}
}

// FuzzRecognize: whatever is on a device, it is looked at without a fault, and a volume of NTFS that cannot be read is dirty.
func FuzzRecognize(f *testing.F) {
	boot := make([]byte, 512)
	copy(boot, "\xeb\x52\x90NTFS    \x00\x02\x08")
	boot[48], boot[64] = 1, 0xf6
	f.Add(boot, []byte("FILE"))
	gpt := make([]byte, 1024) // a table of the new style, with its own place for the partitions
	copy(gpt[450:], "\xee")
	copy(gpt[510:], "\x55\xaaEFI PART")
	copy(gpt[512+72:], "\x02\x00\x00\x00\x00\x00\x00\x00\x80\x00\x00\x00\x80\x00\x00\x00")
	f.Add(gpt, []byte{})
	f.Add(append(boot[:64:64], 0x80), []byte{}) // a size that no shift gives
	f.Fuzz(func(t *testing.T, boot, record []byte) {
		device := make([]byte, 64<<10)
		copy(device, boot)
		copy(device[4096+3*1024:], record)
		fs, err := recognize(bytes.NewReader(device))
		if (err == nil) != (len(fs.types) > 0) {
			t.Errorf("%v, and mounted as %v", err, fs.types)
		}
		if err != nil && !errors.Is(err, ErrUnreadable) {
			t.Errorf("nobody acts on %v", err)
		}
		if errors.Is(err, ErrEmpty) && device[510] != 0x55 && !isOnly(device, 0) && !isOnly(device, 0xff) {
			t.Error("a device that holds something is empty")
		}
		if err == nil && fs.types[0] == "ntfs3" && !fs.dirty && !bytes.Contains(device, []byte("FILE")) {
			t.Error("a volume without a table of files is clean")
		}
	})
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

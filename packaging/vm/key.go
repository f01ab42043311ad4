//go:build vm

package vm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Files are what is on a key: their content by their path, folders in it separated by "/".
type Files map[string]string

// Key is a USB key: an image with a partition table and one file system.
type Key struct {
	path      string
	protected bool   // it has a switch that forbids writing
	plugged   string // its name in QEMU while it is plugged
	serial    string // that it says it has; "" is one that Insert makes
}

// The place of a key's one partition, in MiB.
const (
	keySize  = 128
	keyStart = 1
)

// keyTypes are the file systems of keys: the type of the partition (as sfdisk(8) names it), the program of the guest that
// makes it where this machine has none, and the kernel's driver.
var keyTypes = map[string]struct{ partition, mkfs, driver string }{
	"vfat":  {"c", "", "vfat"},
	"exfat": {"7", "mkfs.exfat -q -L CLE", "exfat"},
	"ntfs":  {"7", "mkfs.ntfs -q -Q -L CLE", "ntfs3"},
	"ext4":  {"83", "", "ext4"},
}

// NewKey makes a key of a kind, "vfat", "exfat", "ntfs" or "ext4", that holds these files. The tools of this machine
// fill vfat and ext4 ones. For the others a Debian is booted, whose kernel writes them: make them before the machine
// that they are for. The key is gone when the test ends.
func NewKey(t testing.TB, kind string, files Files) *Key {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()
	k := &Key{path: filepath.Join(dir, "key")}
	err := blankKey(ctx, k.path, kind)
	if err == nil {
		switch kind {
		case "vfat":
			err = fillVFAT(ctx, k.path, dir, "CLE", files)
		case "ext4":
			err = fillEXT4(ctx, k.path, dir, files)
		default:
			fillInGuest(t, k, kind, files)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// NewLabelledKey makes a vfat key with a label and a serial number of its own.
func NewLabelledKey(t testing.TB, label, serial string, files Files) *Key {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()
	k := &Key{path: filepath.Join(dir, "key"), serial: serial}
	if err := errors.Join(blankKey(ctx, k.path, "vfat"), fillVFAT(ctx, k.path, dir, label, files)); err != nil {
		t.Fatal(err)
	}
	return k
}

// blankKey makes the image with its partition table, in the old style that keys are sold with.
func blankKey(ctx context.Context, path, kind string) error {
	known, ok := keyTypes[kind]
	if !ok {
		return fmt.Errorf("no kind of key is called %q", kind)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	if err := os.Truncate(path, keySize*mebibyte); err != nil {
		return err
	}
	table := fmt.Sprintf("label: dos\nstart=%dMiB, type=%s\n", keyStart, known.partition)
	_, err := tool(ctx, "sh", "-c", `printf %s "$2" | sfdisk --quiet "$1"`, "sh", path, table)
	return err
}

// fillVFAT makes the file system and copies files with mtools(1).
func fillVFAT(ctx context.Context, path, dir, label string, files Files) error {
	source, err := unpack(dir, files)
	if err != nil {
		return err
	}
	offset := keyStart * mebibyte
	_, err = tool(ctx, "mkfs.vfat", "-F", "32", "-s", "1", "-n", label, fmt.Sprintf("--offset=%d", offset/512), path,
		fmt.Sprint((keySize-keyStart)*1024))
	if err != nil || len(files) == 0 {
		return err
	}
	_, err = tool(ctx, "sh", "-c", `cd "$1" && mcopy -s -i "$2" -- * ::`, "sh", source, fmt.Sprintf("%s@@%d", path, offset))
	return err
}

// fillEXT4 makes the file system out of a folder.
func fillEXT4(ctx context.Context, path, dir string, files Files) error {
	source, err := unpack(dir, files)
	if err != nil {
		return err
	}
	_, err = tool(ctx, "mke2fs", "-q", "-F", "-t", "ext4", "-L", "CLE", "-d", source,
		"-E", fmt.Sprintf("offset=%d", keyStart*mebibyte), path, fmt.Sprintf("%dM", keySize-keyStart))
	return err
}

// Read gives a file of a vfat key that is not plugged in.
func (k *Key) Read(t testing.TB, name string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	content, err := tool(ctx, "mtype", "-i", fmt.Sprintf("%s@@%d", k.path, keyStart*mebibyte), "::"+name)
	if err != nil {
		t.Fatalf("cannot read the key: %v", err)
	}
	return string(content)
}

// unpack writes the files of a key into a folder of this machine.
func unpack(dir string, files Files) (root string, err error) {
	root, err = os.MkdirTemp(dir, "files-")
	if err != nil {
		return "", err
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return "", err
		}
	}
	return root, nil
}

// fillInGuest lets a Debian make the file system and copy the files, from a key that this machine can make. What it made
// is kept for the next run.
func fillInGuest(t testing.TB, k *Key, kind string, files Files) {
	t.Helper()
	cache, err := cacheDir()
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(cache, "key-"+digest(kind, keyTypes[kind].mkfs, fmt.Sprint(keySize, keyStart, files)))
	if copyFile(t.Context(), kept, k.path) == nil {
		return
	}
	source := NewKey(t, "vfat", files)
	m := Debian(t)
	from, to := m.Plug(source), m.Plug(k)
	m.Shell(fmt.Sprintf(`%[1]s %[3]s1 >&2
mkdir -p /run/from /run/to
mount -r %[2]s1 /run/from
mount -t %[4]s %[3]s1 /run/to
cp -R /run/from/. /run/to/
umount /run/from /run/to
sync`, keyTypes[kind].mkfs, from, to, keyTypes[kind].driver))
	m.Pull(k)
	m.Pull(source)
	m.stop()
	if err := copyFile(t.Context(), k.path, kept); err != nil {
		t.Fatal(err)
	}
	forget("key", kept, 10)
}

// copyFile copies an image, and makes nothing of what is empty in it.
func copyFile(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	_, err := tool(ctx, "cp", "--reflink=auto", "--sparse=always", from, to)
	return err
}

//go:build vm

package vm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kindLabel is what the keys of TestEveryKindOfKey call themselves. It is found in no log.
const kindLabel = "ZOEMARTIN"

// kindOfKey is a key, and what the station tells of it.
type kindOfKey struct {
	name           string
	key            *Key
	state, problem string
	files          []string // sorted
	readOnly       bool     // nothing can be written to it
}

// TestEveryKindOfKey plugs a key of every kind, one after the other, in one visit: what can be read is, whole; of what cannot
// the station says why. Nothing of a key is mounted elsewhere, nor told to the journal.
func TestEveryKindOfKey(t *testing.T) {
	kinds := everyKind(t)
	m := Station(t)
	m.Open()
	for _, k := range kinds {
		m.tryKind(k)
	}
	m.End()
	m.nothingIsLeft()
	journal := m.Guest("journalctl", "--boot", "--no-pager", "--output=cat")
	for _, word := range []string{kindLabel, "ESTRANcle", "lettre", "photo.jpg", "Partie"} {
		if strings.Contains(journal, word) {
			t.Errorf("the journal holds %q", word)
		}
	}
}

func everyKind(t *testing.T) []kindOfKey {
	t.Helper()
	two := Files{"lettre.txt": letter, "été/photo.jpg": "\xff\xd8\xff\xe0photo"}
	names := []string{"lettre.txt", "été/photo.jpg"}
	b := bench{t, t.TempDir()}
	vfat := b.vfat(two)
	protected := &Key{path: b.file("protected", 0), protected: true}
	b.must("cp", vfat.path, protected.path)
	unreadable := func(name, problem string, key *Key) kindOfKey {
		return kindOfKey{name: name, key: key, state: "unreadable", problem: problem}
	}
	return []kindOfKey{
		{name: "vfat", key: vfat, state: "ready", files: names},
		{name: "exfat", key: NewKey(t, "exfat", two), state: "ready", files: names},
		{name: "ntfs", key: NewKey(t, "ntfs", two), state: "ready", files: names},
		{name: "ext4", key: b.ext4(two), state: "ready", files: names},
		{name: "vfat without partitions, FAT12", key: b.floppy(), state: "ready", files: []string{"lettre.txt"}},
		{name: "iso9660", key: b.iso(two, false), state: "ready", files: names, readOnly: true},
		{
			name: "iso9660 that starts a computer", key: b.iso(two, true), state: "ready", readOnly: true,
			files: []string{"isolinux/boot.cat", "isolinux/isolinux.bin", "lettre.txt", "été/photo.jpg"},
		},
		{name: "write-protected", key: protected, state: "ready", files: names, readOnly: true},
		{
			name: "two partitions", key: b.two(two), state: "ready",
			files: []string{"Partie 1/lettre.txt", "Partie 1/été/photo.jpg", "Partie 2/lettre.txt", "Partie 2/été/photo.jpg"},
		},
		{name: "LUKS beside vfat", key: b.beside(two), state: "ready", problem: "partly", files: names},
		unreadable("LUKS", "encrypted", b.raw("luks", map[int]string{0: luksHeader})),
		unreadable("LUKS in a partition", "encrypted", b.partition("83", map[int]string{0: luksHeader})),
		unreadable("BitLocker in a partition", "encrypted", b.partition("7", map[int]string{0: "\xeb\x58\x90-FVE-FS-", 510: "\x55\xaa"})),
		unreadable("APFS in a partition", "foreign", b.partition("af", map[int]string{32: "NXSB"})),
		unreadable("zeros", "empty", b.raw("zeros", nil)),
		unreadable("a table without partitions", "empty", b.table("label: dos\n")),
		unreadable("damaged", "damaged", b.damaged(two)),
		unreadable("noise", "unreadable", b.raw("noise", map[int]string{0: strings.Repeat("bruit ", 1000)})),
	}
}

// luksHeader is the begin of the header of LUKS1, as cryptsetup(8) writes it.
var luksHeader = "LUKS\xba\xbe\x00\x01aes" + strings.Repeat("\x00", 157) + "4c530001-1111-4222-8333-123456789abc"

// tryKind plugs one key, sees what is told of it, and gives it back.
func (m *Machine) tryKind(k kindOfKey) {
	m.t.Helper()
	m.t.Logf("%s", k.name)
	device := m.Plug(k.key)
	if device == "" {
		m.t.Errorf("%s: the key was not let in", k.name)
		m.Pull(k.key)
		return
	}
	var got Status
	for end := time.Now().Add(patient); ; time.Sleep(time.Second) {
		got = m.Status()
		if state := got.Word("MediumState"); state == "ready" || state == "unreadable" || time.Now().After(end) {
			break
		}
	}
	wantWritable := fmt.Sprint(k.state == "ready" && !k.readOnly)
	for key, want := range map[string]string{
		"MediumState": k.state, "MediumProblem": k.problem, "MediumFiles": fmt.Sprint(len(k.files)), "MediumWritable": wantWritable,
	} {
		if got.Word(key) != want {
			m.t.Errorf("%s: %s is %q, not %q", k.name, key, got.Word(key), want)
		}
	}
	if k.state == "ready" {
		m.namesAre(k)
	}
	m.mountedNowhere(k.name, device)
	if got.Word("MediumState") == "ready" {
		m.Drive("Eject", noOptions...)
		m.AwaitStatus("MediumState", "ejected", patient)
	}
	m.Pull(k.key)
	m.Drive("Touch", noOptions...)
}

// namesAre fails when the station shows other files of the key.
func (m *Machine) namesAre(k kindOfKey) {
	m.t.Helper()
	r := m.CallAs("estran", "Medium", noOptions...)
	if r.code != 0 {
		m.t.Errorf("%s: its files are not told: %s", k.name, r.stderr)
		return
	}
	var missing []string
	for _, name := range k.files {
		if !strings.Contains(r.stdout, `"`+escaped(name)+`"`) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		m.t.Errorf("%s: %q are not among the files:\n%s", k.name, missing, r.stdout)
	}
}

// escaped is a text as busctl(1) prints it: bytes that are not ASCII in octal.
func escaped(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\%03o`, c)
		}
	}
	return b.String()
}

// mountedNowhere: neither systemd, UDisks2 nor the desktop has mounted anything of the key where it has a path.
func (m *Machine) mountedNowhere(kind, device string) {
	m.t.Helper()
	if at := strings.TrimSpace(m.Guest("lsblk", "--noheadings", "--output", "MOUNTPOINTS", device)); at != "" {
		m.t.Errorf("%s: mounted at %q", kind, at)
	}
	if who := m.Try("sh", "-c", "grep -l '"+device+"' /proc/[0-9]*/mountinfo").stdout; who != "" {
		m.t.Errorf("%s: mounted in the namespace of\n%s", kind, who)
	}
	if left := m.Shell("find /media /run/media -mindepth 1 2>/dev/null || true"); left != "" {
		m.t.Errorf("%s: there is\n%s", kind, left)
	}
}

// bench makes keys with the tools of this machine.
type bench struct {
	t   *testing.T
	dir string
}

func (b bench) must(name string, args ...string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), 2*time.Minute)
	defer cancel()
	if _, err := tool(ctx, name, args...); err != nil {
		b.t.Fatal(err)
	}
}

// file makes an empty image, of some MiB.
func (b bench) file(name string, size int64) string {
	b.t.Helper()
	f, err := os.CreateTemp(b.dir, name+"-")
	if err == nil {
		err = f.Truncate(size * mebibyte)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return f.Name()
}

func (b bench) folder(files Files) string {
	b.t.Helper()
	root, err := unpack(b.dir, files)
	if err != nil {
		b.t.Fatal(err)
	}
	return root
}

// table makes an image with the partitions that sfdisk(8) is told.
func (b bench) table(table string) *Key {
	b.t.Helper()
	path := b.file("table", 64)
	b.must("sh", "-c", `printf %s "$2" | sfdisk --quiet "$1"`, "sh", path, table)
	return &Key{path: path}
}

// write puts marks into an image, after an offset.
func (b bench) write(path string, offset int, marks map[int]string) *Key {
	b.t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	for at, mark := range marks {
		if _, err := f.WriteAt([]byte(mark), int64(offset+at)); err != nil {
			b.t.Fatal(err)
		}
	}
	return &Key{path: path}
}

func (b bench) raw(name string, marks map[int]string) *Key {
	b.t.Helper()
	return b.write(b.file(name, 16), 0, marks)
}

func (b bench) partition(kind string, marks map[int]string) *Key {
	b.t.Helper()
	return b.write(b.table("label: dos\nstart=1MiB, type="+kind+"\n").path, mebibyte, marks)
}

// fillFAT makes a FAT at a place of an image, of some MiB.
func (b bench) fillFAT(path string, at, size int, files Files) {
	b.t.Helper()
	b.must("mkfs.vfat", "-n", kindLabel, fmt.Sprintf("--offset=%d", at*mebibyte/512), path, fmt.Sprint(size*1024))
	b.must("sh", "-c", `cd "$1" && mcopy -s -i "$2" -- * ::`, "sh", b.folder(files), fmt.Sprintf("%s@@%d", path, at*mebibyte))
}

func (b bench) fillEXT(path string, at, size int, files Files) {
	b.t.Helper()
	b.must("mke2fs", "-q", "-F", "-t", "ext4", "-L", kindLabel, "-d", b.folder(files), "-E", fmt.Sprintf("offset=%d", at*mebibyte),
		path, fmt.Sprintf("%dM", size))
}

func (b bench) vfat(files Files) *Key {
	b.t.Helper()
	k := b.table("label: dos\nstart=1MiB, type=c\n")
	b.fillFAT(k.path, 1, 63, files)
	return k
}

func (b bench) ext4(files Files) *Key {
	b.t.Helper()
	k := b.table("label: dos\nstart=1MiB, type=83\n")
	b.fillEXT(k.path, 1, 62, files)
	return k
}

// floppy has no partitions, and the oldest FAT.
func (b bench) floppy() *Key {
	b.t.Helper()
	path := b.file("floppy", 2)
	b.must("mkfs.vfat", "-F", "12", "-n", kindLabel, path)
	b.must("sh", "-c", `cd "$1" && mcopy -i "$2" -- * ::`, "sh", b.folder(Files{"lettre.txt": letter}), path)
	return &Key{path: path}
}

// two has two partitions that can be read, behind the one that a computer starts from.
func (b bench) two(files Files) *Key {
	b.t.Helper()
	k := b.table("label: gpt\nstart=1MiB, size=8MiB, type=uefi\nstart=9MiB, size=24MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n" +
		"start=33MiB, size=24MiB, type=linux\n")
	b.fillFAT(k.path, 1, 8, Files{"amorce.txt": "x"})
	b.fillFAT(k.path, 9, 24, files)
	b.fillEXT(k.path, 33, 24, files)
	return k
}

func (b bench) beside(files Files) *Key {
	b.t.Helper()
	k := b.table("label: dos\nstart=1MiB, size=16MiB, type=83\nstart=17MiB, type=c\n")
	b.fillFAT(k.path, 17, 40, files)
	return b.write(k.path, mebibyte, map[int]string{0: luksHeader})
}

// damaged is a FAT that says it has no table of its own.
func (b bench) damaged(files Files) *Key {
	b.t.Helper()
	return b.write(b.vfat(files).path, mebibyte, map[int]string{22: "\x00\x00", 36: "\x00\x00\x00\x00"})
}

// iso makes a disc; one that starts a computer has partitions too, as isohybrid(1) makes them.
func (b bench) iso(files Files, boots bool) *Key {
	b.t.Helper()
	root := b.folder(files)
	path := b.file("iso", 0)
	args := []string{"-quiet", "-J", "-R", "-V", kindLabel, "-o", path}
	if boots {
		b.must("sh", "-c", `mkdir "$1/isolinux" && cp /usr/lib/ISOLINUX/isolinux.bin "$1/isolinux/"`, "sh", root)
		args = append(args, "-b", "isolinux/isolinux.bin", "-c", "isolinux/boot.cat", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table")
	}
	b.must("genisoimage", append(args, filepath.Clean(root))...)
	if boots {
		b.must("isohybrid", path)
	}
	return &Key{path: path}
}

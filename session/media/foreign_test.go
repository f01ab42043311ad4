package media_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"estran/session"
	"estran/session/media"
)

var foreign = flag.String("foreign", os.Getenv("ESTRAN_TEST_FOREIGN"),
	"kind=device,...: block devices that may be erased, and the file system to make on each: vfat, exfat, ntfs, ext4")

// TestForeignFileSystems makes a file system on each of some block devices, uses it as the station does, and looks at the
// result with the file system's own checker. It needs a kernel with the drivers, so it is for the acceptance machine:
//
//	go test -c -o media.test ./session/media       (CGO_ENABLED=0: it runs on any Debian)
//	./media.test -test.v -test.run '^TestForeignFileSystems$' -foreign vfat=/dev/sdb,exfat=/dev/sdc,ntfs=/dev/sdd,ext4=/dev/sde
//
// or with the same words in the environment variable ESTRAN_TEST_FOREIGN. Everything on the devices is lost. As root; with
// dosfstools, exfatprogs, ntfs-3g (for mkfs.ntfs and ntfsfix) and e2fsprogs; each device of 64 MiB or more, whole or a
// partition, and mounted nowhere. CI=1 makes what is missing a failure. It should be run once under estrand.service's own
// sandbox too, which is the proof that drivers are loaded from within it:
//
//	systemd-run --wait --pipe -p PrivateMounts=yes -p ProtectKernelModules=yes -p DevicePolicy=closed \
//	  -p 'DeviceAllow=block-sd rw' -p 'DeviceAllow=block-blkext rw' \
//	  -p 'SystemCallFilter=@system-service @mount @sandbox' -p 'SystemCallFilter=~@module @raw-io @swap @reboot' ./media.test ...
func TestForeignFileSystems(t *testing.T) {
	if *foreign == "" {
		t.Skip("no devices were given: see -foreign")
	}
	if os.Getuid() != 0 {
		t.Fatal("it needs root")
	}
	for _, word := range strings.Split(*foreign, ",") {
		kind, device, found := strings.Cut(word, "=")
		if !found || !slices.Contains([]string{"vfat", "exfat", "ntfs", "ext4"}, kind) {
			t.Fatalf("%q is not kind=device", word)
		}
		t.Run(kind, func(t *testing.T) {
			f := foreigner{t, kind, device}
			f.make()
			f.fill()
			f.use()
			f.verify()
			f.keepsCapitals()
			if kind == "ntfs" {
				f.refusesWhatIsDirty()
			}
			f.readsOnly()
		})
	}
}

// foreigner is one device.
type foreigner struct {
	t            *testing.T
	kind, device string
}

// names are what visitors call their files.
var names = []string{
	"Relevé de carrière – été 2026.pdf", "l’œuvre d’Anaïs (ÇA).docx", "photo 👩🏽‍🌾🍅.jpg", "Ελληνικά.txt", "文件.txt",
	"Ärger & größe.odt", strings.Repeat("très long ", 19) + "fin.txt", "CV.pdf",
}

func (f foreigner) make() {
	f.t.Helper()
	args := map[string][]string{
		"vfat":  {"mkfs.vfat", "-I", "-n", "ZOE"},
		"exfat": {"mkfs.exfat", "-L", "ZOE"},
		"ntfs":  {"mkfs.ntfs", "--fast", "--force", "--quiet", "-L", "ZOE"},
		"ext4":  {"mkfs.ext4", "-q", "-F", "-L", "ZOE"},
	}[f.kind]
	need(f.t, args[0])
	run(f.t, args[0], append(args[1:], f.device)...)
}

func (f foreigner) open() *media.Medium {
	f.t.Helper()
	return open(f.t, f.device)
}

// fill puts files on the new key, and gives it back.
func (f foreigner) fill() {
	f.t.Helper()
	m := f.open()
	if !m.Present() || !m.Writable() {
		f.t.Fatal("a new key is not present or not writable")
	}
	for i, name := range names {
		check(f.t, put(f.t.Context(), f.t, m, session.Private(name), noise(100_000+i)))
	}
	if err := m.Put(f.t.Context(), "trop.bin", document(f.t, nil), 1<<42, nil); !errors.Is(err, session.ErrFull) {
		f.t.Errorf("what has no room: %v", err)
	}
	check(f.t, m.Eject(f.t.Context()))
}

// use reads everything back through the station, and writes once more.
func (f foreigner) use() {
	f.t.Helper()
	m := f.open()
	var got []string
	for i, file := range list(f.t, m) {
		got = append(got, file.Name.Reveal())
		dst := staged(f.t)
		check(f.t, m.Copy(f.t.Context(), file.ID, dst, nil))
		if want := noise(100_000 + slices.Index(names, file.Name.Reveal())); !bytes.Equal(content(f.t, dst), want) {
			f.t.Errorf("file %d reads back differently", i)
		}
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(names))
	if !slices.Equal(got, want) {
		f.t.Errorf("listed\n%q, want\n%q", got, want)
	}
	check(f.t, put(f.t.Context(), f.t, m, "CV.pdf", noise(7)))
	named(f.t, m, "CV (2).pdf")
	const odd, portable = "12:30 ? <oui> | \"non\"*.txt", "12_30 _ _oui_ _ _non__.txt"
	check(f.t, put(f.t.Context(), f.t, m, odd, noise(9)))
	if f.kind == "ext4" {
		named(f.t, m, odd)
	} else {
		named(f.t, m, portable)
	}
	if used, err := media.InUse(m.Source()); err != nil || !used {
		f.t.Errorf("an open key is not in use: %v, %v", used, err)
	}
	check(f.t, m.Eject(f.t.Context()))
	if used, err := media.InUse(m.Source()); err != nil || used {
		f.t.Errorf("a key that was given back is in use: %v, %v", used, err)
	}
}

// keepsCapitals: where Windows makes no difference between capitals and others, we make none.
func (f foreigner) keepsCapitals() {
	f.t.Helper()
	if f.kind != "vfat" && f.kind != "exfat" {
		return // the driver of ntfs makes a difference, and so does ext4
	}
	m := f.open()
	check(f.t, put(f.t.Context(), f.t, m, "cv.PDF", noise(8)))
	var like []string
	for _, file := range list(f.t, m) {
		if name := file.Name.Reveal(); strings.EqualFold(name, "cv.pdf") {
			like = append(like, name)
		}
	}
	if len(like) != 1 {
		f.t.Errorf("Windows would find one of %q", like)
	}
	check(f.t, m.Eject(f.t.Context()))
}

// verify has the file system's own checker find nothing to mend.
func (f foreigner) verify() {
	f.t.Helper()
	args := map[string][]string{
		"vfat":  {"fsck.vfat", "-n"},
		"exfat": {"fsck.exfat", "-n"},
		"ntfs":  {"ntfsfix", "--no-action"},
		"ext4":  {"e2fsck", "-f", "-n"},
	}[f.kind]
	need(f.t, args[0])
	out, err := exec.Command(args[0], append(args[1:], f.device)...).CombinedOutput()
	if err != nil || bytes.Contains(bytes.ToLower(out), []byte("dirty bit is set")) {
		f.t.Errorf("%s: %v\n%s", args[0], err, out)
	}
}

// refusesWhatIsDirty: a volume that was pulled out of a computer with Windows is read, not written, and says so beforehand.
func (f foreigner) refusesWhatIsDirty() {
	f.t.Helper()
	dev, err := os.OpenFile(f.device, os.O_RDWR, 0)
	check(f.t, err)
	media.MarkDirtyNTFS(f.t, dev)
	check(f.t, errors.Join(dev.Sync(), dev.Close()))
	m := f.open()
	if m.Writable() {
		f.t.Error("a volume that is marked as dirty says it can be written")
	}
	if err := put(f.t.Context(), f.t, m, "non.txt", noise(3)); !errors.Is(err, session.ErrReadOnly) {
		f.t.Errorf("writing to it: %v", err)
	}
	named(f.t, m, "CV.pdf")
	check(f.t, m.Eject(f.t.Context()))
}

// readsOnly: reading a key changes nothing on it, not even a date.
func (f foreigner) readsOnly() {
	f.t.Helper()
	before := f.sum()
	m := f.open()
	for _, file := range list(f.t, m) {
		check(f.t, m.Copy(f.t.Context(), file.ID, staged(f.t), nil))
	}
	check(f.t, m.Eject(f.t.Context()))
	if after := f.sum(); after != before {
		f.t.Error("reading changed the key")
	}
}

func (f foreigner) sum() string {
	f.t.Helper()
	return strings.Fields(output(f.t, "sha256sum", f.device))[0]
}

// TestForeignerHere runs the same on what this kernel can mount, so that the test itself is known to work.
func TestForeignerHere(t *testing.T) {
	needRoot(t)
	disk := loopDisk(t)
	img := filepath.Join(t.TempDir(), "key.img")
	write(t, img, nil)
	check(t, os.Truncate(img, 64<<20))
	plug(t, disk, img)
	before := *foreign
	defer func() { *foreign = before }()
	*foreign = fmt.Sprintf("ext4=%s", disk)
	TestForeignFileSystems(t)
}

package media_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
	"estran/session/sessiontest"
)

// TestInASmallMachine runs the tests that want drivers which the kernel of this computer may lack: FAT, ISO 9660, sectors of
// 4096 bytes, a SCSI disk that is really pulled out, one that is slow. exfat and ntfs are tried in packaging/vm.
func TestInASmallMachine(t *testing.T) {
	needRoot(t)
	need(t, "mkfs.vfat", "fsck.vfat", "genisoimage", "sfdisk", "dmsetup")
	sessiontest.Machine(t, "^TestMachine[^P]", "TestMachineVFAT")
	sessiontest.Machine(t, "^TestMachinePulled", "TestMachinePulledAtRandomMoments") // a machine has five minutes
}

var machineDrivers = sync.OnceValue(func() error {
	if err := unix.Mount("devtmpfs", "/dev", "devtmpfs", 0, ""); err != nil && !errors.Is(err, unix.EBUSY) { // it is there already
		return err
	}
	return sessiontest.LoadModules("loop", "nls_cp437", "nls_ascii", "nls_iso8859-1", "nls_utf8", "vfat", "isofs", "dm-mod", "dm-delay",
		"sd_mod", "scsi_debug dev_size_mb=48 delay=0 lbpu=0 max_luns=1")
})

// machine skips a test that is not run in the small machine, and readies that.
func machine(t *testing.T) {
	t.Helper()
	if !sessiontest.Within() {
		t.Skip("run by TestInASmallMachine")
	}
	check(t, machineDrivers())
}

// blank is an image of some KiB.
func blank(t *testing.T, kib int64) string {
	t.Helper()
	img := filepath.Join(t.TempDir(), "key.img")
	write(t, img, nil)
	check(t, os.Truncate(img, kib<<10))
	return img
}

// Each size of FAT is read and written as TestForeignFileSystems does it, and passes its own checker.
func TestMachineVFAT(t *testing.T) {
	machine(t)
	for name, c := range map[string]struct {
		kib  int64
		mkfs []string
		loop []string
	}{
		"FAT12":                 {6 << 10, []string{"-F", "12"}, nil},
		"FAT16":                 {32 << 10, []string{"-F", "16"}, nil},
		"FAT32":                 {64 << 10, []string{"-F", "32"}, nil},
		"FAT32 in 4096 bytes":   {96 << 10, []string{"-F", "32", "-S", "4096", "-s", "1"}, []string{"--sector-size", "4096"}},
		"FAT16, big sectors":    {32 << 10, []string{"-F", "16", "-S", "2048"}, nil},
		"FAT32 without a label": {64 << 10, []string{"-F", "32"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"mkfs.vfat", "-I"}, c.mkfs...)
			if !strings.Contains(name, "label") {
				args = append(args, "-n", "ZOE")
			}
			f := foreigner{t, "vfat", loopDevice(t, blank(t, c.kib), c.loop...)}
			run(t, args[0], append(args[1:], f.device)...)
			f.fill()
			f.use()
			f.verify()
			f.keepsCapitals()
			f.readsOnly()
		})
	}
}

// A copy to a FAT that was cut may leave a file whose chain of clusters ends nowhere. Removing it makes the kernel refuse to
// write, and yet the marker goes too, the visitor can be given documents, and what was theirs is there.
func TestMachineSweepsAChainThatWasCut(t *testing.T) {
	machine(t)
	text := read(t, leftMarker(t), marker)
	device := loopDevice(t, blank(t, 32<<10))
	run(t, "mkfs.vfat", "-F", "16", "-s", "1", "-R", "1", device)
	at := t.TempDir()
	run(t, "mount", "-o", "utf8", device, at)
	const part = ".estran-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part"
	write(t, filepath.Join(at, part), noise(64<<10)) // from cluster 2, the first there is
	write(t, filepath.Join(at, marker), text)
	write(t, filepath.Join(at, "là avant.txt"), []byte("x"))
	umount(t, at)
	f, err := os.OpenFile(device, os.O_RDWR, 0)
	check(t, err)
	_, err = f.WriteAt(make([]byte, 2), 512+2*10) // in the first table, after the only reserved sector: cluster 10
	check(t, errors.Join(err, f.Sync(), f.Close()))

	m := open(t, device)
	check(t, m.Sweep(t.Context()))
	if m.Problem() != session.MediumUnfinished {
		t.Errorf("the problem is %q", m.Problem())
	}
	if got := namesOf(list(t, m)); got != "là avant.txt" {
		t.Errorf("after it was swept the key shows %s", got)
	}
	check(t, put(t.Context(), t, m, "nouveau.txt", []byte("y")))
	check(t, m.Eject(t.Context()))
	run(t, "mount", "-o", "ro,utf8", device, at)
	defer umount(t, at)
	if got := entries(t, at); got != "là avant.txt | nouveau.txt" {
		t.Errorf("the key holds %s", got)
	}
}

// disc is an image of a disc that holds a folder.
func disc(t *testing.T, from string) string {
	t.Helper()
	img := filepath.Join(t.TempDir(), "disc.iso")
	run(t, "genisoimage", "-quiet", "-J", "-R", "-V", "ZOE", "-o", img, from)
	return img
}

// A disc image on a key is read, alone and where it has a table of partitions over it, as those that start a computer have.
func TestMachineISO9660(t *testing.T) {
	machine(t)
	from := t.TempDir()
	write(t, filepath.Join(from, "été", "œuvre d’Anaïs.pdf"), noise(5000))
	write(t, filepath.Join(from, "a.txt"), []byte("x"))
	plain, hybrid := disc(t, from), disc(t, from)
	f, err := os.OpenFile(hybrid, os.O_WRONLY, 0)
	check(t, err)
	_, err = f.WriteAt([]byte("\x80\x00\x01\x00\x17\x3f\x20\x00\x00\x00\x00\x00\x00\x02\x00\x00"), 446)
	check(t, err)
	_, err = f.WriteAt([]byte{0x55, 0xaa}, 510)
	check(t, errors.Join(err, f.Close()))
	for _, img := range []string{plain, hybrid} {
		m := open(t, img)
		files := list(t, m)
		if got := namesOf(files); got != "a.txt | été/œuvre d’Anaïs.pdf" {
			t.Errorf("listed %s", got)
		}
		if m.Writable() {
			t.Error("it says it can be written")
		}
		dst := staged(t)
		check(t, m.Copy(t.Context(), files[1].ID, dst, nil))
		if string(content(t, dst)) != string(noise(5000)) {
			t.Error("a file reads differently")
		}
		if _, err := m.Deliver(t.Context()); !errors.Is(err, session.ErrReadOnly) {
			t.Errorf("a delivery: %v", err)
		}
		check(t, m.Sweep(t.Context()))
		check(t, m.Eject(t.Context()))
	}
}

// What the kernel refuses of a file system that keys have is damaged; what it has no driver for is foreign.
func TestMachineRefusals(t *testing.T) {
	machine(t)
	broken := blank(t, 32<<10)
	run(t, "mkfs.vfat", broken)
	f, err := os.OpenFile(broken, os.O_WRONLY, 0)
	check(t, err)
	_, err = f.WriteAt([]byte{0, 0}, 22) // how long its table is
	check(t, err)
	_, err = f.WriteAt(make([]byte, 4), 36)
	check(t, errors.Join(err, f.Close()))
	exfat := blank(t, 32<<10)
	run(t, "mkfs.exfat", exfat)
	for img, want := range map[string]session.MediumProblem{broken: session.MediumDamaged, exfat: session.MediumForeign} {
		_, err := media.Open(t.Context(), media.Source{Path: img, Device: true})
		if got := media.ProblemOf(err); got != want {
			t.Errorf("the problem is %q, want %q: %v", got, want, err)
		}
		unused(t, img)
	}
}

// A slow key is only slow: every byte arrives, and who waits no longer is heard at once.
func TestMachineSlowKey(t *testing.T) {
	machine(t)
	device := loopDevice(t, blank(t, 48<<10))
	run(t, "mkfs.vfat", "-F", "16", device)
	size := strings.TrimSpace(output(t, "blockdev", "--getsz", device))
	run(t, "dmsetup", "create", "slow", "--noudevsync", "--noudevrules", "--table", "0 "+size+" delay "+device+" 0 30")
	t.Cleanup(func() {
		eventually(t, "the slow key is free", func() bool {
			return exec.Command("dmsetup", "remove", "--noudevsync", "slow").Run() == nil
		})
	})
	number := strings.TrimSpace(output(t, "dmsetup", "info", "-c", "--noheadings", "-o", "minor", "slow"))
	slow := "/dev/dm-" + number
	m := open(t, slow)
	start := time.Now()
	check(t, put(t.Context(), t, m, "cv.pdf", noise(2<<20)))
	took := time.Since(start)
	if took < 150*time.Millisecond {
		t.Errorf("the key is not slow: %v", took)
	}
	t.Logf("2 MiB in %v", took)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start = time.Now()
	if err := put(ctx, t, m, "coupé.pdf", noise(12<<20)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a copy that was cut: %v", err)
	}
	if waited := time.Since(start); waited > took+5*time.Second {
		t.Errorf("a copy was cut after 0.3 s and ended after %v", waited)
	}
	if got := namesOf(list(t, m)); got != "cv.pdf" {
		t.Errorf("listed %s", got)
	}
	m2 := named(t, m, "cv.pdf")
	dst := staged(t)
	check(t, m.Copy(t.Context(), m2.ID, dst, nil))
	if string(content(t, dst)) != string(noise(2<<20)) {
		t.Error("what was put reads differently")
	}
	check(t, m.Eject(t.Context()))
}

package media_test

import (
	"context"
	"log/slog"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/media"
)

// followed is a watch through UDisks2, whose events are expected one by one.
type followed struct {
	watched
	log *watchedOutput
}

func follow(t *testing.T, disk string) followed {
	t.Helper()
	log := &watchedOutput{}
	u := media.NewUDisks(slog.New(slog.NewTextHandler(log, nil)))
	u.Only(disk)
	ctx, cancel := context.WithCancel(t.Context())
	events := u.Watch(ctx)
	t.Cleanup(func() {
		cancel()
		for range events {
		}
		for _, secret := range []string{"ZOE", filepath.Base(disk), "block_devices"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells %q of the key:\n%s", secret, log)
			}
		}
	})
	return followed{watched{t, events}, log}
}

func (f followed) says(what string) {
	f.t.Helper()
	eventually(f.t, "the log says "+what, func() bool { return strings.Contains(f.log.String(), what) })
}

func (f followed) nothingFor(d time.Duration) {
	f.t.Helper()
	select {
	case got := <-f.events:
		f.t.Fatalf("got %v, want nothing", got)
	case <-time.After(d):
	}
}

func plugged(device string) media.Event {
	return media.Event{Kind: media.Added, Source: media.Source{Path: device, Device: true}}
}

func gone(device string) media.Event {
	return media.Event{Kind: media.Removed, Source: media.Source{Path: device, Device: true}}
}

func already(e media.Event) media.Event {
	e.Already = true
	return e
}

// The whole way of a key: plugged in, found, read, written, given back, pulled out, plugged in again.
func TestUDisksFindsAKey(t *testing.T) {
	startUDisks(t)
	from := t.TempDir()
	write(t, filepath.Join(from, "a.txt"), []byte("x"))
	img := image(t, 8, from)
	device := loopDisk(t)
	pull := plug(t, device, img)
	f := follow(t, device)
	f.expect(already(plugged(device)))
	f.says("USB keys are found through UDisks2")
	pull()
	f.expect(gone(device))

	for range 2 {
		pull := plug(t, device, img)
		f.expect(plugged(device))
		m, err := media.Open(t.Context(), media.Source{Path: device, Device: true})
		check(t, err)
		named(t, m, "a.txt")
		check(t, put(t.Context(), t, m, "b.txt", noise(1000)))
		check(t, m.Eject(t.Context()))
		f.nothingFor(soon) // neither reading, writing nor giving back makes it another key
		pull()
		f.expect(gone(device))
	}
}

// Of a key with several partitions, all that are not hidden are the key.
func TestUDisksFindsThePartitions(t *testing.T) {
	startUDisks(t)
	need(t, "sfdisk", "partx", "mkfs.vfat")
	disk := loopDisk(t)
	img := partitioned(t, "size=4MiB, type=U\nsize=8MiB, type=L\nsize=8MiB, type=L\n")
	pull := plug(t, disk, img)
	partx(t, disk)
	for _, command := range [][]string{
		{"mkfs.vfat", "-n", "EFI", disk + "p1"}, {"mkfs.ext4", "-q", "-L", "ZOE2", disk + "p2"}, {"mkfs.ext4", "-q", "-L", "ZOE3", disk + "p3"},
	} {
		// udevd reads the partitions anew when somebody who could write has closed the disk: they are gone for a moment.
		eventually(t, command[0], func() bool { return exec.Command(command[0], command[1:]...).Run() == nil })
	}
	pull()

	f := follow(t, disk)
	f.says("USB keys are found through UDisks2")
	pull = plug(t, disk, img, "--read-only") // so that udevd leaves the partitions alone
	partx(t, disk)
	both := media.Partitions(disk+"p2", disk+"p3")
	f.expect(media.Event{Kind: media.Added, Source: both})
	m, err := media.Open(t.Context(), both)
	check(t, err)
	check(t, m.Eject(t.Context()))
	f.nothingFor(soon)
	pull()
	f.expect(media.Event{Kind: media.Removed, Source: both})
}

// A key that cannot be read is told all the same: the visitor wants to know why nothing happens.
func TestUDisksTellsAKeyThatCannotBeRead(t *testing.T) {
	startUDisks(t)
	luks := make([]byte, 4<<20) // the header of LUKS1, as cryptsetup(8) writes it
	copy(luks, "LUKS\xba\xbe\x00\x01aes\x00")
	copy(luks[168:], "4c530001-1111-4222-8333-123456789abc")
	for problem, content := range map[session.MediumProblem][]byte{
		session.MediumEncrypted: luks, session.MediumEmpty: make([]byte, 4<<20),
	} {
		t.Run(string(problem), func(t *testing.T) {
			img := filepath.Join(t.TempDir(), "key.img")
			write(t, img, content)
			disk := loopDisk(t)
			f := follow(t, disk)
			f.says("USB keys are found through UDisks2")
			pull := plug(t, disk, img)
			f.expect(plugged(disk))
			m, err := media.Open(t.Context(), media.Source{Path: disk, Device: true})
			if m != nil && err == nil {
				m.Close()
			}
			if media.ProblemOf(err) != problem {
				t.Errorf("opening it: %v", err)
			}
			pull()
			f.expect(gone(disk))
		})
	}
}

// A key that is being read lives through the death of udisksd and of the bus; the kernel says when it is gone.
func TestUDisksDiesAndComesBack(t *testing.T) {
	u := startUDisks(t)
	from := t.TempDir()
	write(t, filepath.Join(from, "a.txt"), []byte("x"))
	img := image(t, 8, from)
	for name, way := range map[string]struct{ down, up func() }{
		"udisksd": {func() { u.forbid(true); u.kill() }, func() { u.forbid(false) }},
		"the bus": {func() { u.stopBus(); u.kill() }, func() { u.startBus() }},
	} {
		t.Run(name, func(t *testing.T) {
			disk := loopDisk(t)
			f := follow(t, disk)
			f.says("USB keys are found through UDisks2")
			pull := plug(t, disk, img)
			f.expect(plugged(disk))
			m := open(t, disk)

			way.down()
			f.says("UDisks2 does not answer")
			f.nothingFor(soon)
			named(t, m, "a.txt")
			way.up()
			eventually(t, "UDisks2 is called again", u.running)
			f.nothingFor(soon)
			named(t, m, "a.txt")
			check(t, m.Close())

			way.down()
			pull()
			f.expect(gone(disk)) // by the kernel's word alone
			way.up()
			eventually(t, "UDisks2 is called again", u.running)
			plug(t, disk, img)
			f.expect(plugged(disk))
		})
	}
}

// What is mounted by hand on the computer is IT's, not a visitor's key.
func TestUDisksLeavesWhatIsMounted(t *testing.T) {
	u := startUDisks(t)
	disk := loopDisk(t)
	f := follow(t, disk)
	f.says("USB keys are found through UDisks2")
	img := image(t, 8, "")
	u.forbid(true)
	u.kill()
	plug(t, disk, img)
	u.inside("mount", disk, "/mnt")
	u.forbid(false)
	eventually(t, "UDisks2 is called again", u.running)
	f.nothingFor(soon)
	u.inside("umount", "/mnt")
	f.expect(plugged(disk))
}

// Without a bus, or UDisks2 on it, the log says so once, and nothing else happens.
func TestUDisksIsNotThere(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	f := follow(t, "/dev/none")
	f.says("UDisks2 does not answer on the system bus")
	f.nothingFor(soon)
	if n := strings.Count(f.log.String(), "\n"); n != 1 {
		t.Errorf("%d lines in the log:\n%s", n, f.log)
	}
	u := media.NewUDisks(nil)
	if stopped, err := u.LetGo(t.Context(), media.Source{Path: "/dev/none", Device: true}); err == nil || stopped {
		t.Errorf("a drive was stopped without a bus: %v, %v", stopped, err)
	}
}

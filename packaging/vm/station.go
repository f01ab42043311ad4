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

// Station gives a machine on which the package was installed with apt, and which then rebooted: the first screen of the
// kiosk is there and waits for a visitor.
func Station(t testing.TB) *Machine {
	t.Helper()
	m := start(t, stationDisk(t), snapshotKiosk)
	m.awaitAgent(30 * time.Second)
	return m
}

// stationDisk gives the disk with the snapshot of the kiosk, made once for each package: what apt said when it was
// installed is kept beside it.
func stationDisk(t testing.TB) string {
	t.Helper()
	if madeDisk == "" {
		madeDisk = makeStationDisk(t)
	}
	return madeDisk
}

// madeDisk is what stationDisk gave before: all tests of one run try the same package.
var madeDisk string

func makeStationDisk(t testing.TB) string {
	t.Helper()
	booted := bootedDisk(t)
	deb := packageUnderTest(t)
	disk := filepath.Join(filepath.Dir(booted), "station-"+digest(filepath.Base(booted), string(deb))+".qcow2")
	if _, err := os.Stat(disk); err == nil {
		return disk
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	draft := disk + ".new"
	done := stage(t.Logf, "copy of the booted Debian")
	if err := copyFile(ctx, booted, draft); err != nil {
		t.Fatal(err)
	}
	done()
	install(t, draft, deb)
	if err := os.Rename(draft, disk); err != nil {
		t.Fatal(err)
	}
	forget("station", disk, 2)
	return disk
}

// madePackage is what packageUnderTest gave before.
var madePackage []byte

// packageUnderTest gives the package: $ESTRAN_VM_DEB, or the one that this source tree builds.
func packageUnderTest(t testing.TB) []byte {
	t.Helper()
	if madePackage != nil {
		return madePackage
	}
	path := os.Getenv("ESTRAN_VM_DEB")
	if path == "" {
		path = buildPackage(t)
	}
	var err error
	if madePackage, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return madePackage
}

func buildPackage(t testing.TB) string {
	t.Helper()
	defer stage(t.Logf, "package")()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	dir := t.TempDir()
	if _, err := tool(ctx, "sh", "../build", dir); err != nil {
		t.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "estran_*.deb"))
	if len(found) != 1 {
		t.Fatalf("the build left %d packages", len(found))
	}
	return found[0]
}

// install does what IT does: apt, then a reboot. It keeps the first screen of the kiosk as a snapshot.
func install(t testing.TB, disk string, deb []byte) {
	t.Helper()
	m := start(t, disk, snapshotDebian)
	m.awaitAgent(30 * time.Second)
	m.must(m.drop(snapshotDebian), "drop a snapshot")
	done := stage(t.Logf, "package into the guest")
	m.must(m.agent.write("/root/estran.deb", deb), "copy the package into the guest")
	done()
	done = stage(t.Logf, "apt install")
	m.Keep("apt", m.Shell("apt-get update 2>&1; apt-get install --yes /root/estran.deb 2>&1"))
	m.Guest("rm", "/root/estran.deb")
	done()
	m.Reboot()
	done = stage(t.Logf, "kiosk after the boot")
	m.AwaitReady()
	done()
	m.Picture("kiosk")
	defer stage(t.Logf, "snapshot of the kiosk")()
	m.Shell("sync; fstrim / || true")
	m.must(m.save(snapshotKiosk), "keep the kiosk")
	m.stop()
}

// Reboot restarts the guest in good order and waits until its agent answers from the new boot.
func (m *Machine) Reboot() {
	m.t.Helper()
	defer stage(m.t.Logf, "reboot")()
	const boot = "/proc/sys/kernel/random/boot_id"
	before := m.Guest("cat", boot)
	// The guest may be gone before it has answered.
	_, _ = m.agent.run(10*time.Second, "/usr/bin/systemctl", "reboot", "--no-block")
	m.Await("the guest has rebooted", 4*time.Minute, func() bool {
		// The agent goes away, and the line with it, at any point of this.
		r, err := m.agent.run(10*time.Second, "/bin/cat", boot)
		return err == nil && r.code == 0 && strings.TrimSpace(r.stdout) != before
	})
}

// AwaitReady waits until the station is Ready and its screen is drawn.
func (m *Machine) AwaitReady() {
	m.t.Helper()
	m.AwaitState("ready", 3*time.Minute)
	m.Await("the seat is there", time.Minute, func() bool {
		return m.Try("systemctl", "is-active", "estran-seat.service").code == 0
	})
	m.Await("the kiosk is drawn", 2*time.Minute, func() bool { return !plain(m.Screen()) })
	m.Still(2*time.Second, time.Minute)
}

// awaitKiosk waits until something is drawn again.
func (m *Machine) awaitKiosk() {
	m.t.Helper()
	m.Await("the kiosk is there", patient, func() bool { return m.Try("pgrep", "-u", "estran", "-x", "estran").code == 0 })
	m.Await("the screen is not one colour", patient, func() bool { return !plain(m.Screen()) })
	m.Still(time.Second, 30*time.Second)
}

// Keep writes a text beside the pictures, as TEST/NAME.txt, and says where.
func (m *Machine) Keep(name, text string) {
	m.t.Helper()
	path, err := m.place(name + ".txt")
	if err == nil {
		err = os.WriteFile(path, []byte(text+"\n"), 0o644)
	}
	m.must(err, "keep a text")
	m.t.Logf("text: %s", path)
}

// diagnose tells what a guest that disappointed says of itself.
func (m *Machine) diagnose() string {
	var told strings.Builder
	for _, question := range []string{
		"systemctl --failed --no-legend --plain",
		"estranctl check",
		"journalctl --boot --priority=warning --lines=40 --no-pager --output=short-monotonic",
		"dmesg | tail --lines=40", // the journal does not take it
		"journalctl --boot --unit=estrand --unit=estran-seat --unit=seatd --lines=40 --no-pager --output=short-monotonic",
	} {
		r, err := m.agent.run(20*time.Second, "/bin/sh", "-c", question)
		fmt.Fprintf(&told, "$ %s\n%s%s", question, r.stdout, r.stderr)
		if err != nil {
			fmt.Fprintln(&told, err)
			break
		}
	}
	return told.String()
}

//go:build vm

package vm

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestUpgradeWithASessionOpen: apt brings a new version while a visitor is there. Nothing happens to them; the new one
// runs after they have left.
func TestUpgradeWithASessionOpen(t *testing.T) {
	m := Station(t)
	newer := newerPackage(t)
	m.welcome("01")
	before := m.service()
	m.upgrade(newer)
	time.Sleep(10 * time.Second)
	if now := m.service(); now != before {
		t.Errorf("the upgrade starts the service anew under a visitor: %s, then %s", before, now)
	}
	if state := m.Status().Word("State"); state != "open" {
		t.Errorf("the upgrade leaves the session %s", state)
	}
	m.Picture("02-upgraded-in-session")
	m.End()
	m.Await("the new version runs", patient, func() bool { return m.service() != before && m.service() != "" })
	m.AwaitReady()
	m.nothingIsLeft()
	if got := m.Guest("dpkg-query", "-W", "-f", "${Version}", "estran"); got != newerVersion {
		t.Errorf("dpkg has version %s", got)
	}
	if failed := m.Guest("systemctl", "--failed", "--no-legend", "--plain"); failed != "" {
		t.Errorf("units have failed:\n%s", failed)
	}
}

// TestBrokenConfigurationAfterAnUpgrade: the new version does not know a setting of the old. The visitor who is there
// keeps their session; then the station stops, says its code, gives its screen to IT, and opens again once it is mended.
func TestBrokenConfigurationAfterAnUpgrade(t *testing.T) {
	m := Station(t)
	newer := newerPackage(t)
	m.welcome("01")
	m.breakConfiguration()
	m.upgrade(newer)
	time.Sleep(10 * time.Second)
	if state := m.Status().Word("State"); state != "open" {
		t.Errorf("the session is %s", state)
	}
	if kept := m.Guest("tail", "-n", "1", "/etc/estran/estran.toml"); kept != "couleur = true" {
		t.Errorf("the upgrade has lost IT's settings: %q", kept)
	}
	before := m.service()
	m.Drive("End", noOptions...)
	m.stoppedByConfiguration()
	// The old version reads the settings once more before the new one takes its place.
	m.Await("the new version runs", patient, func() bool { now := m.service(); return now != before && !slices.Contains(strings.Fields(now), "0") })
	m.AwaitStatus("Fault", "E10", patient)
	m.Guest("estranctl", "maintenance", "begin")
	m.AwaitStatus("Fault", "M01", patient)
	if r := m.Try("estranctl", "maintenance", "finish"); r.code == 0 || !strings.Contains(r.stderr, "E10") {
		t.Errorf("maintenance finish does not say that the code is still E10: exit %d, %s", r.code, r.stderr)
	}
	m.stoppedByConfiguration()
	m.mendConfiguration()
	m.nothingIsLeft()
}

// TestRemoveAndPurge: removing the package, with a session open, wipes it and gives the computer back; purging leaves
// nothing but the locked accounts, as Debian has it.
func TestRemoveAndPurge(t *testing.T) {
	fresh := Debian(t)
	before := fresh.files()
	menu := fresh.Guest("grep", "-m1", "linux.*vmlinuz", "/boot/grub/grub.cfg")
	fresh.stop()

	m := Station(t)
	m.Open()
	m.awaitKiosk()
	m.Keep("remove", m.Shell("apt-get remove --yes estran 2>&1"))
	for _, user := range []string{"estran", "estran-visitor"} {
		m.nobodyIs(user)
	}
	if record := m.Guest("cat", "/var/lib/estran/station.state"); record != "closed" {
		t.Errorf("the open session was not wiped: the state file says %q", record)
	}
	if mounts := m.Guest("cat", "/proc/mounts"); strings.Contains(mounts, "/run/estran") {
		t.Errorf("the session's memory is still mounted:\n%s", mounts)
	}
	m.Reboot()
	m.awaitLogin("getty@tty1.service")
	m.Picture("01-removed")
	m.Await("the keyboard is let in", time.Minute, func() bool {
		return m.Try("grep", "QEMU USB Keyboard", "/proc/bus/input/devices").code == 0 // the prompt may be there before
	})
	m.Type("dsi\n") // the keyboard works
	m.Await("the console asks for the password", patient, func() bool { return m.Try("pgrep", "-x", "login").code == 0 })
	if cmdline := m.Guest("cat", "/proc/cmdline"); strings.Contains(cmdline, "init_on_free") {
		t.Errorf("the kernel still starts as a station: %s", cmdline)
	}
	m.Keep("purge", m.Shell("apt-get purge --yes estran usbguard 2>&1; apt-get autoremove --purge --yes 2>&1"))
	if now := m.Guest("grep", "-m1", "linux.*vmlinuz", "/boot/grub/grub.cfg"); now != menu {
		t.Errorf("the boot menu is not what it was:\n%s\n%s", menu, now)
	}
	var left []string
	for _, path := range m.files() {
		if _, known := slices.BinarySearch(before, path); !known {
			left = append(left, path)
		}
	}
	if len(left) > 0 {
		t.Errorf("the package leaves behind:\n%s", strings.Join(left, "\n"))
	}
}

// files lists what a package could leave: all paths, sorted, of where packages write, but for the lists of apt and dpkg,
// for what the running system writes by itself, and for what USBGuard's own package leaves.
func (m *Machine) files() []string {
	m.t.Helper()
	list := m.Shell(`find /etc /usr /var /boot /root /home /srv /opt -xdev \( -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/cache \
-o -path /var/log -o -path /var/tmp -o -path /etc/usbguard -o -path /boot/grub/grubenv -o -path /usr/share/doc -o -path /usr/share/man \) -prune -o -print`)
	paths := strings.Split(list, "\n")
	slices.Sort(paths)
	return paths
}

// newerVersion is that of the package that upgrades the one under test.
const newerVersion = "99.0"

// newerPackage gives the package under test once more, as a newer version of itself.
func newerPackage(t testing.TB) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()
	this, newer := filepath.Join(dir, "this.deb"), filepath.Join(dir, "newer.deb")
	if err := os.WriteFile(this, packageUnderTest(t), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := tool(ctx, "sh", "-ec", `dpkg-deb -R "$1" "$2/tree"
sed -i "s/^Version: .*/Version: $3/" "$2/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$2/tree" "$4"`, "sh", this, dir, newerVersion, newer)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(newer)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// upgrade installs a package over the one that is there.
func (m *Machine) upgrade(deb []byte) {
	m.t.Helper()
	m.must(m.agent.write("/root/newer.deb", deb), "copy the package into the guest")
	m.Keep("upgrade", m.Shell("apt-get install --yes /root/newer.deb 2>&1"))
	m.Guest("rm", "/root/newer.deb")
}

// service is the process of estrand, with the instant it was started at, "" for none.
func (m *Machine) service() string {
	m.t.Helper()
	return strings.TrimSpace(m.Try("systemctl", "show", "--value", "--property", "MainPID,ExecMainStartTimestampMonotonic", "estrand.service").stdout)
}

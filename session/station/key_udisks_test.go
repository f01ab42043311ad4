package station_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/sessiontest"
)

// stick is a USB stick as far as UDisks2 tells: a fake calls a real loop device one, and takes it away when it is ejected,
// as many sticks go when they are. session/media has the real UDisks2.
type stick struct {
	t         *testing.T
	conn      *dbus.Conn
	img, disk string
	vanishes  bool // when it is ejected
	mu        sync.Mutex
	in        bool
	asked     int // how often it was asked what there is
	ejected   int
	inUse     error // when it was
}

const (
	stickDrive = dbus.ObjectPath("/org/freedesktop/UDisks2/drives/Stick")
	stickBlock = dbus.ObjectPath("/org/freedesktop/UDisks2/block_devices/stick")
)

type objectsOf map[dbus.ObjectPath]map[string]map[string]dbus.Variant

func newStick(t *testing.T) *stick {
	t.Helper()
	sessiontest.Need(t, "dbus-daemon", "losetup", "mkfs.ext4", "bwrap", "clamd")
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "mounting a device needs root")
	}
	from := t.TempDir()
	must(t, os.WriteFile(filepath.Join(from, "letter.txt"), []byte("Bonjour,\nvoici ma lettre.\n"), 0o644))
	s := &stick{t: t, img: filepath.Join(t.TempDir(), "key.img")}
	must(t, os.WriteFile(s.img, make([]byte, 16<<20), 0o600))
	s.run("mkfs.ext4", "-q", "-F", "-d", from, s.img)
	bus, err := sessiontest.StartBus(sessiontest.AnyoneMay)
	must(t, err)
	t.Cleanup(bus.Stop)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.Address)
	s.conn, err = dbus.ConnectSystemBus()
	must(t, err)
	t.Cleanup(func() { s.conn.Close() })
	must(t, s.conn.Export(s, "/org/freedesktop/UDisks2", "org.freedesktop.DBus.ObjectManager"))
	must(t, s.conn.Export(s, stickDrive, "org.freedesktop.UDisks2.Drive"))
	_, err = s.conn.RequestName("org.freedesktop.UDisks2", dbus.NameFlagDoNotQueue)
	must(t, err)
	t.Cleanup(s.pull)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stick) run(name string, args ...string) string {
	s.t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		s.t.Errorf("%s: %v\n%s", name, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *stick) plug() {
	s.mu.Lock()
	s.disk = s.run("losetup", "--find", "--show", s.img)
	s.in = true
	s.mu.Unlock()
	s.tell("InterfacesAdded")
}

func (s *stick) pull() {
	s.mu.Lock()
	was, disk := s.in, s.disk
	s.in = false
	s.mu.Unlock()
	if was {
		s.run("losetup", "--detach", disk)
		s.tell("InterfacesRemoved")
	}
}

func (s *stick) tell(what string) {
	_ = s.conn.Emit("/org/freedesktop/UDisks2", "org.freedesktop.DBus.ObjectManager."+what)
}

func (s *stick) awaitAsked() {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		asked := s.asked
		s.mu.Unlock()
		if asked > 0 {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatal("UDisks2 was never asked")
		}
	}
}

// GetManagedObjects is of org.freedesktop.DBus.ObjectManager.
func (s *stick) GetManagedObjects() (objectsOf, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if !s.in {
		return objectsOf{}, nil
	}
	v := func(x any) dbus.Variant { return dbus.MakeVariant(x) }
	return objectsOf{
		stickDrive: {"org.freedesktop.UDisks2.Drive": {
			"ConnectionBus": v("usb"), "Removable": v(true), "MediaRemovable": v(true), "Ejectable": v(true),
			"CanPowerOff": v(true), "SiblingId": v("usb"), "MediaCompatibility": v([]string{}),
		}},
		stickBlock: {"org.freedesktop.UDisks2.Block": {
			"Device": v([]byte(s.disk + "\x00")), "Drive": v(stickDrive), "IdUsage": v("filesystem"), "IdType": v("ext4"),
			"HintSystem": v(false), "HintIgnore": v(false), "Size": v(uint64(16 << 20)),
		}},
	}, nil
}

// Eject is of org.freedesktop.UDisks2.Drive.
func (s *stick) Eject(map[string]dbus.Variant) *dbus.Error {
	s.mu.Lock()
	s.ejected++
	// It is free by now: nobody else could have it for themself otherwise.
	f, err := os.OpenFile(s.disk, os.O_RDONLY|os.O_EXCL, 0)
	s.inUse = err
	s.mu.Unlock()
	if err == nil {
		_ = f.Close()
	}
	if s.vanishes {
		s.pull()
	}
	return nil
}

func medium(state session.MediumState) func(session.Status) bool {
	return func(s session.Status) bool { return s.Medium.State == state }
}

// A stick goes its whole way, and the visitor is told to take it though its device is gone already.
func TestAKeyThroughUDisks(t *testing.T) {
	for _, vanishes := range []bool{true, false} {
		k := newStick(t)
		k.vanishes = vanishes
		w := newWorld(t)
		w.options.Config.Media.UDisks, w.options.Config.Media.Watch = "on", nil
		s := opened(t, w)
		k.awaitAsked() // what is there then was there before anybody
		k.plug()
		sessiontest.Await(t, s, "checked", medium(session.MediumReady))
		files, err := s.Medium(t.Context())
		if err != nil || len(files) != 1 || files[0].Verdict != session.Clean {
			t.Fatalf("the key holds %+v, %v", files, err)
		}
		must(t, s.Eject(t.Context()))
		sessiontest.Await(t, s, "given back", medium(session.MediumEjected))
		k.mu.Lock()
		if k.ejected != 1 || k.inUse != nil {
			t.Errorf("the drive was stopped %d times, while in use: %v", k.ejected, k.inUse)
		}
		k.mu.Unlock()
		k.pull()
		time.Sleep(time.Second) // that it is gone has been seen by now
		if got, err := s.Status(t.Context()); err != nil || got.Medium.State != session.MediumEjected {
			t.Errorf("a key that was given back is told as %v, %v", got.Medium.State, err)
		}
		k.plug()
		sessiontest.Await(t, s, "there again", medium(session.MediumReady))
		must(t, s.Close())
	}
}

// A key that is in when the station starts may be the last visitor's: it is to be taken out first.
func TestAKeyThatWasThereBeforeAnybody(t *testing.T) {
	k := newStick(t)
	k.plug()
	w := newWorld(t)
	w.options.Config.Media.UDisks, w.options.Config.Media.Watch = "on", nil
	s := opened(t, w)
	sessiontest.Await(t, s, "forgotten", medium(session.MediumForgotten))
	if _, err := s.Medium(t.Context()); err == nil {
		t.Error("its files are shown")
	}
	k.pull()
	sessiontest.Await(t, s, "taken", medium(session.MediumNone))
	k.plug()
	sessiontest.Await(t, s, "checked", medium(session.MediumReady))
}

package media_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session/media"
)

// fakeUDisks forces what the real one does not do when asked: it stops drives that are not there, answers nonsense or not
// at all.
type fakeUDisks struct {
	mu     sync.Mutex
	calls  []string
	answer objectsOf          // of GetManagedObjects
	stop   func() *dbus.Error // what stopping a drive does; nil for well
}

type objectsOf map[dbus.ObjectPath]map[string]map[string]dbus.Variant

const fakeDrive = "/org/freedesktop/UDisks2/drives/ZOE_4C530001"

func (f *fakeUDisks) GetManagedObjects() (objectsOf, *dbus.Error) { return f.answer, nil }

func (f *fakeUDisks) Eject(map[string]dbus.Variant) *dbus.Error    { return f.called("Eject") }
func (f *fakeUDisks) PowerOff(map[string]dbus.Variant) *dbus.Error { return f.called("PowerOff") }

func (f *fakeUDisks) called(what string) *dbus.Error {
	f.mu.Lock()
	f.calls = append(f.calls, what)
	f.mu.Unlock()
	if f.stop != nil {
		return f.stop()
	}
	return nil
}

// told gives what was asked of it so far.
func (f *fakeUDisks) told() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// nonsense answers with another type than it should.
type nonsense struct{}

func (nonsense) GetManagedObjects() (string, *dbus.Error) { return "ZOE", nil }

// aStick is a stick at /dev/sdz.
func aStick(changeable bool) objectsOf {
	v := func(x any) dbus.Variant { return dbus.MakeVariant(x) }
	return objectsOf{
		fakeDrive: {"org.freedesktop.UDisks2.Drive": {
			"ConnectionBus": v("usb"), "Removable": v(true), "MediaRemovable": v(changeable), "Ejectable": v(true),
			"CanPowerOff": v(true), "SiblingId": v("/sys/devices/usb"), "MediaCompatibility": v([]string{}),
		}},
		"/org/freedesktop/UDisks2/block_devices/sdz": {"org.freedesktop.UDisks2.Block": {
			"Device": v([]byte("/dev/sdz\x00")), "Drive": v(dbus.ObjectPath(fakeDrive)), "IdUsage": v("filesystem"),
			"IdType": v("vfat"), "HintSystem": v(false), "HintIgnore": v(false), "Size": v(uint64(1 << 30)),
		}},
	}
}

func startFake(t *testing.T, f *fakeUDisks, manager any) *dbus.Conn {
	t.Helper()
	need(t, "dbus-daemon")
	u := &udisksd{t: t, dir: t.TempDir()}
	u.startBus()
	conn, err := dbus.ConnectSystemBus()
	check(t, err)
	t.Cleanup(func() { conn.Close() })
	check(t, conn.Export(manager, "/org/freedesktop/UDisks2", "org.freedesktop.DBus.ObjectManager"))
	check(t, conn.Export(f, fakeDrive, "org.freedesktop.UDisks2.Drive"))
	_, err = conn.RequestName("org.freedesktop.UDisks2", dbus.NameFlagDoNotQueue)
	check(t, err)
	return conn
}

var sdz = media.Source{Path: "/dev/sdz", Device: true}

func TestLetGo(t *testing.T) {
	for want, changeable := range map[string]bool{"Eject": true, "PowerOff": false} {
		f := &fakeUDisks{answer: aStick(changeable)}
		startFake(t, f, f)
		// One drive, however many of its partitions were open.
		stopped, err := media.NewUDisks(nil).LetGo(t.Context(), media.Partitions("/dev/sdz", "/dev/sdz2"))
		if told := f.told(); err != nil || !stopped || !slices.Equal(told, []string{want}) {
			t.Errorf("got %v, %v, %v, want %s", stopped, err, told, want)
		}
		stopped, err = media.NewUDisks(nil).LetGo(t.Context(), media.Source{Path: "/dev/sdy", Device: true})
		if told := f.told(); err != nil || stopped || len(told) != 1 {
			t.Errorf("a drive that is not there: %v, %v, %v", stopped, err, told)
		}
	}
}

func TestLetGoTellsNothingOfTheKey(t *testing.T) {
	f := &fakeUDisks{answer: aStick(true), stop: func() *dbus.Error {
		return dbus.NewError("org.freedesktop.UDisks2.Error.DeviceBusy", []any{"Cannot eject /dev/sdz of ZOE, 4C530001"})
	}}
	startFake(t, f, f)
	stopped, err := media.NewUDisks(nil).LetGo(t.Context(), sdz)
	if stopped || err == nil || !strings.Contains(err.Error(), "DeviceBusy") {
		t.Fatalf("got %v, %v", stopped, err)
	}
	for _, secret := range []string{"sdz", "ZOE", "4C53"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells %q: %v", secret, err)
		}
	}
}

// A drive that never stops keeps the visitor waiting for a few seconds at most.
func TestLetGoIsBounded(t *testing.T) {
	hang := make(chan struct{})
	f := &fakeUDisks{answer: aStick(true), stop: func() *dbus.Error { <-hang; return nil }}
	startFake(t, f, f)
	defer close(hang)
	start := time.Now()
	stopped, err := media.NewUDisks(nil).LetGo(t.Context(), sdz)
	if took := time.Since(start); stopped || err == nil || took > 20*time.Second || took < 5*time.Second {
		t.Errorf("got %v, %v after %v", stopped, err, took)
	}
}

func TestUDisksThatAnswersNonsense(t *testing.T) {
	startFake(t, &fakeUDisks{}, nonsense{})
	w := follow(t, "/dev/sdz")
	w.says("UDisks2 does not answer")
	w.nothingFor(soon)
}

// A key that UDisks2 tells and the kernel does not know is none: it may be gone already.
func TestUDisksAgainstTheKernel(t *testing.T) {
	f := &fakeUDisks{answer: aStick(true)}
	conn := startFake(t, f, f)
	w := follow(t, "/dev/sdz")
	w.says("USB keys are found through UDisks2")
	w.nothingFor(soon)
	for range 1000 { // a storm of signs, of every shape
		check(t, conn.Emit("/org/freedesktop/UDisks2", "org.freedesktop.DBus.ObjectManager.InterfacesAdded", "ZOE", uint32(7)))
	}
	w.nothingFor(soon)
	if _, err := media.NewUDisks(nil).LetGo(t.Context(), sdz); err != nil {
		t.Errorf("after a storm: %v", err)
	}
}

package bus_test

import (
	"os"
	"runtime"
	"testing"
	"unsafe"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"

	"estran/session/bus"
	"estran/session/sessiontest"
	"estran/session/station"
)

// person is a user with groups.
type person struct {
	uid, gid int
	groups   []uint32
}

// People of the tests. The bus lets in only users that exist, so these are some that every Debian has and nobody uses
// (base-passwd, users-and-groups); the man in the group man stands for an agent.
var (
	root     = person{}
	theKiosk = person{uid: 5, gid: 60} // games
	anAgent  = person{uid: 6, gid: 12, groups: []uint32{12}}
	agents   = uint32(12)
	stranger = person{uid: 9, gid: 9, groups: []uint32{9}}           // news
	visitors = person{uid: 65534, gid: 65534}                        // nobody, in the place of estran-visitor
	impostor = person{uid: 10, gid: 60, groups: []uint32{10, 60, 5}} // uucp, in the group of the kiosk
)

// needPeople skips where nobody else can be had, and fails in CI.
func needPeople(t testing.TB) {
	t.Helper()
	if !station.RootOfComputer() {
		sessiontest.Missing(t, "only root can be somebody else")
	}
}

// rawAs is a connection of somebody else.
func (w *world) rawAs(t testing.TB, p person) *dbus.Conn {
	t.Helper()
	needPeople(t)
	var conn *dbus.Conn
	must(t, p.does(func() (err error) {
		conn, err = dbus.Connect(w.bus.Address)
		return err
	}))
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// dialAs is a client of somebody else.
func (w *world) dialAs(t testing.TB, p person) *bus.Client {
	t.Helper()
	needPeople(t)
	var c *bus.Client
	must(t, p.does(func() (err error) {
		c, err = bus.Dial(t.Context(), w.bus.Address)
		return err
	}))
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// does runs f as the person. A process has one user, a thread may have another (credentials(7)): this one becomes the
// person, and is thrown away by the runtime because it stays locked.
func (p person) does(f func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := p.become()
		if err == nil {
			err = f()
		}
		done <- err
	}()
	return <-done
}

func (p person) become() error {
	var first *uint32
	if len(p.groups) > 0 {
		first = &p.groups[0]
	}
	_, _, errno := unix.RawSyscall(unix.SYS_SETGROUPS, uintptr(len(p.groups)), uintptr(unsafe.Pointer(first)), 0)
	if errno == 0 {
		_, _, errno = unix.RawSyscall(unix.SYS_SETRESGID, uintptr(p.gid), uintptr(p.gid), uintptr(p.gid))
	}
	if errno == 0 {
		_, _, errno = unix.RawSyscall(unix.SYS_SETRESUID, uintptr(p.uid), uintptr(p.uid), uintptr(p.uid))
	}
	if errno != 0 {
		return os.NewSyscallError("cannot be somebody else", errno)
	}
	return nil
}

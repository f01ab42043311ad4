package bus_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/bus"
)

func openDescriptors(t testing.TB) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	return len(list)
}

// awaitDescriptors waits until no more than so many are open: answers overtake the end of what they answer, and a
// connection is let go of by a goroutine of its own.
func awaitDescriptors(t testing.TB, most int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); openDescriptors(t) > most; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d descriptors are open, %d were", openDescriptors(t), most)
		}
	}
}

// A refused call leaves no descriptor open, in the service or in the client: they share this process.
func TestDescriptorsDoNotLeak(t *testing.T) {
	w, r := newRecorded(t)
	conn := w.raw(t)
	must(t, w.client.Touch(t.Context()))
	var masters []*os.File
	terminal := func() *os.File {
		master, slave, err := pty.Open()
		must(t, err)
		masters = append(masters, master)
		return slave
	}
	send := func(path dbus.ObjectPath, method string, flags dbus.Flags, args ...any) {
		f := terminal()
		defer f.Close()
		for _, a := range args {
			if m, ok := a.(any1); ok && m["terminal"].Value() == nil {
				m["terminal"] = dbus.MakeVariant(dbus.UnixFD(f.Fd()))
			}
		}
		_ = conn.Object(bus.Name, path).CallWithContext(t.Context(), method, flags, args...).Err
	}
	before := openDescriptors(t)
	for range 20 {
		must(t, w.client.Browse(t.Context(), session.BrowseOptions{Terminal: terminal()}))
		_ = w.client.Browse(t.Context(), session.BrowseOptions{Site: -1, Terminal: terminal()})
		send(bus.Path, bus.Name+".Browse", 0, any1{"root": dbus.MakeVariant(true)})
		send(bus.Path, bus.Name+".Browse", 0, any1{"site": dbus.MakeVariant("one")})
		send(bus.Path, bus.Name+".Browse", 0, any1{}, "more")
		send(bus.Path, bus.Name+".Browse", 0, any1{"x": dbus.MakeVariant(dbus.UnixFD(0))})
		send(bus.Path, bus.Name+".Touch", 0, any1{})
		send("/elsewhere", bus.Name+".Browse", 0, any1{})
		send(bus.Path, "org.elsewhere.Browse", 0, any1{})
		send(bus.Path, "org.freedesktop.DBus.Peer.Ping", 0, any1{})
		send(bus.Path, "Browse", 0, any1{})
		send(bus.Path, bus.Name+".PrintPaper", 0, "mandate", any1{})
		send(bus.Path, bus.Name+".PrintPaper", 0, "../mandate", one("paper", dbus.UnixFD(0)))
		send(bus.Path, bus.Name+".SavePaper", 0, "mandate", any1{"root": dbus.MakeVariant(true)})
		send(bus.Path, bus.Name+".SignIn", 0, "a", "b", any1{})
		must(t, w.client.PrintPaper(t.Context(), session.PaperPlain, masters[0]))
		must(t, w.client.SavePaper(t.Context(), session.PaperPlain, masters[0]))
	}
	must(t, w.client.Touch(t.Context()))
	for _, m := range masters {
		must(t, m.Close())
	}
	awaitDescriptors(t, before)
	browsed := 0
	for _, a := range r.calls() {
		if a == "Browse" {
			browsed++
		}
	}
	if browsed != 20 {
		t.Errorf("%d calls of Browse reached the station, not 20: %v", browsed, r.calls())
	}
}

// Whatever was on its way when the connection ends is closed as well.
func TestDescriptorsOfACutConnection(t *testing.T) {
	w, _ := newRecorded(t)
	before := openDescriptors(t)
	for range 5 {
		master, slave, err := pty.Open()
		must(t, err)
		c, err := bus.Dial(t.Context(), w.bus.Address)
		must(t, err)
		w.bus.Kill()
		if err := c.Browse(t.Context(), session.BrowseOptions{Terminal: slave}); err == nil {
			t.Fatal("a call over a bus that is gone went well")
		}
		if _, err := slave.Stat(); err == nil {
			t.Error("the terminal is still open")
		}
		must(t, errors.Join(c.Close(), master.Close()))
		must(t, w.bus.Start())
		w.comesBack(t)
	}
	awaitDescriptors(t, before)
}

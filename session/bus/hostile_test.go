package bus_test

import (
	"bytes"
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
)

const (
	invalidArgs    = "org.freedesktop.DBus.Error.InvalidArgs"
	limitsExceeded = "org.freedesktop.DBus.Error.LimitsExceeded"
	unknownMethod  = "org.freedesktop.DBus.Error.UnknownMethod"
	unknownObject  = "org.freedesktop.DBus.Error.UnknownObject"
)

// raw is a connection that may send anything.
func (w *world) raw(t testing.TB) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(w.bus.Address)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// alive checks that the service still answers, on the connection that it had.
func (w *world) alive(t testing.TB, conn *dbus.Conn, owner string) {
	t.Helper()
	if _, err := w.client.Status(t.Context()); err != nil {
		t.Fatalf("the service no longer answers: %v", err)
	}
	if now := ownerOf(t, conn); now != owner {
		t.Fatalf("the service lost its connection: it was %s, and is %s", owner, now)
	}
}

func ownerOf(t testing.TB, conn *dbus.Conn) (owner string) {
	t.Helper()
	must(t, conn.BusObject().Call("org.freedesktop.DBus.GetNameOwner", 0, bus.Name).Store(&owner))
	return owner
}

// nest is a struct in a struct in a struct.
type (
	nest  struct{ A nest2 }
	nest2 struct{ A nest4 }
	nest4 struct {
		A struct {
			A struct{ A struct{ A struct{ A byte } } }
		}
	}
)

type any1 = map[string]dbus.Variant

func one(key string, value any) any1 { return any1{key: dbus.MakeVariant(value)} }

// Whoever may call cannot bring the service down, nor part it from the bus, by what they send.
func TestWhateverComesTheServiceLives(t *testing.T) {
	w, r := newRecorded(t)
	conn := w.raw(t)
	owner := ownerOf(t, conn)
	station, path := bus.Name+".", bus.Path
	for name, c := range map[string]struct {
		path   dbus.ObjectPath
		method string
		args   []any
		want   string
	}{
		"no argument":              {path, station + "Open", nil, invalidArgs},
		"an argument too many":     {path, station + "Open", []any{any1{}, "more"}, invalidArgs},
		"another type":             {path, station + "Delete", []any{"one", any1{}}, invalidArgs},
		"another dict":             {path, station + "Open", []any{map[string]string{"mode": "alone"}}, invalidArgs},
		"an unknown option":        {path, station + "Open", []any{one("root", true)}, invalidArgs},
		"an option of a touch":     {path, station + "Touch", []any{one("mode", "act")}, invalidArgs},
		"an option's other type":   {path, station + "Open", []any{one("large", "yes")}, invalidArgs},
		"an option's other size":   {path, station + "Browse", []any{one("site", uint64(1))}, invalidArgs},
		"an unknown mode":          {path, station + "Open", []any{one("mode", "root")}, invalidArgs},
		"a language like a path":   {path, station + "Open", []any{one("language", "../../etc")}, invalidArgs},
		"a terminal that is none":  {path, station + "Browse", []any{one("terminal", dbus.UnixFDIndex(0))}, invalidArgs},
		"the tenth terminal":       {path, station + "Browse", []any{one("terminal", dbus.UnixFDIndex(9))}, invalidArgs},
		"a file as a terminal":     {path, station + "Browse", []any{one("terminal", dbus.UnixFD(0))}, invalidArgs},
		"many descriptors":         {path, station + "Browse", []any{one("terminal", []dbus.UnixFD{0, 0, 0})}, invalidArgs},
		"a dict of descriptors":    {path, station + "Open", []any{one("mode", map[string]dbus.UnixFD{"a": 0})}, invalidArgs},
		"a descriptor for Touch":   {path, station + "Touch", []any{one("terminal", dbus.UnixFD(0))}, invalidArgs},
		"a descriptor elsewhere":   {"/elsewhere", station + "Browse", []any{one("terminal", dbus.UnixFD(0))}, unknownObject},
		"a million files":          {path, station + "CopyIn", []any{make([]uint32, 1_000_000), any1{}}, limitsExceeded},
		"structs in structs":       {path, station + "CopyIn", []any{make([]nest, 10_000), any1{}}, invalidArgs},
		"structs in an option":     {path, station + "Open", []any{one("mode", make([]nest, 10_000))}, invalidArgs},
		"a list just too long":     {path, station + "CopyIn", []any{make([]uint32, 100_001), any1{}}, limitsExceeded},
		"10 MB of code":            {path, station + "Pause", []any{strings.Repeat("1", 10<<20), any1{}}, limitsExceeded},
		"10 MB of a key":           {path, station + "Open", []any{one(strings.Repeat("k", 10<<20), true)}, limitsExceeded},
		"half a MB of a key":       {path, station + "Open", []any{one(strings.Repeat("k", 1<<19), true)}, invalidArgs},
		"a sheet that is none":     {path, station + "PrintPaper", []any{"mandate", any1{}}, invalidArgs},
		"the tenth sheet":          {path, station + "SavePaper", []any{"mandate", one("paper", dbus.UnixFDIndex(9))}, invalidArgs},
		"a sheet as a terminal":    {path, station + "PrintPaper", []any{"mandate", one("terminal", dbus.UnixFD(0))}, invalidArgs},
		"a sheet as a number":      {path, station + "PrintPaper", []any{"mandate", one("paper", uint32(0))}, invalidArgs},
		"many sheets":              {path, station + "SavePaper", []any{"mandate", one("paper", []dbus.UnixFD{0, 0})}, invalidArgs},
		"a kind like a path":       {path, station + "SavePaper", []any{"../../etc/passwd", one("paper", dbus.UnixFD(0))}, invalidArgs},
		"a descriptor for SignIn":  {path, station + "SignIn", []any{"a", "b", one("paper", dbus.UnixFD(0))}, invalidArgs},
		"a code without a login":   {path, station + "SignIn", []any{"a", any1{}}, invalidArgs},
		"10 MB of login":           {path, station + "SignIn", []any{strings.Repeat("a", 10<<20), "b", any1{}}, limitsExceeded},
		"another mode":             {path, station + "SetMode", []any{"root", []string{}, any1{}}, invalidArgs},
		"a mode's number":          {path, station + "SetMode", []any{uint32(3), []string{}, any1{}}, invalidArgs},
		"a mandate that is a word": {path, station + "SetMode", []any{"act", []string{"caf.fr"}, one("mandate", "yes")}, invalidArgs},
		"sites as an option":       {path, station + "SetMode", []any{"act", []string{}, one("sites", []string{"caf.fr"})}, invalidArgs},
		"a hundred sites":          {path, station + "SetMode", []any{"act", make([]string, 100), any1{}}, limitsExceeded},
		"a million sites":          {path, station + "SetMode", []any{"act", make([]string, 1_000_000), any1{}}, limitsExceeded},
		"sites in sites":           {path, station + "SetMode", []any{"act", make([][]string, 10), any1{}}, invalidArgs},
		"a thousand themes":        {path, station + "Count", []any{make([]string, 1000), any1{}}, limitsExceeded},
		"a code with a name":       {path, station + "Count", []any{[]string{}, one("age", "Marie Dupont")}, invalidArgs},
		"a code too long":          {path, station + "Count", []any{[]string{}, one("kind", strings.Repeat("a", 65))}, invalidArgs},
		"an option of the counts":  {path, station + "Activity", []any{one("day", "2026-11-26")}, invalidArgs},
		"another method":           {path, station + "Shutdown", []any{any1{}}, unknownMethod},
		"another interface":        {path, "org.estran.Other.Open", []any{any1{}}, unknownMethod},
		"no interface":             {path, "Touch", []any{any1{}}, unknownMethod},
		"another object":           {"/org/estran", station + "Touch", []any{any1{}}, unknownObject},
		"setting the status": {
			path, "org.freedesktop.DBus.Properties.Set",
			[]any{bus.Name, "Status", dbus.MakeVariant("ready")},
			"org.freedesktop.DBus.Error.PropertyReadOnly",
		},
		"another property": {
			path, "org.freedesktop.DBus.Properties.Get",
			[]any{bus.Name, "Code"},
			"org.freedesktop.DBus.Error.UnknownProperty",
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := conn.Object(bus.Name, c.path).CallWithContext(t.Context(), c.method, 0, c.args...).Err
			if e, ok := err.(dbus.Error); !ok || e.Name != c.want {
				t.Errorf("got %#v, want %s", err, c.want)
			}
			w.alive(t, conn, owner)
		})
	}
	if asked := r.calls(); len(asked) > 0 {
		t.Errorf("some of it reached the station: %v", asked)
	}
}

// Variants in variants, as deep as the bus lets them through.
func TestHoweverDeepTheServiceLives(t *testing.T) {
	w, _ := newRecorded(t)
	conn := w.raw(t)
	owner := ownerOf(t, conn)
	var v any = "bottom"
	for range 70 {
		v = dbus.MakeVariant(v)
		_ = conn.Object(bus.Name, bus.Path).CallWithContext(t.Context(), bus.Name+".Open", 0, one("mode", v)).Err
		if !conn.Connected() {
			conn = w.raw(t) // the bus itself had enough of us
		}
		w.alive(t, conn, owner)
	}
}

// Some dicts are sound for the bus and not for godbus, which would let go of the connection. busctl(1) can send them.
func TestDictsThatGodbusCannotRead(t *testing.T) {
	sessiontest.Need(t, "busctl")
	w, _ := newRecorded(t)
	conn := w.raw(t)
	owner := ownerOf(t, conn)
	for _, typed := range []string{"a{gs} 1 s text", "a{bs} 1 true text", "a{ss} 1 a b", "a{vs} 1 s a b", "(sv) a v v s x", "ad 2 1 2"} {
		args := append([]string{
			"--address=" + w.bus.Address, "--timeout=5", "call", bus.Name, string(bus.Path), bus.Name, "Open", "a{sv}", "1", "mode",
		}, strings.Fields(typed)...)
		out, err := exec.CommandContext(t.Context(), "busctl", args...).CombinedOutput()
		if err == nil {
			t.Errorf("%s was taken: %s", typed, out)
		}
		t.Logf("%s: %s", typed, out)
		w.alive(t, conn, owner)
	}
}

// patched sends other types than godbus can write: a dict of yes and no in the place of one of numbers.
type patched struct{ net.Conn }

func (p patched) Write(b []byte) (int, error) {
	_, err := p.Conn.Write(bytes.ReplaceAll(b, []byte("a{us}"), []byte("a{bs}")))
	return len(b), err
}

// The same in a signal, which anybody may send where no policy forbids it.
func TestASignalThatGodbusCannotRead(t *testing.T) {
	w, _ := newRecorded(t)
	owner := ownerOf(t, w.raw(t))
	socket, err := net.Dial("unix", strings.TrimPrefix(w.bus.Address, "unix:path="))
	must(t, err)
	conn, err := dbus.NewConn(patched{socket})
	must(t, err)
	defer conn.Close()
	must(t, errors.Join(conn.Auth(nil), conn.Hello()))
	must(t, sendSignal(conn, owner, "NameOwnerChanged", map[uint32]string{1: "yes"}))
	ownerOf(t, conn) // the bus took it
	w.alive(t, conn, owner)
}

func sendSignal(conn *dbus.Conn, to, member string, body ...any) error {
	return conn.Send(&dbus.Message{
		Type: dbus.TypeSignal,
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldDestination: dbus.MakeVariant(to),
			dbus.FieldPath:        dbus.MakeVariant(dbus.ObjectPath("/org/freedesktop/DBus")),
			dbus.FieldInterface:   dbus.MakeVariant("org.freedesktop.DBus"),
			dbus.FieldMember:      dbus.MakeVariant(member),
			dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(body...)),
		},
		Body: body,
	}, nil).Err
}

// Signals and answers that nobody asked for do nothing, whoever sends them.
func TestUnaskedMessagesDoNothing(t *testing.T) {
	w, _ := newRecorded(t)
	conn := w.raw(t)
	owner := ownerOf(t, conn)
	for _, body := range []any{[]dbus.UnixFD{0, 0}, map[string]dbus.UnixFD{"a": 0}, "text", strings.Repeat("x", 2<<20)} {
		for _, member := range []string{"NameOwnerChanged", "NameLost", "NameAcquired"} {
			must(t, sendSignal(conn, owner, member, body))
		}
		w.alive(t, conn, owner)
	}
}

// A call that panics inside is answered, and is the only one that suffers.
func TestAPanicIsOneCallOnly(t *testing.T) {
	w, r := newRecorded(t)
	r.answer(func() { r.touch = func() error { panic("a code: 1234") } })
	for range 3 {
		if err := w.client.Touch(t.Context()); err == nil || !strings.Contains(err.Error(), "org.estran.Error.Failed") {
			t.Errorf("got %v", err)
		}
	}
	must(t, w.client.Extend(t.Context()))
	if s, err := w.client.Status(t.Context()); err != nil || s.State != session.Ready {
		t.Errorf("after that: %v, %v", s.State, err)
	}
}

package bus_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/bus"
)

// A reader that does not read gets the newest when it does, and the first without waiting.
func TestASlowReaderGetsTheNewest(t *testing.T) {
	w, r := newRecorded(t)
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	if first := <-changes; first.State != session.Ready {
		t.Errorf("the first is %v", first.State)
	}
	fast, err := w.client.Watch(t.Context())
	must(t, err)
	for range 500 {
		r.tell(func(s *session.Status) { s.Extensions++ })
	}
	awaitExtensions(t, fast, 500)
	if _, err := w.client.Watch(t.Context()); err != nil { // by now every reader was told, not only the fast one
		t.Fatal(err)
	}
	if s := <-changes; s.Extensions != 500 {
		t.Errorf("the slow reader got change %d, not the newest", s.Extensions)
	}
}

// Watching ends with its context, and a client that watches again and again keeps nothing of the former times.
func TestWatchingEndsWithItsContext(t *testing.T) {
	w, _ := newRecorded(t)
	for range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		changes, err := w.client.Watch(ctx)
		must(t, err)
		cancel()
		ends(t, changes)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.client.Watch(ctx); err == nil {
		t.Error("watching with a context that has ended went well")
	}
}

// Nobody but the service tells the kiosk what the state is: everybody on a bus may send it a signal.
func TestAForgedStatusIsNotBelieved(t *testing.T) {
	w, r := newRecorded(t)
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	<-changes
	forger := w.raw(t)
	forged := map[string]dbus.Variant{"Status": dbus.MakeVariant(map[string]dbus.Variant{
		"State": dbus.MakeVariant("wiped"), "Serial": dbus.MakeVariant(uint64(1000)),
	})}
	must(t, forger.Emit(bus.Path, "org.freedesktop.DBus.Properties.PropertiesChanged", bus.Name, forged, []string{}))
	for _, body := range [][]any{{bus.Name, forged, []string{}}, {bus.Name, ":1.1", ""}} {
		member, path, iface := "PropertiesChanged", bus.Path, "org.freedesktop.DBus.Properties"
		if len(body) == 3 && body[2] == "" {
			member, path, iface = "NameOwnerChanged", "/org/freedesktop/DBus", "org.freedesktop.DBus"
		}
		for _, name := range namesOnTheBus(t, forger) {
			must(t, forger.Send(&dbus.Message{
				Type: dbus.TypeSignal,
				Headers: map[dbus.HeaderField]dbus.Variant{
					dbus.FieldDestination: dbus.MakeVariant(name),
					dbus.FieldPath:        dbus.MakeVariant(path),
					dbus.FieldInterface:   dbus.MakeVariant(iface),
					dbus.FieldMember:      dbus.MakeVariant(member),
					dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(body...)),
				},
				Body: body,
			}, nil).Err)
		}
	}
	_ = namesOnTheBus(t, forger) // what was sent before has been handed on
	time.Sleep(100 * time.Millisecond)
	r.tell(func(s *session.Status) { s.Extensions = 7 })
	for s := range changes {
		if s.State != session.Ready {
			t.Fatalf("the kiosk believes that the station is %v", s.State)
		}
		if s.Extensions == 7 {
			return
		}
	}
	t.Error("somebody else ended the watching")
}

func namesOnTheBus(t testing.TB, conn *dbus.Conn) (unique []string) {
	t.Helper()
	var names []string
	must(t, conn.BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&names))
	for _, n := range names {
		if strings.HasPrefix(n, ":") {
			unique = append(unique, n)
		}
	}
	return unique
}

// An answer that a change has overtaken does not bring the older status back.
func TestAnOvertakenAnswerIsNotTold(t *testing.T) {
	w, _ := newRecorded(t)
	must(t, w.server.Close())
	conn := w.raw(t)
	status := func(serial uint64) dbus.Variant {
		return dbus.MakeVariant(map[string]dbus.Variant{"State": dbus.MakeVariant("ready"), "Serial": dbus.MakeVariant(serial)})
	}
	must(t, conn.ExportMethodTable(map[string]any{
		"Get": func(string, string) (dbus.Variant, *dbus.Error) {
			_ = conn.Emit(bus.Path, "org.freedesktop.DBus.Properties.PropertiesChanged", bus.Name,
				map[string]dbus.Variant{"Status": status(9)}, []string{})
			return status(5), nil
		},
	}, bus.Path, "org.freedesktop.DBus.Properties"))
	_, err := conn.RequestName(bus.Name, dbus.NameFlagDoNotQueue)
	must(t, err)
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	if s := <-changes; s.Serial != 9 {
		t.Errorf("told %d after 9", s.Serial)
	}
}

// A status that cannot be read ends the watching, rather than leave an old one on the screen.
func TestAnUnreadableStatusEndsTheWatching(t *testing.T) {
	w, _ := newRecorded(t)
	must(t, w.server.Close())
	conn := w.raw(t)
	must(t, conn.ExportMethodTable(map[string]any{
		"Get": func(string, string) (dbus.Variant, *dbus.Error) {
			return dbus.MakeVariant(map[string]dbus.Variant{"State": dbus.MakeVariant("ready")}), nil
		},
	}, bus.Path, "org.freedesktop.DBus.Properties"))
	_, err := conn.RequestName(bus.Name, dbus.NameFlagDoNotQueue)
	must(t, err)
	changes, err := w.client.Watch(t.Context())
	must(t, err)
	must(t, conn.Emit(bus.Path, "org.freedesktop.DBus.Properties.PropertiesChanged", bus.Name,
		map[string]dbus.Variant{"Status": dbus.MakeVariant(map[string]dbus.Variant{"State": dbus.MakeVariant("fine")})}, []string{}))
	ends(t, changes)
}

// The journal learns that something failed, and never the name of what.
func TestTheJournalHoldsNoName(t *testing.T) {
	w, r := newRecorded(t)
	must(t, w.server.Close())
	var journal safeBuilder
	w.options.Log = slog.New(slog.NewTextHandler(&journal, nil))
	w.serve(t, w.service)
	r.answer(func() {
		r.touch = func() error {
			_, err := os.Open("/nowhere/lettre-de-marie.pdf")
			return err
		}
	})
	err := w.client.Touch(t.Context())
	if err == nil || strings.Contains(err.Error(), "marie") {
		t.Errorf("the caller gets %v", err)
	}
	if text := journal.String(); !strings.Contains(text, "no such file or directory") || strings.Contains(text, "marie") {
		t.Errorf("the journal holds %q", text)
	}
}

type safeBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *safeBuilder) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *safeBuilder) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// BenchmarkStatus is a question of the kiosk and its answer, through the bus.
func BenchmarkStatus(b *testing.B) {
	w, _ := newRecorded(b)
	for b.Loop() {
		if _, err := w.client.Status(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkChange is from a change of the station to the kiosk that watches.
func BenchmarkChange(b *testing.B) {
	w, r := newRecorded(b)
	changes, err := w.client.Watch(b.Context())
	must(b, err)
	<-changes
	for b.Loop() {
		r.tell(func(s *session.Status) { s.Extensions++ })
		<-changes
	}
}

// BenchmarkMedium is the list of a key of 2,000 files.
func BenchmarkMedium(b *testing.B) {
	w, r := newRecorded(b)
	medium := make([]session.MediumFile, 2000)
	for i := range medium {
		medium[i] = session.MediumFile{
			ID: session.FileID(i + 1), Name: "dossier/photo de vacances.jpg", Size: 1 << 20, Checked: true, Verdict: session.Clean,
		}
	}
	r.answer(func() { r.medium = medium })
	for b.Loop() {
		if _, err := w.client.Medium(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

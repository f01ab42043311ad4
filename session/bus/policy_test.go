package bus_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/godbus/dbus/v5"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
)

// policyFile is what the package installs.
const policyFile = "../../packaging/deb/root/usr/share/dbus-1/system.d/org.estran.Station1.conf"

// systemPolicy is that of Debian's system bus (/usr/share/dbus-1/system.conf), on which the file builds.
const systemPolicy = `<policy context="default">
<allow user="*"/><deny own="*"/><deny send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/>
<allow receive_type="signal"/>
<allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
</policy>`

// packagedPolicy is the package's file with the people of the tests in the place of estran and estran-agents, whom the
// computer of the test does not know.
func packagedPolicy(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(policyFile)
	must(t, err)
	_, rules, begins := strings.Cut(string(data), "<busconfig>")
	rules, _, ends := strings.Cut(rules, "</busconfig>")
	if !begins || !ends {
		t.Fatalf("%s is no busconfig", policyFile)
	}
	for name, stand := range map[string]string{`user="estran"`: `user="games"`, `group="estran-agents"`: `group="man"`} {
		if !strings.Contains(rules, name) {
			t.Fatalf("%s has no rule for %s", policyFile, name)
		}
		rules = strings.ReplaceAll(rules, name, stand)
	}
	return systemPolicy + rules
}

// onPackagedBus is a recorder on a bus with the package's policy. The service itself lets everybody of the table in, so
// that what is refused is refused by the bus.
func onPackagedBus(t *testing.T) (*world, *recorder) {
	t.Helper()
	needPeople(t)
	sessiontest.Need(t, "dbus-daemon")
	w, r := newRecorded(t)
	must(t, w.server.Close())
	w.startBus(t, packagedPolicy(t))
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: uint32(theKiosk.uid), Agents: agents}})
	return w, r
}

// The policy of the package and the table of the service refuse the same people, each on its own.
func TestThePackagedPolicy(t *testing.T) {
	w, r := onPackagedBus(t)
	methods := everyMethod(t)
	for name, p := range rights {
		t.Run(name, func(t *testing.T) {
			conn := w.rawAs(t, p.person)
			for iface, may := range map[string]bool{
				"org.estran.Station1": p.drives, "org.estran.Maintenance1": p.maintains,
				"org.freedesktop.DBus.Properties": p.reads, "org.freedesktop.DBus.Introspectable": p.reads,
			} {
				for _, m := range methods[iface] {
					if allowed(t, conn, m) != may {
						t.Errorf("%s: allowed is %v", m, !may)
					}
				}
			}
			err := conn.Object(bus.Name, bus.Path).Call("org.freedesktop.DBus.Peer.Ping", 0).Err
			if (err == nil) != p.reads {
				t.Errorf("Ping: %v", err)
			}
			if _, err := conn.RequestName(bus.Name, dbus.NameFlagDoNotQueue); (err == nil) != (p.person.uid == 0) {
				t.Errorf("taking the name of the service: %v", err)
			}
			hears(t, w, r, conn, p.reads)
		})
	}
	if asked := r.calls(); len(asked) > 0 {
		t.Errorf("some of it reached the station: %v", asked)
	}
}

// hears checks whether a change of the status reaches somebody who asks the bus for it.
func hears(t *testing.T, w *world, r *recorder, conn *dbus.Conn, may bool) {
	t.Helper()
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	must(t, conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus.Properties")))
	r.tell(func(s *session.Status) { s.Extensions++ })
	wait := time.Minute
	if !may {
		wait = 200 * time.Millisecond
	}
	select {
	case s := <-signals:
		if !may {
			t.Errorf("heard %s", s.Name)
		}
	case <-time.After(wait):
		if may {
			t.Error("heard nothing of a change")
		}
	}
}

// The kiosk can do all that it must on the packaged bus.
func TestTheKioskOnThePackagedBus(t *testing.T) {
	w, r := onPackagedBus(t)
	c := w.dialAs(t, theKiosk)
	changes, err := c.Watch(t.Context())
	must(t, err)
	<-changes
	r.tell(func(s *session.Status) { s.Extensions = 5 })
	awaitExtensions(t, changes, 5)
	must(t, c.Open(t.Context(), session.OpenOptions{Language: "fr"}))
	master, slave, err := pty.Open()
	must(t, err)
	defer master.Close()
	must(t, c.Browse(t.Context(), session.BrowseOptions{Terminal: slave}))
	if asked := r.calls(); len(asked) != 5 {
		t.Errorf("the station was asked %v", asked)
	}
	if err := c.BeginMaintenance(t.Context(), false); err == nil {
		t.Error("the kiosk may do maintenance")
	}
	must(t, w.dialAs(t, anAgent).BeginMaintenance(t.Context(), true))
	if err := w.dialAs(t, anAgent).Open(t.Context(), session.OpenOptions{}); err == nil {
		t.Error("an agent may open a session")
	}
}

package bus_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/introspect"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
)

const accessDenied = "org.freedesktop.DBus.Error.AccessDenied"

// allowed says whether the service, or the bus, lets a connection make a call. It is sent without the arguments that
// it takes, so that one which is let through is refused for those, and does nothing.
func allowed(t *testing.T, conn *dbus.Conn, method string) bool {
	t.Helper()
	err := conn.Object(bus.Name, bus.Path).CallWithContext(t.Context(), method, 0, "?", "?", "?", "?").Err
	e, answered := err.(dbus.Error)
	if !answered {
		t.Fatalf("%s: %v", method, err)
	}
	if e.Name != accessDenied && e.Name != invalidArgs {
		t.Errorf("%s: %s", method, e.Name)
	}
	return e.Name != accessDenied
}

// everyMethod reads the manual.
func everyMethod(t *testing.T) map[string][]string {
	t.Helper()
	var n introspect.Node
	must(t, xml.Unmarshal([]byte(bus.XML), &n))
	methods := map[string][]string{}
	for _, i := range n.Interfaces {
		for _, m := range i.Methods {
			if i.Name != "org.freedesktop.DBus.Peer" {
				methods[i.Name] = append(methods[i.Name], i.Name+"."+m.Name)
			}
		}
	}
	return methods
}

// who may call which interface.
var rights = map[string]struct {
	person                        person
	drives, maintains, reads, any bool
}{
	"the kiosk":   {person: theKiosk, drives: true, reads: true},
	"an agent":    {person: anAgent, maintains: true, reads: true},
	"root":        {person: root, maintains: true, reads: true},
	"a stranger":  {person: stranger},
	"the browser": {person: visitors},
	"an impostor": {person: impostor}, // the kiosk's group is not the kiosk
}

// Whoever may not is refused every single method, by the service itself: the bus of this test refuses nobody.
func TestWhoMay(t *testing.T) {
	needPeople(t)
	sessiontest.Need(t, "dbus-daemon")
	w, r := newRecorded(t)
	must(t, w.server.Close())
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: uint32(theKiosk.uid), Agents: agents}})
	methods := everyMethod(t)
	for name, p := range rights {
		t.Run(name, func(t *testing.T) {
			conn := w.rawAs(t, p.person)
			for iface, may := range map[string]bool{
				"org.estran.Station1": p.drives, "org.estran.Maintenance1": p.maintains,
				"org.freedesktop.DBus.Properties": p.reads, "org.freedesktop.DBus.Introspectable": p.reads,
			} {
				if len(methods[iface]) == 0 {
					t.Fatalf("the manual tells nothing of %s", iface)
				}
				for _, m := range methods[iface] {
					if allowed(t, conn, m) != may {
						t.Errorf("%s: allowed is %v", m, !may)
					}
				}
			}
			var v dbus.Variant
			err := conn.Object(bus.Name, bus.Path).Call("org.freedesktop.DBus.Properties.Get", 0, bus.Name, "Status").Store(&v)
			if (err == nil) != p.reads {
				t.Errorf("reading the status: %v", err)
			}
		})
	}
	if asked := r.calls(); len(asked) > 0 {
		t.Errorf("some of it reached the station: %v", asked)
	}
}

// VULNERABILITY  Whoever signs an agent in may act for visitors, and tries codes.
// ATTACK         The browser breaks out of its sandbox, which has no way to the system bus, and asks as its user.
// THIS TEST      sees that the service refuses it, and the packaged policy before that; nothing reaches the station.
func TestTheBrowserSignsNobodyIn(t *testing.T) {
	for name, on := range map[string]func(*testing.T) (*world, *recorder){
		"the service alone": func(t *testing.T) (*world, *recorder) {
			needPeople(t)
			sessiontest.Need(t, "dbus-daemon")
			w, r := newRecorded(t)
			must(t, w.server.Close())
			w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: uint32(theKiosk.uid), Agents: agents}})
			return w, r
		},
		"the packaged policy": onPackagedBus,
	} {
		t.Run(name, func(t *testing.T) {
			w, r := on(t)
			for who, p := range map[string]person{"the browser": visitors, "an agent of IT": anAgent, "root": root} {
				c := w.dialAs(t, p)
				for method, err := range map[string]error{
					"SignIn":  c.SignIn(t.Context(), "mdupont", "sable-mouette-4821"),
					"SignOut": c.SignOut(t.Context()),
					"SetMode": c.SetMode(t.Context(), session.Act, session.ActOptions{Mandate: true, Sites: []session.Private{"caf.fr"}}),
				} {
					if !errors.Is(err, bus.ErrDenied) {
						t.Errorf("%s as %s: %v", method, who, err)
					}
				}
			}
			if asked := r.calls(); len(asked) > 0 {
				t.Errorf("some of it reached the station: %v", asked)
			}
			must(t, w.dialAs(t, theKiosk).SignIn(t.Context(), "mdupont", "sable-mouette-4821"))
		})
	}
}

// Without a group of agents, group 0 is none.
func TestNoGroupOfAgents(t *testing.T) {
	w, r := newRecorded(t)
	needPeople(t)
	must(t, w.server.Close())
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: uint32(theKiosk.uid)}})
	conn := w.rawAs(t, person{uid: 8, gid: 0, groups: []uint32{0}})
	if allowed(t, conn, "org.estran.Maintenance1.Begin") {
		t.Error("somebody in root's group may do maintenance")
	}
}

// Nobody who may not learns what there is.
func TestAStrangerLearnsNothing(t *testing.T) {
	w, r := newRecorded(t)
	needPeople(t)
	must(t, w.server.Close())
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: uint32(theKiosk.uid), Agents: agents}})
	conn := w.rawAs(t, stranger)
	for _, m := range []string{"org.estran.Station1.Nothing", "org.nothing.Nothing", "org.estran.Station1.Open"} {
		for _, path := range []dbus.ObjectPath{bus.Path, "/nothing"} {
			err := conn.Object(bus.Name, path).Call(m, 0).Err
			if e, ok := err.(dbus.Error); !ok || e.Name != accessDenied || strings.Contains(e.Error(), "Open") {
				t.Errorf("%s on %s: %v", m, path, err)
			}
		}
	}
}

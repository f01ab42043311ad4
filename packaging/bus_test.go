package packaging_test

import (
	"encoding/xml"
	"testing"
)

// policy is one section of a bus policy (dbus-daemon(1)).
type policy struct {
	Context string `xml:"context,attr"`
	User    string `xml:"user,attr"`
	Group   string `xml:"group,attr"`
	Rules   []rule `xml:",any"`
}

// rule is an "allow" or a "deny".
type rule struct {
	XMLName   xml.Name
	Own       string `xml:"own,attr"`
	To        string `xml:"send_destination,attr"`
	Interface string `xml:"send_interface,attr"`
	From      string `xml:"receive_sender,attr"`
}

const station = "org.estran.Station1"

// person is who speaks on the bus.
type person struct{ user, group string }

// may carries out the rules as the bus does: default, then groups, then users, and the last that matches decides.
func may(policies []policy, who person, matches func(rule) bool) bool {
	allowed := false
	decide := func(ofThisKind func(policy) bool) {
		for _, p := range policies {
			for _, r := range p.Rules {
				if ofThisKind(p) && matches(r) {
					allowed = r.XMLName.Local == "allow"
				}
			}
		}
	}
	decide(func(p policy) bool { return p.Context == "default" })
	decide(func(p policy) bool { return p.Group != "" && p.Group == who.group })
	decide(func(p policy) bool { return p.User != "" && p.User == who.user })
	return allowed
}

func TestBusPolicy(t *testing.T) {
	var config struct {
		Policies []policy `xml:"policy"`
	}
	if err := xml.Unmarshal(read(t, root("usr/share/dbus-1/system.d/org.estran.Station1.conf")), &config); err != nil {
		t.Fatal(err)
	}
	sends := func(iface string) func(rule) bool {
		return func(r rule) bool { return r.To == station && (r.Interface == "" || r.Interface == iface) }
	}
	const drive, maintain, properties = station, "org.estran.Maintenance1", "org.freedesktop.DBus.Properties"
	for _, c := range []struct {
		name                            string
		who                             person
		owns, drives, maintains, status bool
	}{
		{"root", person{user: "root"}, true, false, true, true},
		{"the kiosk", person{user: "estran", group: "estran"}, false, true, false, true},
		{"an agent", person{user: "camille", group: "estran-agents"}, false, false, true, true},
		{"the browser", person{user: "estran-visitor", group: "estran-visitor"}, false, false, false, false},
		{"somebody", person{user: "nobody", group: "nogroup"}, false, false, false, false},
	} {
		for what, want := range map[string]struct {
			want    bool
			matches func(rule) bool
		}{
			"own the name":     {c.owns, func(r rule) bool { return r.Own == station }},
			"drive a session":  {c.drives, sends(drive)},
			"do maintenance":   {c.maintains, sends(maintain)},
			"read the status":  {c.status, sends(properties)},
			"call another one": {false, sends("org.example.Other")},
			"hear the station": {c.status, func(r rule) bool { return r.From == station }},
		} {
			if got := may(config.Policies, c.who, want.matches); got != want.want {
				t.Errorf("%s may %s: %v", c.name, what, got)
			}
		}
	}
}

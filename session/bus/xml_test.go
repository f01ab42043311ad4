package bus

import (
	"encoding/xml"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5/introspect"
	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// manual reads the XML.
func manual(t *testing.T) introspect.Node {
	t.Helper()
	var n introspect.Node
	if err := xml.Unmarshal([]byte(XML), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// inManual and inCode are what a caller can reach, one line each: the two must be the same.
func inManual(t *testing.T) map[string]bool {
	lines := map[string]bool{"object " + manual(t).Name: true}
	for _, i := range manual(t).Interfaces {
		if i.Name == "org.freedesktop.DBus.Peer" {
			continue // godbus answers it
		}
		for _, m := range i.Methods {
			in, out := "", ""
			for _, a := range m.Args {
				if a.Name == "" {
					t.Errorf("an argument of %s has no name", m.Name)
				}
				if a.Direction == "out" {
					out += a.Type
				} else {
					in += a.Type
				}
			}
			line := i.Name + "." + m.Name
			lines[line+"("+in+") -> ("+out+")"] = true
			addKeys(t, lines, line, m.Annotations)
		}
		for _, p := range i.Properties {
			line := i.Name + "." + p.Name
			lines[line+" "+p.Type+" "+p.Access] = true
			addKeys(t, lines, line, p.Annotations)
		}
	}
	for _, name := range regexp.MustCompile(`org\.estran\.Error\.[A-Za-z]+`).FindAllString(XML, -1) {
		lines["error "+name] = true
	}
	return lines
}

// addKeys reads annotations: org.estran.Option.KEY and org.estran.Key.KEY are « TYPE: what it says ».
func addKeys(t *testing.T, lines map[string]bool, line string, annotations []introspect.Annotation) {
	t.Helper()
	for _, a := range annotations {
		key, ours := strings.CutPrefix(a.Name, "org.estran.")
		if !ours {
			lines[line+" changes "+a.Value] = true
			continue
		}
		typ, says, told := strings.Cut(a.Value, ": ")
		if !told || len(says) < 5 {
			t.Errorf("%s %s: %q does not say what it is", line, key, a.Value)
		}
		lines[line+" "+key+" "+typ] = true
	}
}

func inCode() map[string]bool {
	lines := map[string]bool{"object " + string(Path): true, "error " + failed: true}
	for _, m := range methods {
		line := m.iface + "." + m.name
		lines[line+"("+m.in+") -> ("+m.out+")"] = true
		for _, o := range m.options {
			lines[line+" Option."+o.key+" "+o.typ] = true
		}
	}
	for _, p := range properties {
		lines[p.iface+"."+p.name+" "+p.typ+" read"] = true
		lines[p.iface+"."+p.name+" changes "+p.changes] = true
	}
	for _, f := range statusFields {
		lines[stationInterface+".Status Key."+f.key+" "+f.typ] = true
	}
	for _, f := range receiptFields {
		lines[stationInterface+".Receipt Key."+f.key+" "+f.typ] = true
	}
	for _, f := range activityFields {
		lines[stationInterface+".Activity Key."+f.key+" "+f.typ] = true
	}
	for _, e := range errorNames {
		lines["error "+e.name] = true
	}
	return lines
}

func TestTheManualTellsTheCode(t *testing.T) {
	manual, code := slices.Sorted(maps.Keys(inManual(t))), slices.Sorted(maps.Keys(inCode()))
	if diff := cmp.Diff(manual, code); diff != "" {
		t.Errorf("the manual (-) and the code (+) differ:\n%s", diff)
	}
	if len(code) < 90 {
		t.Errorf("only %d lines were compared", len(code))
	}
}

// Each closed kind is told in full where it is told.
func TestTheManualTellsEveryWord(t *testing.T) {
	for kind, list := range map[string][]string{
		"Key.State": states, "Key.Mode": modes, "Option.mode": modes, "Key.BrowserState": browserStates,
		"Key.MediumState": mediumStates, "Key.Wipe": stepStates, "Key.Steps": stepStates,
	} {
		_, line, _ := strings.Cut(XML, "org.estran."+kind+`" value="`)
		line, _, _ = strings.Cut(line, `"`)
		for _, w := range list {
			if !regexp.MustCompile(`\b` + w + `\b`).MatchString(line) {
				t.Errorf("%s does not tell %q: %s", kind, w, line)
			}
		}
	}
}

// The bounds that the manual tells are those of the code.
func TestTheManualTellsTheBounds(t *testing.T) {
	if largestMessage != 1<<20 || mostItems != 100_000 || mostText != 16<<20 || mostCalls != 64 || longestWord != 32 ||
		longestCode != 64 || session.MaxActSites != 20 || session.AssistedLength != 8*time.Hour {
		t.Error("the bounds have changed: tell them in the manual, then here")
	}
}

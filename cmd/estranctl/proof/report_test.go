package proof

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestVerdict(t *testing.T) {
	seen := []Place{{What: "memory", Seen: true}}
	for name, c := range map[string]struct {
		report Report
		want   Verdict
	}{
		"found before, gone after":   {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Searched: seen}, Clean},
		"nothing was planted":        {Report{Searched: seen}, Blind},
		"not found before":           {Report{Kinds: []Kind{{Name: "cookie", Before: 3}, {Name: "cache"}}, Searched: seen}, Blind},
		"a look that saw no witness": {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Searched: []Place{{What: "disk"}}}, Blind},
		"nothing was searched":       {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}}, Blind},
		"one copy is left": {
			Report{Kinds: []Kind{{Name: "cookie", Before: 3, After: []Remains{{"memory", "utf-8", 1}}}}, Searched: seen}, Residue,
		},
		"left, and blind elsewhere": {
			Report{Kinds: []Kind{{Name: "cookie", Before: 3, After: []Remains{{"memory", "utf-8", 1}}}, {Name: "cache"}}}, Residue,
		},
	} {
		c.report.judge()
		if c.report.Verdict != c.want {
			t.Errorf("%s: %s, not %s", name, c.report.Verdict, c.want)
		}
	}
}

// TestReportHoldsNoCanary: what is filed cannot itself be what remains.
func TestReportHoldsNoCanary(t *testing.T) {
	c := newCanaries()
	net, err := c.net()
	if err != nil {
		t.Fatal(err)
	}
	handed, err := json.Marshal(message{Net: net})
	if err != nil {
		t.Fatal(err)
	}
	for kind, text := range c {
		if kind != Pause && strings.Contains(string(handed), text) {
			t.Errorf("the net tells the %s", kind)
		}
	}
	for _, kind := range Kinds() {
		if c[kind] == "" {
			t.Errorf("there is no canary for %q", kind)
		}
	}
}

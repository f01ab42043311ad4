package proof

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"estran/session/sessiontest"
)

func TestVerdict(t *testing.T) {
	seen := []Place{{What: "memory", Seen: true}}
	for name, c := range map[string]struct {
		report Report
		want   Verdict
	}{
		"found before, gone after":   {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Searched: seen, Wiped: true}, Clean},
		"the station verified not":   {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Searched: seen}, Blind},
		"nothing was planted":        {Report{Searched: seen, Wiped: true}, Blind},
		"not found before":           {Report{Kinds: []Kind{{Name: "cookie", Before: 3}, {Name: "cache"}}, Searched: seen, Wiped: true}, Blind},
		"a look that saw no witness": {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Searched: []Place{{What: "disk"}}, Wiped: true}, Blind},
		"nothing was searched":       {Report{Kinds: []Kind{{Name: "cookie", Before: 3}}, Wiped: true}, Blind},
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

// TestTheReportSaysAll: the page says each kind, each place, and what was not looked through.
func TestTheReportSaysAll(t *testing.T) {
	sessiontest.Need(t, "pdftotext")
	r := Report{
		Version: "1", Kernel: "6.12", Encodings: []string{"utf-8"}, Wiped: true,
		Kinds:      []Kind{{Name: Cookie, Before: 3}, {Name: DownloadName, Before: 5, After: []Remains{{"mémoire : libre", "utf-8", 2}}}},
		Unplanted:  unplantable,
		Searched:   []Place{{What: "toute la mémoire", Bytes: 4e9, Seen: true}},
		Unsearched: []Missing{{"le réseau", "hors de ce poste"}},
	}
	r.judge()
	path := filepath.Join(t.TempDir(), "preuve.pdf")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.PDF(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{
		"Il reste quelque chose", Cookie, DownloadName, "reste 2 fois, mémoire : libre", "toute la mémoire : 4.0 Go", "le réseau : hors",
		"clé USB",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the report does not say %q:\n%s", want, out)
		}
	}
}

func TestSwapIsNotOverlooked(t *testing.T) {
	const title = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
	for name, c := range map[string]struct {
		swaps        string
		deep         bool
		counts, seen bool
	}{
		"none":                       {title, false, false, false},
		"a partition":                {title + "/dev/dm-1 partition 1000 0 -2\n", false, true, false},
		"a partition that is read":   {title + "/dev/dm-1 partition 1000 0 -2\n", true, true, true},
		"compressed memory":          {title + "/dev/zram0 partition 1000 0 100\n", true, true, false},
		"a file which tells nothing": {"", true, false, false},
	} {
		path := filepath.Join(t.TempDir(), "swaps")
		if err := os.WriteFile(path, []byte(c.swaps), 0o600); err != nil {
			t.Fatal(err)
		}
		if place, counts := swapped(path, c.deep); counts != c.counts || counts && place.Seen != c.seen {
			t.Errorf("%s: %+v, %v", name, place, counts)
		}
	}
	if _, counts := swapped(filepath.Join(t.TempDir(), "none"), true); counts {
		t.Error("a kernel without swap has some")
	}
}

func TestDisksAreReadLikeTheOneWithTheWitness(t *testing.T) {
	read := func() []Place {
		return []Place{{What: "/dev/sda", Seen: true}, {What: "/dev/sdb", Seen: true}, {What: "/dev/sdc"}}
	}
	for _, c := range []struct {
		witnessed string
		seen      []bool
	}{
		{"/dev/sda", []bool{true, true, false}},
		{"", []bool{false, false, false}},
	} {
		for i, p := range disksRead(read(), c.witnessed) {
			if p.Seen != c.seen[i] || !strings.Contains(p.What, read()[i].What) {
				t.Errorf("with the witness on %q: %+v", c.witnessed, p)
			}
		}
	}
	if none := disksRead(nil, ""); len(none) != 1 || none[0].Seen {
		t.Errorf("without a disk: %+v", none)
	}
}

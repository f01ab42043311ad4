// Package estran_test holds the house together: who may import whom, what the README promises.
package estran_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath, Doc   string
	Imports, Deps     []string
	GoFiles, CgoFiles []string
}

// mayImport is the map of the house: which of our packages each one may name. Arrows go down only.
var mayImport = map[string][]string{
	"estran/cmd/estran": {
		"estran/cmd/estran/compositor", "estran/cmd/estran/tour", "estran/kiosk", "estran/session", "estran/session/assist",
		"estran/session/assist/agents", "estran/session/browser", "estran/session/bus", "estran/session/ownfile",
		"estran/session/station", "estran/session/wayland",
	},
	"estran/cmd/estrand": {
		"estran/cleanup", "estran/session", "estran/session/assist", "estran/session/browser", "estran/session/bus",
		"estran/session/cgroup", "estran/session/conditions", "estran/session/daybook", "estran/session/kernel",
		"estran/session/launch", "estran/session/station", "estran/session/usb", "estran/session/wayland",
	},
	"estran/cmd/estranctl": {
		"estran/assets", "estran/cmd/estranctl/proof", "estran/session", "estran/session/accesslog",
		"estran/session/assist/activity", "estran/session/assist/agents", "estran/session/assist/mandate",
		"estran/session/browser", "estran/session/bus",
		"estran/session/conditions", "estran/session/daybook", "estran/session/media", "estran/session/ownfile",
		"estran/session/scan", "estran/session/triage",
	},
	// The proof looks for what it planted, with the hunt that tests use.
	"estran/cmd/estranctl/proof": {"estran/cleanup/hunt", "estran/session"},
	// The tour is a test that anybody can run: it has the antivirus of the tests, and a web site.
	"estran/cmd/estran/tour": {
		"estran/assets", "estran/kiosk", "estran/session", "estran/session/sessiontest", "estran/session/station",
	},
	"estran/cmd/estran/compositor": {"estran/kiosk"},
	"estran/kiosk": {
		"estran/assets", "estran/session", "estran/session/assist/mandate", "estran/session/paper/lesson", "estran/session/paper/sealed",
	},

	"estran/session/station": {
		"estran/assets", "estran/cleanup", "estran/session", "estran/session/accesslog", "estran/session/browser",
		"estran/session/media", "estran/session/ownfile", "estran/session/paper", "estran/session/paper/sealed",
		"estran/session/scan",
	},
	// The kiosk seals a sheet, the station opens it.
	"estran/session/paper/sealed": {
		// nothing of ours
	},
	"estran/session/conditions": {
		"estran/session", "estran/session/accesslog", "estran/session/assist/agents", "estran/session/browser",
		"estran/session/daybook", "estran/session/scan", "estran/session/wayland",
	},
	"estran/session/assist": {
		"estran/session", "estran/session/assist/activity", "estran/session/assist/agents", "estran/session/daybook",
	},
	// The accounts note who signed in.
	"estran/session/assist/agents": {
		"estran/session", "estran/session/daybook", "estran/session/ownfile",
	},
	"estran/session/accesslog":       {"estran/session", "estran/session/ownfile"},
	"estran/session/assist/activity": {"estran/session", "estran/session/ownfile"},
	"estran/session/daybook":         {"estran/session/ownfile"},
	"estran/session/ownfile":         {},
	"estran/session/paper":           {"estran/assets"},
	"estran/session/bus":             {"estran/session"},
	"estran/session/browser":         {"estran/assets", "estran/session", "estran/session/cgroup"},
	"estran/session/cgroup":          {},
	"estran/session/kernel":          {},
	"estran/session/launch":          {"estran/session", "estran/session/browser", "estran/session/cgroup"},
	"estran/session/wayland":         {},
	"estran/session/media":           {"estran/session", "estran/session/scan", "estran/session/triage"},
	"estran/session/scan":            {"estran/session", "estran/session/triage"},
	"estran/session/triage":          {"estran/session"},
	"estran/session/usb":             {"estran/session"},
	"estran/session/assist/mandate": {
		"estran/assets", "estran/session", "estran/session/paper/tagged",
	},
	"estran/session/paper/tagged": {
		"estran/assets/fonts",
	},
	"estran/session/paper/lesson": {
		"estran/assets", "estran/session/paper/tagged",
	},
	// These are for tests alone.
	"estran/session/triage/wrap":       {},
	"estran/session/sessiontest":       {"estran/session", "estran/session/paper/sealed"},
	"estran/session/triage/triagetest": {"estran/session"},

	"estran/packaging/bell":      {},
	"estran/packaging/traces":    {},
	"estran/packaging/vm/owners": {"estran/cleanup/hunt"},

	"estran/session":      {},
	"estran/cleanup":      {},
	"estran/cleanup/hunt": {},
	"estran/assets":       {},
	"estran/assets/fonts": {},
}

func TestArrowsGoDownOnly(t *testing.T) {
	for _, p := range goList(t, "./...") {
		allowed, known := mayImport[p.ImportPath]
		if !known && len(p.GoFiles) > 0 {
			t.Errorf("%s is on no floor: say in mayImport what it may import", p.ImportPath)
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "estran/") && !slices.Contains(allowed, i) {
				t.Errorf("%s imports %s, which is not below it", p.ImportPath, i)
			}
		}
	}
}

// TestWhatAPackageLinks looks at all that a package brings along, not only at what it names.
func TestWhatAPackageLinks(t *testing.T) {
	ours := map[string]bool{}
	outside := func(p string) bool { first, _, _ := strings.Cut(p, "/"); return strings.Contains(first, ".") }
	for _, p := range goList(t, "./...") {
		ours[p.ImportPath] = true
		hasTour := strings.HasPrefix(p.ImportPath+"/", "estran/cmd/estran/")
		// estranctl prove serves a page to the browser of this computer, for as long as the proof lasts.
		hasProof := strings.HasPrefix(p.ImportPath+"/", "estran/cmd/estranctl/")
		drawsScreens := hasTour || p.ImportPath == "estran/kiosk"
		for _, d := range p.Deps {
			switch {
			case strings.HasPrefix(d, "charm.land/") && !drawsScreens:
				t.Errorf("%s links %s: only the kiosk draws", p.ImportPath, d)
			case d == "estran/session/sessiontest" && !hasTour:
				t.Errorf("%s links %s: it is for tests", p.ImportPath, d)
			case p.ImportPath == "estran/session" && outside(d) && !strings.HasPrefix(d, "github.com/pelletier/go-toml/v2"):
				t.Errorf("%s links %s: the contract is the standard library and go-toml", p.ImportPath, d)
			case p.ImportPath == "estran/cleanup" && outside(d):
				t.Errorf("%s links %s: the plan is the standard library", p.ImportPath, d)
			case d == "net/http" && !hasTour && !hasProof && p.ImportPath != "estran/session/sessiontest":
				t.Errorf("%s links %s: a station asks nothing of the network", p.ImportPath, d)
			}
		}
	}
	for name := range mayImport {
		if !ours[name] {
			t.Errorf("mayImport names %s, which does not exist", name)
		}
	}
}

// TestEveryPackageTellsItsStory: a package comment, and no C.
func TestEveryPackageTellsItsStory(t *testing.T) {
	for _, p := range goList(t, "./...") {
		if len(p.GoFiles) > 0 && len(p.Doc) < 40 {
			t.Errorf("%s has no package comment: %q", p.ImportPath, p.Doc)
		}
		if len(p.CgoFiles) > 0 {
			t.Errorf("%s needs a C compiler: %v", p.ImportPath, p.CgoFiles)
		}
	}
}

// TestREADMENamesEveryRoom: the list of rooms is whole, and names none that is gone.
func TestREADMENamesEveryRoom(t *testing.T) {
	_, list, _ := strings.Cut(read(t, "README.md"), "## How it fits together\n\n```\n")
	list, _, _ = strings.Cut(list, "\n```\n")
	var named []string
	for line := range strings.Lines(list) {
		rooms, _, _ := strings.Cut(line, "  ")
		named = append(named, strings.Split(rooms, ", ")...)
	}
	var there []string
	for _, p := range goList(t, "./...") {
		if room := strings.TrimPrefix(p.ImportPath, "estran/"); len(p.GoFiles) > 0 {
			there = append(there, room)
		}
	}
	for _, room := range there {
		if !slices.Contains(named, room) {
			t.Errorf("README.md does not name %s", room)
		}
	}
	for _, room := range named {
		if !slices.Contains(there, room) && room != "packaging" { // which has no program
			t.Errorf("README.md names %q, which is not there", room)
		}
	}
}

// TestREADMETellsTheDependencies holds the table of the README to go.mod, module by module and version by version.
func TestREADMETellsTheDependencies(t *testing.T) {
	readme := read(t, "README.md")
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (v[^ ]+) \\|").FindAllStringSubmatch(readme, -1) {
		told = append(told, m[1]+" "+m[2])
	}
	var required []string
	for _, line := range strings.Split(read(t, "go.mod"), "\n") {
		f := strings.Fields(strings.TrimPrefix(line, "require"))
		if len(f) == 2 && strings.Contains(f[0], ".") && strings.HasPrefix(f[1], "v") {
			required = append(required, f[0]+" "+f[1])
		}
	}
	slices.Sort(told)
	slices.Sort(required)
	if len(required) == 0 || !slices.Equal(told, required) {
		t.Errorf("README.md and go.mod name different modules\nREADME.md: %v\ngo.mod:    %v", told, required)
	}
}

// TestREADMELinksLead: what the README and the guides point at is there.
func TestREADMELinksLead(t *testing.T) {
	guides := []string{
		"README.md", "packaging/doc/guide-dsi.md", "packaging/doc/guide-mediateur.md", "packaging/doc/registre.md",
		"packaging/doc/fiche-aipd.md",
	}
	for _, file := range guides {
		dir := file[:strings.LastIndex("/"+file, "/")]
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(read(t, file), -1) {
			if _, err := os.Stat(dir + m[1]); err != nil {
				t.Errorf("%s points at %s, which is not there", file, m[1])
			}
		}
	}
}

func goList(t *testing.T, patterns ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pkgs []pkg
	d := json.NewDecoder(out)
	for {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 5 {
		t.Fatalf("go list shows %d packages: it looked in the wrong place", len(pkgs))
	}
	return pkgs
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

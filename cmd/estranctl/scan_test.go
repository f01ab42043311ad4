package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/triage/triagetest"
)

// clamd is the real one, for all scripts.
var clamd struct {
	once sync.Once
	real *sessiontest.Clamd
	err  error
}

// antivirusCommand writes estran.toml for the real clamd: antivirus [none] [LINE…]. With none, there is no clamd.
func antivirusCommand(ts *testscript.TestScript, _ bool, args []string) {
	socket := ts.MkAbs("no-clamd")
	if len(args) > 0 && args[0] == "none" {
		args = args[1:]
	} else {
		clamd.once.Do(func() { clamd.real, clamd.err = sessiontest.StartClamd() })
		ts.Check(clamd.err)
		socket = clamd.real.Socket
	}
	text := "[media]\nantivirus = " + strconv.Quote(socket) + "\n"
	for _, line := range args {
		text += line + "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs("estran.toml"), []byte(text), 0o600))
}

func stopClamd() {
	if clamd.real != nil {
		clamd.real.Stop()
	}
}

// rightless is what runs a program that may not read what its permissions forbid: root may, by two capabilities.
func rightless() string {
	if os.Geteuid() != 0 {
		return "env"
	}
	return "setpriv --bounding-set=-dac_override,-dac_read_search"
}

// scanCondition is « mounts »: images can be mounted here.
func scanCondition(name string) (bool, error) {
	if name != "mounts" {
		return false, fmt.Errorf("unknown condition %s", name)
	}
	_, loops := os.Stat("/dev/loop-control")
	_, mkfs := exec.LookPath("mkfs.ext4")
	can := os.Geteuid() == 0 && loops == nil && mkfs == nil
	if !can && os.Getenv("CI") != "" {
		return false, errors.New("images cannot be mounted: it needs root, loop devices and mkfs.ext4")
	}
	return can, nil
}

// oddCommand makes what a script cannot name: odd names DIR | fifo PATH | link PATH | eicar PATH | many DIR N | catalogue
// DIR | image PATH DIR.
func oddCommand(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[1])
	write := func(path, content string) { ts.Check(os.WriteFile(path, []byte(content), 0o600)) }
	switch args[0] {
	case "names":
		for _, name := range oddNames {
			write(filepath.Join(path, name), "bonjour\n")
		}
	case "fifo":
		ts.Check(unix.Mkfifo(path, 0o600))
	case "link":
		ts.Check(os.Symlink("nowhere", path))
	case "eicar":
		write(path, sessiontest.EICAR())
	case "many":
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		ts.Check(os.MkdirAll(path, 0o700))
		for i := range n {
			write(filepath.Join(path, fmt.Sprintf("%06d.txt", i)), "bonjour")
		}
	case "catalogue":
		for _, e := range triagetest.Catalogue() {
			at := filepath.Join(path, e.Name)
			ts.Check(os.MkdirAll(filepath.Dir(at), 0o700))
			write(at, string(e.Build()))
		}
	case "image":
		write(path, "")
		ts.Check(os.Truncate(path, 8<<20))
		ts.Check(ts.Exec("mkfs.ext4", "-q", "-F", "-d", ts.MkAbs(args[2]), path))
	default:
		ts.Fatalf("odd %s is not known", args[0])
	}
}

// oddNames are those that drive a terminal, or mislead.
var oddNames = []string{
	"a\x1b[31mrouge.txt", "b\u202etxt.exe", "c\xe9.txt", "c\xe8.txt", "c\ufffde9.txt", "d\nligne.txt", "e\u009b31m.txt",
	"f\u2066x\u2069.txt", "g\U000e0041.txt", "h\"guillemets\\.txt", "i😀é.txt",
}

func TestTwoNamesStayTwo(t *testing.T) {
	seen := map[string]string{}
	for _, name := range append(oddNames, "c\xef\xbf\xbde9.txt", "c\xef\xbf.txt", "c\xef.txt", "c\ufffd.txt", "cefbfbd.txt", "") {
		text := wholeName(name)
		if !utf8.ValidString(text) {
			t.Errorf("%q is not UTF-8", text)
		}
		if other, twice := seen[text]; twice && other != name {
			t.Errorf("%q and %q are both %q", other, name, text)
		}
		seen[text] = name
	}
}

func FuzzNamesInJSON(f *testing.F) {
	for _, name := range oddNames {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		checkJSONName(t, name)
	})
}

// checkJSONName says that a name in JSON is seen whole by whoever reads it, and drives nothing.
func checkJSONName(t *testing.T, name string) {
	t.Helper()
	var out strings.Builder
	w := newScanWriter(&out, true)
	w.entry(scanned{path: name})
	if err := w.end(session.AntivirusStatus{}); err != nil {
		t.Fatal(err)
	}
	if bad := drives(out.String()); bad != "" {
		t.Errorf("%q gives %s", name, bad)
	}
	var read []scannedJSON
	if err := json.Unmarshal([]byte(out.String()), &read); err != nil || len(read) != 1 {
		t.Fatalf("%q gives %q: %v", name, out.String(), err)
	}
	if read[0].Path != wholeName(name) {
		t.Errorf("%q is read as %q", name, read[0].Path)
	}
	if utf8.ValidString(name) && !strings.Contains(name, "\ufffd") && read[0].Path != name {
		t.Errorf("%q, which is a text, is read as %q", name, read[0].Path)
	}
}

// drives is the first thing in an output that a terminal could take for an order, or that turns letters round. What joins
// letters and pictures does neither, and Persian words and emoji need it.
func drives(out string) string {
	out = strings.NewReplacer("\u200c", "", "\u200d", "").Replace(out)
	if !utf8.ValidString(out) {
		return "bytes that are not UTF-8"
	}
	for _, r := range out {
		if r != '\n' && (!unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

// scannedCommand reads scan --json on standard output: scanned [PATH VERDICT [REASON…]]… | scanned count N VERDICT |
// scanned catalogue DIR. Without arguments it only says that the array is whole.
func scannedCommand(ts *testscript.TestScript, _ bool, args []string) {
	out := ts.ReadFile("stdout")
	if bad := drives(out); bad != "" {
		ts.Fatalf("the output has %s", bad)
	}
	var found []scannedJSON
	ts.Check(json.Unmarshal([]byte(out), &found))
	switch {
	case len(args) == 0:
	case args[0] == "count":
		n := 0
		for _, f := range found {
			if f.Verdict == args[2] {
				n++
			}
		}
		if strconv.Itoa(n) != args[1] {
			ts.Fatalf("%d are %s, not %s", n, args[2], args[1])
		}
	case args[0] == "catalogue":
		scannedCatalogue(ts, args[1], found)
	default:
		i := slices.IndexFunc(found, func(f scannedJSON) bool { return f.Path == args[0] })
		if i < 0 {
			ts.Fatalf("%q is not there", args[0])
		}
		var reasons []string
		for _, r := range found[i].Reasons {
			reasons = append(reasons, string(r))
		}
		slices.Sort(reasons)
		if found[i].Verdict != args[1] || !slices.Equal(reasons, slices.Sorted(slices.Values(args[2:]))) {
			ts.Fatalf("%s is %s %v", args[0], found[i].Verdict, reasons)
		}
	}
}

// scannedCatalogue holds the output to the catalogue that was written to a folder.
func scannedCatalogue(ts *testscript.TestScript, dir string, found []scannedJSON) {
	byPath := map[string]triagetest.Result{}
	for _, f := range found {
		byPath[f.Path] = triagetest.Result{Verdict: f.Verdict, Reasons: slices.Sorted(slices.Values(f.Reasons))}
	}
	wrong := 0
	for _, e := range triagetest.Catalogue() {
		got := byPath[dir+"/"+wholeName(e.Name)]
		got.Reasons = e.ByRules(got.Reasons)
		if diff := cmp.Diff(e.Result(), got); diff != "" {
			wrong++
			ts.Logf("%q (-want +got)\n%s", e.Name, diff)
		}
	}
	if wrong > 0 || len(found) != len(triagetest.Catalogue()) {
		ts.Fatalf("%d files, %d of them not as expected", len(found), wrong)
	}
}

// orderedCommand says that the paths of scan --json come in the order of the names in each folder: a steady one.
func orderedCommand(ts *testscript.TestScript, _ bool, _ []string) {
	var found []scannedJSON
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &found))
	if !slices.IsSortedFunc(found, func(a, b scannedJSON) int { return strings.Compare(a.Path, b.Path) }) {
		ts.Fatalf("the order is another one")
	}
}

// harmlessCommand says that an output drives no terminal.
func harmlessCommand(ts *testscript.TestScript, _ bool, args []string) {
	if bad := drives(ts.ReadFile(args[0])); bad != "" {
		ts.Fatalf("%s has %s", args[0], bad)
	}
}

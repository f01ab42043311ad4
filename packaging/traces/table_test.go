package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/session"
)

// repo is the root of the repository, packaged that of the package's tree.
const (
	repo     = "../../"
	packaged = repo + "packaging/deb/root"
)

func places(t *testing.T) []place {
	t.Helper()
	read, err := readTable(source)
	if err != nil {
		t.Fatal(err)
	}
	return read.Places
}

// TestEveryPlaceHasARow: all of them, in order, each with an answer, and each sentence there.
func TestEveryPlaceHasARow(t *testing.T) {
	rows, ids := places(t), map[string]bool{}
	if len(rows) != 64 {
		t.Errorf("%d rows, not 64", len(rows))
	}
	for i, p := range rows {
		if p.Number != i+1 {
			t.Errorf("row %d has the number %d", i+1, p.Number)
		}
		if p.ID == "" || ids[p.ID] {
			t.Errorf("%d: its name %q is empty, or taken", p.Number, p.ID)
		}
		ids[p.ID] = true
		if !slices.ContainsFunc(areas, func(a area) bool { return a.id == p.Area }) {
			t.Errorf("%d (%s): no area is called %q", p.Number, p.ID, p.Area)
		}
		for _, wrong := range wrongWith(p) {
			t.Errorf("%d (%s): %s", p.Number, p.ID, wrong)
		}
	}
}

// unsure are words of somebody who did not look.
var unsure = regexp.MustCompile(`(?i)suppos|assum|normalement|en principe|sans doute|probable|devrait|à priori|a priori|semble`)

// wrongWith gives what is wrong with a row by itself.
func wrongWith(p place) (wrong []string) {
	needs := func(fine bool, what string) {
		if !fine {
			wrong = append(wrong, what)
		}
	}
	needs(p.Prevented+p.Wiped+p.Outside != "", "it says neither prevented, nor wiped, nor outside")
	needs((p.Wiped != "") == (len(p.Steps) > 0), "what is wiped has a step, and nothing else has")
	needs((p.Outside != "") == (p.Told != ""), "of what is out of our hands somebody is told, and of nothing else")
	needs(len(p.Tests) > 0, "no test shows it")
	for _, text := range []string{p.Place, p.Betrays, p.Check} {
		needs(text != "", "it lacks its place, what that betrays, or its check")
	}
	for _, text := range []string{p.Place, p.Betrays, p.Prevented, p.Wiped, p.Outside, p.Told, p.Check} {
		needs(!unsure.MatchString(text), "somebody did not look: "+unsure.FindString(text))
		needs(!strings.ContainsAny(text, "|\n"), "a sign that would break the table")
	}
	return wrong
}

func TestARowThatSaysNothingIsSeen(t *testing.T) {
	whole := place{Place: "x", Betrays: "x", Prevented: "x", Check: "x", Tests: []string{"x: TestX"}}
	if wrong := wrongWith(whole); wrong != nil {
		t.Fatalf("a whole row is refused: %q", wrong)
	}
	for name, spoil := range map[string]func(*place){
		"no answer":            func(p *place) { p.Prevented = "" },
		"a wipe without step":  func(p *place) { p.Wiped = "x" },
		"a step without wipe":  func(p *place) { p.Steps = []string{"x"} },
		"nobody is told":       func(p *place) { p.Outside = "x" },
		"no check":             func(p *place) { p.Check = "" },
		"no test":              func(p *place) { p.Tests = nil },
		"a word that is weak":  func(p *place) { p.Check = "C'est supposé vide." },
		"another weak word":    func(p *place) { p.Prevented = "Normalement rien." },
		"an English weak word": func(p *place) { p.Wiped, p.Steps = "assumed", []string{"x"} },
	} {
		p := whole
		spoil(&p)
		if wrongWith(p) == nil {
			t.Errorf("%s went unseen", name)
		}
	}
	if _, err := readTable("[[place]]\nnumber = 1\nprevent = \"x\"\n"); err == nil {
		t.Error("a key that nobody knows went unseen")
	}
}

// TestWhatARowNamesIsThere: take a test, a setting, a step or a condition away, and the row that rests on it is told.
func TestWhatARowNamesIsThere(t *testing.T) {
	conditions := conditionIDs(t)
	for _, p := range places(t) {
		for _, id := range p.Conditions {
			if !conditions[id] {
				t.Errorf("%d (%s): there is no condition %q", p.Number, p.ID, id)
			}
		}
		for _, id := range p.Steps {
			if !slices.Contains(session.Steps(), id) {
				t.Errorf("%d (%s): there is no step %q", p.Number, p.ID, id)
			}
		}
		for _, lacks := range lacking(p, os.ReadFile) {
			t.Error(lacks)
		}
		for _, name := range p.Tests {
			if !exists(t, name) {
				t.Errorf("%d (%s): there is no test %q", p.Number, p.ID, name)
			}
		}
	}
}

// conditionIDs reads the ids of session/conditions, which tells them only to who has a computer to look at.
func conditionIDs(t *testing.T) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, text := range texts(t, repo+"session/conditions/*.go") {
		for _, m := range regexp.MustCompile(`(?m)^\tid: "([a-z-]+)"`).FindAllStringSubmatch(text, -1) {
			ids[m[1]] = true
		}
	}
	return ids
}

func texts(t *testing.T, pattern string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Errorf("%s is nothing", pattern)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	return all
}

// lacking tells the settings that a row rests on and that are not in their files.
func lacking(p place, read func(path string) ([]byte, error)) (told []string) {
	for _, s := range p.Settings {
		data, err := read(s.path())
		if err != nil || s.Has == "" || !strings.Contains(withoutComments(s.File, string(data)), s.Has) {
			told = append(told, fmt.Sprintf("%d (%s): %s lacks %q", p.Number, p.ID, s.File, s.Has))
		}
	}
	return told
}

func (s setting) path() string {
	if strings.HasPrefix(s.File, "/") {
		return packaged + s.File
	}
	return repo + s.File
}

var comments = regexp.MustCompile(`(?m)^\s*(#|//).*$`)

func withoutComments(file, text string) string {
	if strings.HasSuffix(file, ".md") {
		return text // titles begin like comments
	}
	return comments.ReplaceAllString(text, "")
}

// TestEachSettingIsMissed takes one setting after the other out of its file: the row that rests on it is told.
func TestEachSettingIsMissed(t *testing.T) {
	taken := 0
	for _, p := range places(t) {
		for _, s := range p.Settings {
			told := lacking(p, func(path string) ([]byte, error) {
				data, err := os.ReadFile(path)
				if path != s.path() {
					return data, err
				}
				return []byte(strings.ReplaceAll(string(data), s.Has, "")), err
			})
			if len(told) == 0 || !strings.Contains(told[0], p.ID) {
				t.Errorf("%d (%s): nobody misses %q in %s", p.Number, p.ID, s.Has, s.File)
			}
			taken++
		}
	}
	if taken < 60 {
		t.Errorf("only %d settings are named", taken)
	}
}

// exists says that a test of the form "package: TestName" is there.
func exists(t *testing.T, name string) bool {
	t.Helper()
	dir, function, found := strings.Cut(name, ": ")
	if !found || !strings.HasPrefix(function, "Test") {
		return false
	}
	for _, text := range texts(t, repo+dir+"/*_test.go") {
		if strings.Contains(text, "\nfunc "+function+"(t *testing.T) {\n") {
			return true
		}
	}
	return false
}

// TestTheDocumentIsOfThisTable: go run ./packaging/traces >packaging/doc/traces.md
func TestTheDocumentIsOfThisTable(t *testing.T) {
	read, err := readTable(source)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(repo + "packaging/doc/traces.md")
	if err != nil || string(data) != document(read) {
		t.Errorf("packaging/doc/traces.md is not what the table makes: go run ./packaging/traces >packaging/doc/traces.md (%v)", err)
	}
}

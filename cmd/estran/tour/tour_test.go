package tour

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	"estran/session/sessiontest"
)

const testMark = "k4nary0mark7zz9q"

// A look that is blind proves nothing: it must find the mark wherever programs write it.
func TestTheHuntFinds(t *testing.T) {
	wide := func(text string) string { return strings.Join(strings.Split(text, ""), "\x00") + "\x00" }
	tests := map[string]struct {
		name, content string
		want          int
	}{
		"nothing where there is nothing": {"a.txt", "a letter", 0},
		"the mark as it is":              {"a.txt", "a letter to " + testMark + ", signed", 1},
		"the mark in a file name":        {testMark + ".pdf", "", 1},
		"the mark in UTF-16":             {"a.bin", "\xff\xfe" + wide("to "+testMark+"."), 1},
		"the mark in base64, at its start": {
			"a.json", base64.StdEncoding.EncodeToString([]byte(testMark + " and more")), 1,
		},
		"the mark in base64, one byte on":  {"a.json", base64.StdEncoding.EncodeToString([]byte("." + testMark + ";")), 1},
		"the mark in base64, two bytes on": {"a.json", base64.StdEncoding.EncodeToString([]byte(".." + testMark)), 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "deep", tt.name), tt.content)
			h := hunt{mark: testMark, roots: []string{dir, filepath.Join(dir, "absent")}, from: time.Now().Add(-time.Minute)}
			if got, err := h.files(); got != tt.want || err != nil {
				t.Errorf("found %d files, want %d; %v", got, tt.want, err)
			}
		})
	}
}

func TestTheHuntPassesOver(t *testing.T) {
	dir := t.TempDir()
	key, old := filepath.Join(dir, "KEY"), filepath.Join(dir, "old.txt")
	writeFile(t, filepath.Join(key, "letter.txt"), testMark)
	writeFile(t, old, testMark)
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	h := hunt{mark: testMark, roots: []string{dir}, from: time.Now().Add(-time.Minute), key: key}
	if got, err := h.files(); got != 0 || err != nil {
		t.Errorf("took the visitor's key or a file of yesterday for a trace: %d, %v", got, err)
	}
}

func TestTheKeyBesideAChoice(t *testing.T) {
	screen := strings.Join([]string{
		"  Ma clé USB",
		"  Prenez « Retour » quand vous voulez",
		"▸  1  ☐ lettre.pdf      600 octets │",
		"     2    cadeau.txt     68 octets │",
		"  ▐  9  Copier mes documents   ▌  │  Échap  Retour   │",
		"  │  2  ! Oui, tout effacer   │  ▐  Entrée  J’accepte   ▌",
		"  Il reste 60 minutes     ? Aide      F J’ai fini",
	}, "\n")
	for label, want := range map[string]string{
		"lettre.pdf": "1", "cadeau.txt": "2", "Copier mes documents": "9", "Retour": "esc", "Oui, tout effacer": "2",
		"J'accepte": "enter", "Aide": "?", "J'ai fini": "f",
	} {
		if k, found := badge(screen, label); !found || k.String() != want {
			t.Errorf("%q is on key %q (%v), want %q", label, k.String(), found, want)
		}
	}
	for _, label := range []string{"Copier", "quand vous voulez", "Tout choisir"} {
		if k, found := badge(screen, label); found {
			t.Errorf("%q is no choice, but was found on %q", label, tea.KeyPressMsg(k).String())
		}
	}
}

func TestTheKeyGivesItsBytes(t *testing.T) {
	sessiontest.Need(t, "mke2fs", "debugfs")
	letter := paper("Bonjour")
	k, err := makeKey(t.TempDir(), letter)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.read(letterName); err != nil || !bytes.Equal(got, letter) {
		t.Errorf("the letter came back as %d bytes, %v", len(got), err)
	}
	if _, err := k.read("absent.pdf"); err == nil {
		t.Error("a file that is not on the key was read")
	}
}

// A station that cannot open must fail the tour, and at once.
func TestAStoppedStationFails(t *testing.T) {
	sessiontest.Need(t, "clamd", "mke2fs", "bwrap")
	var out bytes.Buffer
	err := Run(t.Context(), Options{
		Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(), Fault: session.FaultConfig, Out: &out,
	})
	if err == nil || !strings.Contains(err.Error(), "the station stopped") || !strings.Contains(out.String(), "E10") {
		t.Errorf("got %v after\n%s", err, out.String())
	}
}

// Whoever tried Estran as an agent, and then takes the tour, has left an agent and counts: they are no remains of a session.
func TestATrialBeforeStopsNoTour(t *testing.T) {
	sessiontest.Need(t, "clamd", "mke2fs", "bwrap")
	state := t.TempDir()
	writeFile(t, filepath.Join(state, "agents.json"), "{}")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := untilSeen{text: "Bienvenue", then: cancel}
	err := Run(ctx, Options{
		Config: session.Defaults(), RunDir: t.TempDir(), StateDir: state, Others: []string{"agents.json"}, Out: &out,
	})
	if !strings.Contains(out.String(), "Bienvenue") {
		t.Errorf("the tour does not begin: %v\n%s", err, out.String())
	}
}

// untilSeen goes on until a text was written.
type untilSeen struct {
	bytes.Buffer
	text string
	then func()
}

func (u *untilSeen) Write(p []byte) (int, error) {
	n, err := u.Buffer.Write(p)
	if strings.Contains(u.String(), u.text) {
		u.then()
	}
	return n, err
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

package kiosk

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"estran/session"
)

var update = flag.Bool("update", false, "write the golden pictures")

// harness runs a model without a terminal, without goroutines and without waiting: commands are run at once and their
// messages fed back until none is left, and time goes by when advance says so.
type harness struct {
	t       testing.TB
	m       *Model
	station *fakeStation
	desk    *fakeDesk // asked once seated was called
	clock   time.Time
	timers  []timer
	rang    int // how often the bell was rung
}

type timer struct {
	at  time.Time
	msg tea.Msg
}

func newHarness(t testing.TB) *harness {
	t.Helper()
	h := &harness{t: t, station: &fakeStation{fail: map[call]error{}}}
	h.clock = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	h.m = New(h.station, Options{Config: session.Defaults()})
	h.desk = &fakeDesk{}
	h.m.now = func() time.Time { return h.clock }
	h.m.after = func(d time.Duration, msg tea.Msg) tea.Cmd {
		h.timers = append(h.timers, timer{h.clock.Add(d), msg})
		return nil
	}
	h.size(80, 24)
	return h
}

// send gives the model a message, and those that follow from it.
func (h *harness) send(msg tea.Msg) {
	_, cmd := h.m.Update(msg)
	h.m.View() // as Bubble Tea does
	h.drain(cmd)
}

func (h *harness) drain(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			h.drain(c)
		}
	case statusMsg:
		msg.from = nil // the test says what comes next
		h.send(msg)
	case tea.RawMsg:
		if msg.Msg != "\a" {
			h.t.Errorf("%q is written to the terminal", msg.Msg)
		}
		h.rang++
	default:
		h.send(msg)
	}
}

// seated gives the model a compositor.
func (h *harness) seated() { h.m.options.Desk = h.desk }

// status is what the station says next; the visitor comes to it after the grace.
func (h *harness) status(s session.Status) {
	h.suddenly(s)
	h.advance(Grace)
}

// suddenly is a status whose screen is still deaf.
func (h *harness) suddenly(s session.Status) { h.send(statusMsg{status: s}) }

func (h *harness) size(w, ht int) { h.send(tea.WindowSizeMsg{Width: w, Height: ht}) }

// advance lets time go by, and the timers that fire in it.
func (h *harness) advance(d time.Duration) {
	end := h.clock.Add(d)
	for {
		next := -1
		for i, t := range h.timers {
			if !t.at.After(end) && (next < 0 || t.at.Before(h.timers[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		fired := h.timers[next]
		h.timers = append(h.timers[:next], h.timers[next+1:]...)
		h.clock = fired.at
		h.send(fired.msg)
	}
	h.clock = end
}

// press types keys by their names: "1", "a", "enter", "esc", "up", "ctrl+c".
func (h *harness) press(names ...string) {
	for _, name := range names {
		h.send(keyOf(name))
	}
}

// write types each character of a text.
func (h *harness) write(text string) {
	for _, r := range text {
		h.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
	"right": tea.KeyRight, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace, "f1": tea.KeyF1,
	"f2": tea.KeyF2, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
}

func keyOf(name string) tea.KeyPressMsg {
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	if code, ok := keyCodes[name]; ok {
		k := tea.KeyPressMsg{Code: code}
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// clickOn clicks in the middle of a choice.
func (h *harness) clickOn(id string) {
	h.t.Helper()
	h.m.View()
	for _, z := range h.m.zones() {
		if z.id == id && z.seen.h > 0 {
			h.send(tea.MouseClickMsg{X: z.seen.x + z.seen.w/2, Y: z.seen.y + z.seen.h/2, Button: tea.MouseLeft})
			return
		}
	}
	h.t.Fatalf("there is no %q to click on:\n%s", id, h.plain())
}

// plain is the picture without colours.
func (h *harness) plain() string {
	h.m.View()
	return h.m.frame.sheet.plain()
}

func (h *harness) title() string {
	line, _, _ := strings.Cut(h.plain(), "\n")
	line = strings.ReplaceAll(line, "\u00a0", " ")
	return strings.TrimSpace(strings.Split(strings.TrimSpace(line), "   ")[0])
}

// titled fails unless this is the screen.
func (h *harness) titled(want string) {
	h.t.Helper()
	if got := h.title(); got != want {
		h.t.Fatalf("the screen is %q, not %q:\n%s", got, want, h.plain())
	}
}

// called fails unless the station was called so often.
func (h *harness) called(c call, want int) {
	h.t.Helper()
	if got := h.station.count(c); got != want {
		h.t.Fatalf("%s was called %d times, not %d (%v):\n%s", c, got, want, h.station.calls, h.plain())
	}
}

// sees fails unless the text is on the terminal.
func (h *harness) sees(text string) {
	h.t.Helper()
	spaces := func(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
	if !strings.Contains(spaces(h.plain()), spaces(text)) {
		h.t.Fatalf("%q is not on the terminal:\n%s", text, h.plain())
	}
}

// seesNot fails when the text is on the terminal.
func (h *harness) seesNot(text string) {
	h.t.Helper()
	spaces := func(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
	if strings.Contains(spaces(h.plain()), spaces(text)) {
		h.t.Fatalf("%q is on the terminal:\n%s", text, h.plain())
	}
}

// golden compares the picture with testdata/NAME.txt.
func (h *harness) golden(name string) {
	h.t.Helper()
	file := filepath.Join("testdata", name+".txt")
	got := h.plain() + "\n"
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			h.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			h.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		h.t.Fatalf("cannot read the picture: %v (go test ./kiosk -update writes it)", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		h.t.Errorf("the picture %s has changed (-want +got):\n%s", name, diff)
	}
}

// The statuses that tests start from.

func ready() session.Status { return session.Status{State: session.Ready} }

func open() session.Status {
	return session.Status{State: session.Open, TimeLeft: 42 * time.Minute, IdleLeft: 5 * time.Minute, Extensions: 2}
}

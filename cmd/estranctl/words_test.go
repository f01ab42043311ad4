package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"estran/assets"
	"estran/session"
	"estran/session/accesslog"
	"estran/session/conditions"
	"estran/session/daybook"
)

func TestEveryWordIsThere(t *testing.T) {
	for _, e := range daybook.Events() {
		if eventWords[e] == "" {
			t.Errorf("%s has no words", e)
		}
	}
	for _, e := range append(accesslog.Ends(), session.EndNone) {
		if endWords[e] == "" {
			t.Errorf("an end by %q has no words", e)
		}
	}
	for _, s := range session.States() {
		if stateWords[s] == "" {
			t.Errorf("%s has no words", s)
		}
	}
	for _, s := range []conditions.State{conditions.Unknown, conditions.OK, conditions.Warning, conditions.Failed} {
		if m := marks[s]; m.sign == "" || m.word == "" {
			t.Errorf("%s has no mark", s)
		}
	}
	for _, f := range []session.Fault{session.FaultSwap, session.FaultKernel, session.FaultMaintenance, session.FaultWipe} {
		if text := assets.In("fr").T("fault." + string(f)); text == "" || strings.Contains(text, "fault.") {
			t.Errorf("%s has no sentence: %q", f, text)
		}
	}
}

// The table fits a terminal of 80 columns, save a word that is longer by itself, and is read without its colours.
func TestTheTableFits(t *testing.T) {
	results := append(lookFor(t.Context(), ""), lookFor(t.Context(), "fails")...)
	var plain, coloured strings.Builder
	if err := writeTable(&plain, results, false); err != nil {
		t.Fatal(err)
	}
	if err := writeTable(&coloured, results, true); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(plain.String()) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width && len(strings.Fields(line)) > 1 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	stripped := coloured.String()
	for _, m := range marks {
		stripped = strings.ReplaceAll(stripped, m.colour, "")
	}
	if stripped = strings.ReplaceAll(stripped, "\x1b[0m", ""); stripped != plain.String() || stripped == coloured.String() {
		t.Error("the colours say more than the words")
	}
}

func TestColoursAreForATerminalThatWantsThem(t *testing.T) {
	term := newTerminal(t)
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	if !inkFor(term.program) || inkFor(&strings.Builder{}) {
		t.Error("a terminal has none, or a pipe has some")
	}
	t.Setenv("TERM", "dumb")
	if inkFor(term.program) {
		t.Error("a dumb terminal has colours")
	}
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "1")
	if inkFor(term.program) {
		t.Error("NO_COLOR has colours")
	}
}

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.Local)
	for text, want := range map[string]time.Time{
		"": {}, "2026-11-01": time.Date(2026, 11, 1, 0, 0, 0, 0, time.Local), "12h": now.Add(-12 * time.Hour),
		"7j": now.AddDate(0, 0, -7), "1d": now.AddDate(0, 0, -1),
	} {
		if got, err := moment(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%s is %s, not %s: %v", text, got, want, err)
		}
	}
	for _, text := range []string{"yesterday", "-3h", "99999j", "2026-13-01", "3m"} {
		if _, err := moment(text, now); err == nil {
			t.Errorf("%s is a moment", text)
		}
	}
}

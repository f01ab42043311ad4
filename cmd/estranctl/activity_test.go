package main

import (
	"encoding/csv"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"estran/session"
	"estran/session/assist/activity"
)

// tallyFrom is the counts of a script, whose day is $TODAY.
func tallyFrom(dir string, getenv func(string) string) (*activity.Tally, error) {
	tally := activity.Open(filepath.Join(dir, "activity"), session.Defaults().Activity.Months)
	tally.Now = func() time.Time {
		day, err := time.ParseInLocation(time.DateOnly, getenv("TODAY"), time.Local)
		if err != nil {
			return time.Now() // a script that has no day of its own
		}
		return day.Add(10 * time.Hour)
	}
	if getenv("SETTINGS") == "unknown" {
		return tally, errors.New("line 3")
	}
	return tally, nil
}

// countedCommand counts interventions: counted N DAY MODE MINUTES [THEME…].
func countedCommand(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	day, err := time.ParseInLocation(time.DateOnly, args[1], time.UTC)
	ts.Check(err)
	mode := map[string]session.Mode{"train": session.Train, "accompany": session.Accompany, "act": session.Act}[args[2]]
	minutes, err := strconv.Atoi(args[3])
	ts.Check(err)
	tally := activity.Open(ts.MkAbs("activity"), 24)
	for range n {
		ts.Check(tally.Add(day, activity.Intervention{
			Mode: mode, Length: time.Duration(minutes) * time.Minute,
			CountOptions: session.CountOptions{Kind: "individuel", Themes: args[4:], Age: "soixante_dix_plus"},
		}))
	}
}

// fullReport is two months in which every code can be told, and one with few.
func fullReport(t *testing.T) activity.Report {
	t.Helper()
	tally := activity.Open(filepath.Join(t.TempDir(), "activity"), 24)
	tally.Now = func() time.Time { return time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC) }
	count := func(month time.Month, day int, i activity.Intervention) {
		if err := tally.Add(time.Date(2026, month, day, 10, 0, 0, 0, time.UTC), i); err != nil {
			t.Fatal(err)
		}
	}
	count(9, 1, activity.Intervention{Mode: session.Act})
	themes, ages, statuses, kinds := session.ActivityThemes(), session.ActivityAges(), session.ActivityStatuses(), session.ActivityKinds()
	for n := range 150 {
		count(11, 1+n/10, activity.Intervention{
			Mode: session.Train + session.Mode(n%3), Length: time.Duration(n%5) * 30 * time.Minute,
			CountOptions: session.CountOptions{
				Kind: kinds[n%len(kinds)], Themes: themes[n%len(themes):][:1], Age: ages[n%len(ages)], Status: statuses[n%len(statuses)],
			},
		})
	}
	r, err := tally.Between(time.Time{}, time.Time{})
	if err != nil || len(r.Months) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	return r
}

// TestActivityCSV is for spreadsheets: lines as RFC 4180 has them, and no cell that one of them would run.
func TestActivityCSV(t *testing.T) {
	var out strings.Builder
	if err := writeActivityCSV(&out, fullReport(t)); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !utf8.ValidString(text) || strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("it is not as RFC 4180 has it: %q", text)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell == "" || strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
		if row[1] != "lieu_activite" || row[2] != "ordinateur" {
			t.Errorf("the place or the equipment is %q", row)
		}
		if n, err := strconv.Atoi(row[5]); row[5] != "moins_de_5" && (err != nil || n < session.FewPeople) {
			t.Errorf("%q tells a small number", row)
		}
		told[row[3]+" "+row[4]] = true
	}
	for _, margin := range activity.Margins() {
		for _, code := range activity.Codes(margin) {
			if !told[margin+" "+code] {
				t.Errorf("the line of %s %s is not there", margin, code)
			}
		}
	}
	if first := rows[1]; strings.Join(first, ",") != "2026-09,lieu_activite,ordinateur,total,total,moins_de_5" || rows[2][0] != "2026-11" {
		t.Errorf("a month with few is %q, %q", first, rows[2])
	}
}

// TestTheChartOfAMonthFits a terminal of 80 columns, has words for every code, and says no more in colour.
func TestTheChartOfAMonthFits(t *testing.T) {
	r := fullReport(t)
	r.Months = r.Months[1:]
	month := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	var plain, coloured strings.Builder
	if err := errors.Join(writeMonth(&plain, month, r, 24, false), writeMonth(&coloured, month, r, 24, true)); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(plain.String()) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
		if strings.Contains(line, "_") {
			t.Errorf("a code without words: %s", line)
		}
	}
	stripped := strings.NewReplacer("\x1b[36m", "", "\x1b[0m", "").Replace(coloured.String())
	if stripped != plain.String() || stripped == coloured.String() {
		t.Error("the colours say more than the words")
	}
	for _, words := range marginWords {
		if !strings.Contains(plain.String(), words.title+"\n") {
			t.Errorf("%s is not there", words.title)
		}
	}
	if len(marginWords) != len(activity.Margins())+1 {
		t.Error("a margin has no title")
	}
}

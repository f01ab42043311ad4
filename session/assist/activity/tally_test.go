package activity_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/assist/activity"
	"estran/session/sessiontest"
)

func TestMain(m *testing.M) {
	sessiontest.OwnMounts()
	os.Exit(m.Run())
}

var (
	monday  = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	tuesday = monday.AddDate(0, 0, 1)
	helped  = activity.Intervention{
		Mode: session.Accompany, Length: 40 * time.Minute,
		CountOptions: session.CountOptions{Kind: "individuel", Themes: []string{"email", "sante"}, Age: "soixante_dix_plus", Status: "retraite"},
	}
	taught = activity.Intervention{Mode: session.Train, Length: 2 * time.Hour, CountOptions: session.CountOptions{Kind: "collectif"}}
)

func newTally(t testing.TB) *activity.Tally {
	t.Helper()
	tally := activity.Open(filepath.Join(t.TempDir(), "activity"), 24)
	tally.Now = func() time.Time { return tuesday }
	return tally
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func add(t testing.TB, tally *activity.Tally, day time.Time, n int, i activity.Intervention) {
	t.Helper()
	for range n {
		must(t, tally.Add(day, i))
	}
}

func content(t testing.TB, tally *activity.Tally) []byte {
	t.Helper()
	data, err := os.ReadFile(tally.Path)
	must(t, err)
	return data
}

// months is how much each month has, "few" for a few.
func months(t testing.TB, tally *activity.Tally) string {
	t.Helper()
	r, err := tally.Between(time.Time{}, time.Time{})
	must(t, err)
	var all []string
	for _, m := range r.Months {
		if m.Few {
			all = append(all, m.Month+" few")
		} else {
			all = append(all, fmt.Sprintf("%s %d", m.Month, m.Total))
		}
	}
	return strings.Join(all, ", ")
}

func TestTheCountsOfADay(t *testing.T) {
	tally := newTally(t)
	for n, want := range []session.Activity{
		{},
		{Few: true},
		{Few: true},
		{Few: true},
		{Few: true},
		{Total: 5, Cells: []session.ActivityCell{{Code: "email", Count: 5}, {Code: "sante", Count: 5}}},
		{Total: 6, Cells: []session.ActivityCell{{Code: "email", Count: 6}, {Code: "sante", Count: 6}}},
	} {
		got, err := tally.Today(tuesday)
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after %d (-want +got):\n%s", n, diff)
		}
		add(t, tally, tuesday, 1, helped)
	}
	if other, err := tally.Today(monday); err != nil || other.Total != 0 || other.Few {
		t.Errorf("the day before has %+v: %v", other, err)
	}
	if info, err := os.Stat(tally.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v: %v", info.Mode(), err)
	}
}

func TestTheCountsOfAMonth(t *testing.T) {
	tally := newTally(t)
	add(t, tally, monday, 7, helped)
	add(t, tally, tuesday, 2, taught)
	add(t, tally, tuesday, 4, helped)
	r, err := tally.Month(monday)
	must(t, err)
	cell := func(code string, n int) session.ActivityCell { return session.ActivityCell{Code: code, Count: n} }
	want := activity.Report{Months: []activity.Month{{
		Month: "2026-11", Total: 13,
		Margins: []activity.Margin{
			{Name: "mode", Cells: []session.ActivityCell{cell("other", 13)}},
			{Name: "length", Cells: []session.ActivityCell{cell("other", 13)}},
			{Name: "kind", Cells: []session.ActivityCell{cell("other", 13)}},
			{Name: "theme", Cells: []session.ActivityCell{cell("other", 24)}},
			{Name: "age", Cells: []session.ActivityCell{cell("other", 13)}},
			{Name: "status", Cells: []session.ActivityCell{cell("other", 13)}},
			{Name: "day", Cells: []session.ActivityCell{cell("2026-11-23", 7), cell("2026-11-24", 6)}},
		},
	}}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	add(t, tally, tuesday, 3, taught)
	if r, err = tally.Month(monday); err != nil || !slices.Equal(r.Months[0].Margins[0].Cells, []session.ActivityCell{cell("train", 5), cell("accompany", 11)}) {
		t.Errorf("%+v: %v", r.Months[0].Margins[0], err)
	}
}

// TestNoInterventionCanBeRebuilt: of the days that are over the file has numbers alone, and the margins of a month are
// those of all its days together.
func TestNoInterventionCanBeRebuilt(t *testing.T) {
	tally := newTally(t)
	add(t, tally, monday, 1, helped)
	add(t, tally, tuesday, 1, taught)
	add(t, tally, tuesday.AddDate(0, 0, 1), 1, taught)
	lines := strings.Split(string(content(t, tally)), "\n")
	if len(lines) != 5 || strings.Contains(lines[1], "retraite") || !strings.Contains(lines[2], `"days":{"2026-11-23":1,"2026-11-24":1}`) ||
		!strings.Contains(lines[2], `"mode":{"accompany":1,"train":1}`) {
		t.Errorf("the file is\n%s", strings.Join(lines, "\n"))
	}
	for _, order := range [][]activity.Intervention{{helped, taught}, {taught, helped}} {
		other := newTally(t)
		add(t, other, tuesday, 1, order[0])
		add(t, other, tuesday, 1, order[1])
		add(t, other, tuesday, 1, helped)
		if !strings.Contains(string(content(t, other)), `"mode":{"accompany":2,"train":1}`) {
			t.Error("the file tells in which order they came")
		}
	}
}

func TestWhatIsNoInterventionIsRefused(t *testing.T) {
	tally := newTally(t)
	with := func(change func(*activity.Intervention)) activity.Intervention {
		i := helped
		change(&i)
		return i
	}
	for field, i := range map[string]activity.Intervention{
		"kind":      with(func(i *activity.Intervention) { i.Kind = "Marie" }),
		"themes[1]": with(func(i *activity.Intervention) { i.Themes = []string{"email", "CAF de Marie"} }),
		"themes[0]": with(func(i *activity.Intervention) { i.Themes = []string{""} }),
		"age":       with(func(i *activity.Intervention) { i.Age = "82" }),
		"status":    with(func(i *activity.Intervention) { i.Status = "other" }),
		"mode":      with(func(i *activity.Intervention) { i.Mode = session.Alone }),
		"length":    with(func(i *activity.Intervention) { i.Length = -time.Second }),
	} {
		err := tally.Add(tuesday, i)
		if !errors.Is(err, session.ErrForm) || !strings.Contains(err.Error(), ": "+field+":") || strings.Contains(err.Error(), "Marie") {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := tally.Add(time.Unix(0, 0), helped); err == nil || !strings.Contains(err.Error(), "clock") {
		t.Errorf("a clock that is not set: %v", err)
	}
	if _, err := os.Stat(tally.Path); !errors.Is(err, os.ErrNotExist) {
		t.Error("something was counted")
	}
	must(t, activity.Valid(session.CountOptions{}))
}

func TestWhatWasNotSaid(t *testing.T) {
	tally := newTally(t)
	add(t, tally, tuesday, 5, activity.Intervention{Mode: session.Act})
	add(t, tally, tuesday, 5, activity.Intervention{Mode: session.Act, CountOptions: session.CountOptions{
		Kind: session.NotSaid, Themes: []string{session.NotSaid}, Age: session.NotSaid, Status: session.NotSaid,
	}})
	r, err := tally.Month(tuesday)
	must(t, err)
	for _, m := range r.Months[0].Margins[2:6] {
		if len(m.Cells) != 1 || m.Cells[0] != (session.ActivityCell{Code: session.NotSaid, Count: 10}) {
			t.Errorf("%s has %v", m.Name, m.Cells)
		}
	}
	twice := newTally(t)
	add(t, twice, tuesday, 5, activity.Intervention{Mode: session.Act, CountOptions: session.CountOptions{Themes: []string{"email", session.NotSaid, "email"}}})
	if a, err := twice.Today(tuesday); err != nil || len(a.Cells) != 1 || a.Cells[0] != (session.ActivityCell{Code: "email", Count: 5}) {
		t.Errorf("a theme that is there twice: %+v, %v", a, err)
	}
}

func TestBandsOfLength(t *testing.T) {
	tally := newTally(t)
	for _, minutes := range []int{0, 29, 30, 59, 60, 119, 120, 600} {
		add(t, tally, tuesday, 3, activity.Intervention{Mode: session.Act, Length: time.Duration(minutes) * time.Minute})
	}
	r, err := tally.Month(tuesday)
	must(t, err)
	for i, c := range r.Months[0].Margins[1].Cells {
		if c.Code != activity.Lengths()[i] || c.Count != 6 {
			t.Errorf("band %d is %+v", i, c)
		}
	}
}

// TestAClockThatIsWrong puts an intervention on a wrong day, and loses none.
func TestAClockThatIsWrong(t *testing.T) {
	tally := newTally(t)
	ahead := tuesday.AddDate(0, 2, 0)
	add(t, tally, ahead, 5, helped) // the clock was ahead
	r, err := tally.Month(tuesday)
	must(t, err)
	if !r.Ahead || len(r.Months) != 0 {
		t.Errorf("a day of the future: %+v", r)
	}
	add(t, tally, tuesday, 6, helped) // and was set back
	must(t, tally.Purge(tuesday))
	if got := months(t, tally); got != "" {
		t.Errorf("a month that has not come is told: %s", got)
	}
	add(t, tally, monday, 5, helped) // further back, and forth: the margins of the day are in its month by now
	add(t, tally, tuesday, 1, helped)
	if a, err := tally.Today(tuesday); err != nil || a.Total != 7 || a.Cells != nil {
		t.Errorf("the day has %+v: %v", a, err)
	}
	if r, err = tally.Month(tuesday); err != nil || r.Months[0].Total != 12 {
		t.Errorf("the month has %+v: %v", r, err)
	}
	tally.Now = func() time.Time { return tuesday.AddDate(1, 0, 0) }
	if got := months(t, tally); got != "2026-11 12, 2027-01 5" {
		t.Errorf("in the end there is %s", got)
	}
}

// TestTwoAtOnce: the desk counts while the station purges.
func TestTwoAtOnce(t *testing.T) {
	tally := newTally(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := errors.Join(tally.Add(tuesday, helped), tally.Purge(tuesday)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if a, err := tally.Today(tuesday); err != nil || a.Total != 20 {
		t.Errorf("%+v, %v", a, err)
	}
}

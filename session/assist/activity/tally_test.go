package activity_test

import (
	"bytes"
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
	"golang.org/x/sys/unix"

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

// TestOnlyWholeMonthsThatAreOver is the rule that keeps a subtraction of two tables from telling a day.
func TestOnlyWholeMonthsThatAreOver(t *testing.T) {
	tally := newTally(t)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	for _, month := range []time.Month{8, 9, 10, 11} {
		add(t, tally, day(month, 3), int(month), helped)
	}
	add(t, tally, day(7, 3), 2, helped)
	if got := months(t, tally); got != "2026-07 few, 2026-08 8, 2026-09 9, 2026-10 10" {
		t.Errorf("everything is %s", got)
	}
	for _, c := range []struct {
		from, to time.Time
		want     error
		months   int
	}{
		{day(9, 1), day(10, 31), nil, 2},
		{day(9, 1), time.Time{}, nil, 2},
		{time.Time{}, day(8, 31), nil, 2},
		{day(9, 2), day(10, 31), activity.ErrWholeMonths, 0},
		{day(9, 1), day(10, 30), activity.ErrWholeMonths, 0},
		{day(9, 1), day(11, 30), activity.ErrNotOver, 0},
		{day(11, 1), time.Time{}, nil, 0},
		{day(9, 1), day(12, 31), activity.ErrNotOver, 0},
	} {
		r, err := tally.Between(c.from, c.to)
		if !errors.Is(err, c.want) || len(r.Months) != c.months {
			t.Errorf("%s to %s: %d months, %v", c.from, c.to, len(r.Months), err)
		}
	}
}

// TestPurge: months go whole, so that no table grows smaller day by day.
func TestPurge(t *testing.T) {
	tally := newTally(t)
	tally.Months = 2
	add(t, tally, monday.AddDate(0, -3, 0), 5, helped)
	add(t, tally, monday.AddDate(0, -2, 0), 6, helped)
	add(t, tally, monday, 7, helped)
	for _, c := range []struct {
		now  string
		want string
	}{
		{"2026-10-31", "2026-08 5, 2026-09 6"},
		{"2026-11-01", "2026-09 6"},
		{"2026-11-30", "2026-09 6"},
		{"2026-12-01", ""},
		{"2020-01-01", ""},
	} {
		now, err := time.Parse(time.DateOnly, c.now)
		must(t, err)
		must(t, tally.Purge(now))
		if got := months(t, tally); got != c.want {
			t.Errorf("on %s there is %s, want %s", c.now, got, c.want)
		}
	}
	if a, err := tally.Today(monday); err != nil || a.Total != 7 {
		t.Errorf("the newest day has %+v: %v", a, err)
	}
	must(t, tally.Purge(time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)))
	if _, err := os.Stat(tally.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file with nothing in it stays: %v", err)
	}
	must(t, tally.Purge(monday))
}

// TestPurgeLeavesTheFileAlone when there is nothing to do: no write, no wear.
func TestPurgeLeavesTheFileAlone(t *testing.T) {
	tally := newTally(t)
	add(t, tally, monday, 7, helped)
	before, err := os.Stat(tally.Path)
	must(t, err)
	must(t, tally.Purge(tuesday))
	after, err := os.Stat(tally.Path)
	must(t, err)
	if !os.SameFile(before, after) {
		t.Error("it was written again")
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

// threeMonths is a file of two months and the newest day.
func threeMonths(t testing.TB) (tally *activity.Tally, whole []byte) {
	tally = newTally(t)
	tally.Now = func() time.Time { return tuesday.AddDate(0, 1, 0) }
	add(t, tally, monday.AddDate(0, -2, 0), 5, helped)
	add(t, tally, monday.AddDate(0, -1, 0), 6, helped)
	add(t, tally, monday, 7, helped)
	return tally, content(t, tally)
}

// TestAFileThatIsCut at any byte is recognised; what stands whole before the cut counts on, the rest is put aside, and the
// next file is sound again.
func TestAFileThatIsCut(t *testing.T) {
	tally, whole := threeMonths(t)
	head, _, _ := bytes.Cut(whole, []byte("\n"))
	for at := range whole {
		must(t, os.RemoveAll(tally.Path+".aside"))
		must(t, os.WriteFile(tally.Path, whole[:at], 0o600))
		r, err := tally.Between(time.Time{}, time.Time{})
		must(t, err)
		// The newest day is the first line, then the months.
		lines := bytes.Count(whole[:at], []byte("\n"))
		if want := max(0, min(lines-1, 3)); !r.Spoilt || len(r.Months) != want {
			t.Fatalf("cut at byte %d: %d months, not %d; spoilt: %v", at, len(r.Months), want, r.Spoilt)
		}
		var told []string
		tally.Spoilt = func(aside string) { told = append(told, aside) }
		must(t, tally.Add(tuesday, helped))
		rest := whole[bytes.LastIndexByte(whole[:at], '\n')+1 : at]
		if at <= len(head) {
			rest = whole[:at]
		}
		kept, err := os.ReadFile(tally.Path + ".aside")
		if len(rest) > 0 && !bytes.Equal(kept, rest) || len(rest) == 0 && !errors.Is(err, os.ErrNotExist) {
			t.Fatalf("cut at byte %d: %q was put aside, not %q", at, kept, rest)
		}
		if len(told) != 1 || (told[0] == "") != (len(rest) == 0) {
			t.Fatalf("cut at byte %d: told %q", at, told)
		}
		must(t, tally.Add(tuesday, helped))
		if r, err = tally.Month(tuesday); err != nil || r.Spoilt || len(told) != 1 || r.Aside != (len(rest) > 0) {
			t.Fatalf("cut at byte %d: it is not sound again: %+v %v", at, r, err)
		}
	}
}

// TestAFileThatIsSpoilt at any byte never tells another number than those that were counted.
func TestAFileThatIsSpoilt(t *testing.T) {
	tally, whole := threeMonths(t)
	for at := range whole {
		for _, b := range []byte{whole[at] ^ 1, '\n', 0} {
			if b == whole[at] {
				continue
			}
			spoilt := slices.Clone(whole)
			spoilt[at] = b
			must(t, os.WriteFile(tally.Path, spoilt, 0o600))
			r, err := tally.Between(time.Time{}, time.Time{})
			if errors.Is(err, activity.ErrNewer) && at < bytes.IndexByte(whole, '\n') {
				continue
			}
			must(t, err)
			if !r.Spoilt {
				t.Fatalf("byte %d as %q is not seen", at, b)
			}
			for _, m := range r.Months {
				if want := map[string]int{"2026-09": 5, "2026-10": 6, "2026-11": 7}[m.Month]; m.Total != want {
					t.Fatalf("byte %d as %q gives %s %d", at, b, m.Month, m.Total)
				}
			}
		}
	}
}

// TestLinesThatAreThereTwice or in another file's place count once.
func TestLinesThatAreThereTwice(t *testing.T) {
	tally, whole := threeMonths(t)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	twice := bytes.Join([][]byte{lines[0], lines[1], lines[1], lines[2], lines[2], lines[3], []byte("end 5\n")}, nil)
	must(t, os.WriteFile(tally.Path, twice, 0o600))
	if got := months(t, tally); got != "2026-09 5, 2026-10 6, 2026-11 7" {
		t.Errorf("there is %s", got)
	}
	must(t, os.WriteFile(tally.Path, bytes.Join([][]byte{lines[0], lines[1], []byte("end 1\n"), lines[2]}, nil), 0o600))
	if r, err := tally.Between(time.Time{}, time.Time{}); err != nil || !r.Spoilt || len(r.Months) != 2 {
		t.Errorf("something behind the end: %+v, %v", r, err)
	}
}

// TestANewerVersionIsRefused, and not overwritten.
func TestANewerVersionIsRefused(t *testing.T) {
	tally := newTally(t)
	newer := []byte("estran-activity 2\nwhatever\n")
	must(t, os.WriteFile(tally.Path, newer, 0o600))
	_, today := tally.Today(tuesday)
	_, between := tally.Between(time.Time{}, time.Time{})
	for what, err := range map[string]error{
		"add": tally.Add(tuesday, helped), "purge": tally.Purge(tuesday.AddDate(9, 0, 0)), "today": today, "between": between,
	} {
		if !errors.Is(err, activity.ErrNewer) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if !bytes.Equal(content(t, tally), newer) {
		t.Error("it was overwritten")
	}
}

// TestAFileOfOthersIsRefused, and not followed.
func TestAFileOfOthersIsRefused(t *testing.T) {
	for what, spoil := range map[string]func(path string) error{
		"readable":  func(p string) error { return os.Chmod(p, 0o644) },
		"writable":  func(p string) error { return os.Chmod(p, 0o620) },
		"a link":    func(p string) error { return errors.Join(os.Rename(p, p+"-real"), os.Symlink(p+"-real", p)) },
		"a pipe":    func(p string) error { return errors.Join(os.Remove(p), unix.Mkfifo(p, 0o600)) },
		"a folder":  func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o700)) },
		"too large": func(p string) error { return os.Truncate(p, 1<<30) },
	} {
		t.Run(what, func(t *testing.T) {
			tally := newTally(t)
			add(t, tally, tuesday, 5, helped)
			must(t, spoil(tally.Path))
			if err := tally.Add(tuesday, helped); err == nil {
				t.Error("it was written")
			}
			if _, err := tally.Today(tuesday); err == nil {
				t.Error("it was read")
			}
			if err := tally.Purge(tuesday); err == nil {
				t.Error("it was purged")
			}
		})
	}
}

// TestAFileOfAnotherUserIsRefused needs another user to give it to.
func TestAFileOfAnotherUserIsRefused(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "needs to give a file away")
	}
	tally := newTally(t)
	add(t, tally, tuesday, 5, helped)
	must(t, os.Chown(tally.Path, 65534, 65534))
	if err := tally.Add(tuesday, helped); err == nil || !strings.Contains(err.Error(), "chown") {
		t.Errorf("it was written: %v", err)
	}
}

// TestAFullDiskKeepsTheCounts as they were, says so, and gets its room back.
func TestAFullDiskKeepsTheCounts(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "needs to mount a small disk")
	}
	tally := newTally(t)
	dir := filepath.Dir(tally.Path)
	if err := unix.Mount("disk", dir, "tmpfs", 0, "size=16k,mode=0700"); err != nil {
		sessiontest.Missing(t, "needs to mount a small disk: "+err.Error())
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	add(t, tally, monday, 5, helped)
	before := content(t, tally)
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 1<<20), 0o600); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := tally.Add(tuesday, helped); !errors.Is(err, unix.ENOSPC) {
		t.Errorf("a full disk takes it: %v", err)
	}
	if _, err := os.Stat(tally.Path + ".new"); !errors.Is(err, os.ErrNotExist) || !bytes.Equal(content(t, tally), before) {
		t.Errorf("the counts are not as they were: %v", err)
	}
	must(t, os.WriteFile(tally.Path, before[:len(before)-9], 0o600)) // a file that is cut, and no room to put its end aside
	if err := tally.Add(tuesday, helped); err == nil || !bytes.Equal(content(t, tally), before[:len(before)-9]) {
		t.Errorf("what could not be put aside is gone: %v", err)
	}
	must(t, os.WriteFile(tally.Path, before, 0o600))
	must(t, os.Remove(filler))
	add(t, tally, tuesday, 1, helped)
}

// TestWhatACrashLeftIsNoObstacle: the file that was about to take the place of the other.
func TestWhatACrashLeftIsNoObstacle(t *testing.T) {
	tally := newTally(t)
	add(t, tally, tuesday, 5, helped)
	must(t, os.WriteFile(tally.Path+".new", []byte("estran-act"), 0o600))
	add(t, tally, tuesday, 1, helped)
	if a, err := tally.Today(tuesday); err != nil || a.Total != 6 {
		t.Errorf("%+v, %v", a, err)
	}
	entries, err := os.ReadDir(filepath.Dir(tally.Path))
	if err != nil || len(entries) != 1 {
		t.Errorf("there are %v: %v", entries, err)
	}
}

func TestWhatWasPutAsideGoesWithTime(t *testing.T) {
	tally, whole := threeMonths(t)
	tally.Months = 2
	must(t, os.WriteFile(tally.Path, whole[:len(whole)-9], 0o600))
	add(t, tally, tuesday, 1, helped)
	aside := tally.Path + ".aside"
	must(t, os.Chtimes(aside, tuesday, tuesday))
	must(t, tally.Purge(tuesday.AddDate(0, 2, 0)))
	if _, err := os.Stat(aside); err != nil {
		t.Error("it went too early")
	}
	must(t, tally.Purge(tuesday.AddDate(0, 3, 0)))
	if _, err := os.Stat(aside); !errors.Is(err, os.ErrNotExist) {
		t.Error("it stays")
	}
	if files := activity.Files(); !slices.Contains(files, filepath.Base(aside)) || !slices.Contains(files, filepath.Base(tally.Path)) {
		t.Errorf("the files are %q", files)
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

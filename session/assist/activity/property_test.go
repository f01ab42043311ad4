package activity_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"estran/session"
	"estran/session/assist/activity"
)

// TestNothingSmallLeaves counts whatever agents may tap over some weeks, and looks at all that is told of it: no number
// from 1 to 4, no margin that lost or gained somebody, and the same table of a month whenever it is asked for.
func TestNothingSmallLeaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "activity")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		now := time.Date(2026, 9, 20, 9, 0, 0, 0, time.UTC)
		tally := activity.Open(dir+"/activity", 24)
		tally.Now = func() time.Time { return now }
		seen := map[string]activity.Month{}
		counted := map[string]int{}
		for range rapid.IntRange(1, 60).Draw(t, "interventions") {
			now = now.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 0, 0, 1, 3}).Draw(t, "days"))
			if err := tally.Add(now, anything(t)); err != nil {
				t.Fatal(err)
			}
			counted[now.Format("2006-01")]++
			today, err := tally.Today(now)
			if err != nil {
				t.Fatal(err)
			}
			noSmall(t, today.Total, today.Cells)
			r, err := tally.Between(time.Time{}, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range r.Months {
				wholeMonth(t, m, counted[m.Month])
				if before, told := seen[m.Month]; told {
					if diff := cmp.Diff(before, m); diff != "" {
						t.Fatalf("the table of %s changed (-before +now):\n%s", m.Month, diff)
					}
				}
				seen[m.Month] = m
			}
		}
		r, err := tally.Month(now)
		if err != nil || len(r.Months) != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
		wholeMonth(t, r.Months[0], counted[r.Months[0].Month])
	})
}

func anything(t *rapid.T) activity.Intervention {
	code := func(what string, codes []string) string {
		return rapid.SampledFrom(append([]string{""}, codes...)).Draw(t, what)
	}
	return activity.Intervention{
		Mode:   rapid.SampledFrom([]session.Mode{session.Train, session.Accompany, session.Act}).Draw(t, "mode"),
		Length: time.Duration(rapid.IntRange(0, 200).Draw(t, "minutes")) * time.Minute,
		CountOptions: session.CountOptions{
			Kind: code("kind", session.ActivityKinds()), Age: code("age", session.ActivityAges()[:3]),
			Status: code("status", session.ActivityStatuses()),
			Themes: rapid.SliceOfN(rapid.SampledFrom(session.ActivityThemes()[:4]), 0, 5).Draw(t, "themes"),
		},
	}
}

func noSmall(t *rapid.T, total int, cells []session.ActivityCell) {
	if total > 0 && total < session.FewPeople {
		t.Fatalf("a total of %d is told", total)
	}
	for _, c := range cells {
		if c.Count < session.FewPeople {
			t.Fatalf("%+v is told", c)
		}
	}
}

func wholeMonth(t *rapid.T, m activity.Month, counted int) {
	noSmall(t, m.Total, nil)
	if m.Few != (counted < session.FewPeople) || m.Few && (m.Total != 0 || m.Margins != nil) || !m.Few && m.Total != counted {
		t.Fatalf("of %d, %+v is told", counted, m)
	}
	for _, margin := range m.Margins {
		noSmall(t, m.Total, margin.Cells)
		sum := 0
		for _, c := range margin.Cells {
			sum += c.Count
		}
		if sum != m.Total && margin.Name != activity.MarginTheme || sum < m.Total {
			t.Fatalf("%s of %s has %d, of %d", margin.Name, m.Month, sum, m.Total)
		}
	}
}

package activity

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"estran/session"
)

// asTold is a table as somebody outside gets it.
func asTold(total int, list []session.ActivityCell) string {
	text := fmt.Sprint("total ", total)
	for _, c := range list {
		text += fmt.Sprintf(" %s=%d", c.Code, c.Count)
	}
	return text
}

func letters(n int) []string { return strings.Split("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"[:n], "") }

func counters(codes []string, values []int) map[string]int {
	m := map[string]int{}
	for i, v := range values {
		if v > 0 {
			m[codes[i]] = v
		}
	}
	return m
}

// vectors calls f with every list of so many numbers from 0 to most.
func vectors(n, most int, f func([]int)) {
	v := make([]int, n)
	var next func(int)
	next = func(i int) {
		if i == n {
			f(v)
			return
		}
		for v[i] = 0; v[i] <= most; v[i]++ {
			next(i + 1)
		}
	}
	next(0)
}

// attack collects, for every table that can be told, what each cell may have been. Whoever reads one table, and knows the
// program, knows no more than that.
type attack map[string][]map[int]bool

func (a attack) see(table string, values []int) {
	if a[table] == nil {
		a[table] = make([]map[int]bool, len(values))
		for i := range values {
			a[table][i] = map[int]bool{}
		}
	}
	for i, v := range values {
		a[table][i][v] = true
	}
}

func (a attack) check(t *testing.T) {
	t.Helper()
	for table, perCell := range a {
		for i, possible := range perCell {
			for v := range possible {
				if len(possible) == 1 && v > 0 && v < session.FewPeople {
					t.Errorf("%s tells that cell %d is %d", table, i, v)
				}
			}
		}
	}
	if len(a) < 10 {
		t.Errorf("only %d tables were told", len(a))
	}
}

// TestWhatIsMergedCannotBeToldApart goes through every margin up to a total, with the eyes of who knows the rule.
func TestWhatIsMergedCannotBeToldApart(t *testing.T) {
	for cellsOfMargin, largest := range map[int]int{2: 40, 3: 30, 4: 22, 5: 14} {
		codes, a := letters(cellsOfMargin), attack{}
		vectors(cellsOfMargin, largest, func(v []int) {
			total := 0
			for _, n := range v {
				total += n
			}
			// A larger total has margins that are not gone through here.
			if total >= session.FewPeople && total <= largest {
				a.see(asTold(total, told(counters(codes, v), codes)), v)
			}
		})
		a.check(t)
	}
}

// TestThemesCannotBeToldApart: an intervention may have several themes, and none more often than there were interventions.
func TestThemesCannotBeToldApart(t *testing.T) {
	const cellsOfMargin = 4
	codes, a := letters(cellsOfMargin), attack{}
	for total := session.FewPeople; total <= 9; total++ {
		vectors(cellsOfMargin, total, func(v []int) {
			themes := 0
			for _, n := range v {
				themes += n
			}
			if themes >= total {
				a.see(asTold(total, told(counters(codes, v), codes)), v)
			}
		})
	}
	a.check(t)
}

// TestAllAlikeIsAmbiguousInEveryMargin: the only margin that an exchange of cells does not hide is one that is merged
// whole, four in each cell. For each number of cells that there is, another one looks the same.
func TestAllAlikeIsAmbiguousInEveryMargin(t *testing.T) {
	sizes := map[int]bool{28: true, 29: true, 30: true, 31: true}
	for _, m := range Margins() {
		sizes[len(Codes(m))] = true
	}
	for day := 2; day < 28; day++ { // a month that goes on
		sizes[day] = true
	}
	for n := range sizes {
		codes, values := letters(n), make([]int, n)
		for i := range values {
			values[i] = session.FewPeople - 1
		}
		want := asTold(4*n, told(counters(codes, values), codes))
		if !anotherLooksLike(want, 4*n, codes) {
			t.Errorf("with %d cells, %s tells all of them", n, want)
		}
	}
}

// anotherLooksLike searches among margins of a few small cells and otherwise equal large ones.
func anotherLooksLike(want string, total int, codes []string) bool {
	for small := 1; small < len(codes); small++ {
		for rest := 1; rest < session.FewPeople; rest++ {
			large := (total - rest) / (len(codes) - small)
			if large < session.FewPeople || large*(len(codes)-small)+rest != total {
				continue
			}
			values := make([]int, len(codes))
			values[0] = rest
			for i := small; i < len(codes); i++ {
				values[i] = large
			}
			if asTold(total, told(counters(codes, values), codes)) == want {
				return true
			}
		}
	}
	return false
}

// TestNoSmallNumberIsTold on the margins there are: no number of 1 to 4 stands there, nothing is lost, and for each small
// cell there is another margin that would be told in the same words.
func TestNoSmallNumberIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := Codes(rapid.SampledFrom(Margins()).Draw(t, "margin"))
		size := rapid.SampledFrom([]int{1, 4, 5, 6, 30, 1000}).Draw(t, "size")
		c := map[string]int{}
		for _, code := range codes {
			if n := rapid.IntRange(0, size).Draw(t, code); n > 0 {
				c[code] = n
			}
		}
		total := sum(c)
		if total < session.FewPeople {
			t.Skip("nothing is told of so few")
		}
		list := told(c, codes)
		shown, seen := 0, map[string]bool{}
		for _, cell := range list {
			shown += cell.Count
			seen[cell.Code] = true
			if cell.Count < session.FewPeople {
				t.Fatalf("%v of %v tells a small number", list, c)
			}
			if cell.Code != Other && cell.Count != c[cell.Code] {
				t.Fatalf("%v of %v is not what was counted", list, c)
			}
		}
		if shown != total {
			t.Fatalf("%v of %v does not add up", list, c)
		}
		for _, code := range codes {
			if n := c[code]; n > 0 && n < session.FewPeople && !couldBeAnother(c, codes, code, seen) {
				t.Fatalf("%v of %v tells that %s is %d", list, c, code, n)
			}
		}
	})
}

// couldBeAnother looks for a margin that is told in the same words, in which a merged cell is another number.
func couldBeAnother(c map[string]int, codes []string, cell string, seen map[string]bool) bool {
	want := asTold(0, told(c, codes))
	try := func(other map[string]int) bool { return asTold(0, told(other, codes)) == want }
	for _, code := range codes {
		if seen[code] || code == cell {
			continue
		}
		exchanged, moved := map[string]int{}, map[string]int{}
		for k, v := range c {
			exchanged[k], moved[k] = v, v
		}
		exchanged[cell], exchanged[code] = c[code], c[cell]
		moved[cell], moved[code] = c[cell]-1, c[code]+1
		if exchanged[cell] != c[cell] && try(exchanged) || try(moved) {
			return true
		}
	}
	return anotherLooksLike(asTold(sum(c), told(c, codes)), sum(c), codes)
}

func TestWhatIsTold(t *testing.T) {
	codes := letters(3)
	for _, c := range []struct {
		why    string
		values []int
		want   string
	}{
		{"nothing is small", []int{7, 5, 0}, "total 12 a=7 b=5"},
		{"two small cells are large enough together", []int{9, 2, 3}, "total 14 a=9 other=5"},
		{"one small cell takes the next larger one along", []int{9, 6, 3}, "total 18 a=9 other=9"},
		{"and all that are as large", []int{6, 6, 3}, "total 15 other=15"},
		{"two of four would be told by dividing", []int{9, 4, 4}, "total 17 other=17"},
		{"three of four too", []int{4, 4, 4}, "total 12 other=12"},
		{"two are not enough", []int{1, 1, 20}, "total 22 other=22"},
		{"a nought is nobody", []int{20, 0, 0}, "total 20 a=20"},
	} {
		total := c.values[0] + c.values[1] + c.values[2]
		if got := asTold(total, told(counters(codes, c.values), codes)); got != c.want {
			t.Errorf("%s: %v is told as %s, want %s", c.why, c.values, got, c.want)
		}
	}
}

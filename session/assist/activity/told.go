package activity

import (
	"estran/session"
)

// told is what may be told of a margin: cells of FewPeople or more, in the order of codes, then Other, the sum of the codes
// that are not there. Where nothing was merged there is no Other, and what is not there is nought.
//
// All cells under FewPeople are merged. Where their sum is small itself, or where they are all alike, so that the sum
// divided by their number would tell each, the next larger cell is merged too, with all that are as large as it; and so on.
//
// Why nothing small can be worked out, even by who knows this rule and the total: the rule looks at how large a cell is and
// never at its code, so whoever exchanges two merged cells gets the same table. Merged cells that are not all alike thus
// could each be another one of them. All can be alike at the end only where the whole margin is merged; then there is
// always another margin with that total that is merged whole (TestWhatIsMergedCannotBeToldApart tries all of them).
func told(counters map[string]int, codes []string) []session.ActivityCell {
	limit := session.FewPeople
	for {
		merged, alike, next := under(limit, counters, codes)
		if merged == 0 || next == 0 || merged >= session.FewPeople && !alike {
			return cells(limit, merged, counters, codes)
		}
		limit = next + 1
	}
}

// under looks at the cells below a limit: their sum, whether they are all alike, and the smallest that is not below it, 0
// for none.
func under(limit int, counters map[string]int, codes []string) (merged int, alike bool, next int) {
	first := -1
	alike = true
	for _, code := range codes {
		switch n := counters[code]; {
		case n < limit:
			merged += n
			alike = alike && (first < 0 || n == first)
			first = n
		case next == 0 || n < next:
			next = n
		}
	}
	return merged, alike, next
}

func cells(limit, merged int, counters map[string]int, codes []string) []session.ActivityCell {
	var list []session.ActivityCell
	for _, code := range codes {
		if n := counters[code]; n >= limit {
			list = append(list, session.ActivityCell{Code: code, Count: n})
		}
	}
	if merged > 0 {
		list = append(list, session.ActivityCell{Code: Other, Count: merged})
	}
	return list
}

package assets

import "strings"

// Receipt is the words of a receipt in one language: what was wiped and looked for again, and what is out of our hands.
// The screen, the paper and the phone take theirs from here, so that they say the same.
//
// It has no name, no time and no place, on purpose. A person who fears somebody at home may carry this paper: found, it
// must not tell when they were out, nor where. It proves nothing to anybody, so that nothing is lost by it.
type Receipt struct {
	Title, Lead string
	Done        []string // a sentence for each step
	LimitsTitle string
	Limits      []string // a sentence for each limit

	short string
}

// unsaid is the step that is the station's own book-keeping, and no news to whoever leaves.
const unsaid = "record"

// ReceiptIn gives the words for the ids of steps that were verified, and of limits (session.Receipt). An id that has no
// words here, of a newer station, is left out.
func ReceiptIn(lang string, steps, limits []string) Receipt {
	t := In(lang)
	r := Receipt{Title: t.T("wiped.title"), Lead: t.T("wiped.lead"), LimitsTitle: t.T("wiped.limits")}
	for _, id := range steps {
		if key := "step." + id + ".done"; id != unsaid && t.Has(key) {
			r.Done = append(r.Done, t.T(key))
		}
	}
	var names []string
	for _, id := range limits {
		if key := "limit." + id; t.Has(key) {
			r.Limits = append(r.Limits, t.T(key))
		}
		if key := "limit_short." + id; t.Has(key) {
			names = append(names, t.T(key))
		}
	}
	r.short = t.T("receipt.short")
	if len(names) > 0 {
		r.short += "\n" + t.T("receipt.short_limits", strings.Join(names, ", "))
	}
	return r
}

// Text is the whole receipt as plain text, for a phone: a line each, and nothing that a phone could take for an address.
func (r Receipt) Text() string {
	lines := []string{r.Title, r.Lead}
	for _, l := range r.Done {
		lines = append(lines, "- "+l)
	}
	if len(r.Limits) > 0 {
		lines = append(lines, r.LimitsTitle)
	}
	for _, l := range r.Limits {
		lines = append(lines, "- "+l)
	}
	return untypeset(strings.Join(lines, "\n"))
}

// Short says the same in two sentences, where a code of the whole text finds no room.
func (r Receipt) Short() string { return untypeset(r.short) }

package mandate

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"estran/session"
)

// Problem is one thing that keeps a mandate from being signed. Field is the field of Mandate in lower case, Index which
// one of it, or -1; "mandate.problem." and Code is the text that says what to do.
type Problem struct {
	Field string
	Index int
	Code  string
}

// ProblemCodes lists every code that Check and Host give: each has a text.
func ProblemCodes() []string {
	return []string{
		"person_missing", "agent_missing", "text_long", "text_signs", "explained_missing",
		"protection_unasked", "protection_stop", "formalities_missing", "formalities_many", "formality_unknown",
		"detail_missing", "sites_missing", "sites_many", string(ErrHostForm), string(ErrHostNumber), string(ErrHostLocal),
		string(ErrHostWide), "keep_unknown", "from_missing", "until_missing", "until_past", "until_before", "until_long",
	}
}

// Check says what keeps the mandate from being signed today, in the order of the wizard; nil when nothing does. What may
// stay empty, so as to be written by hand, is Function, Structure, Address, Contact and Place.
func (m Mandate) Check(today time.Time) []Problem {
	var found problems
	found.name("person", m.Person, "person_missing")
	found.name("agent", m.Agent, "agent_missing")
	for _, f := range []struct{ field, text string }{
		{"function", m.Function},
		{"structure", m.Structure},
		{"address", m.Address},
		{"contact", m.Contact},
		{"place", m.Place.Reveal()},
	} {
		found.text(f.field, -1, f.text, MaxName)
	}
	for i, e := range Explanations() {
		if !m.Explained[e] {
			found.add("explained", i, "explained_missing")
		}
	}
	switch {
	case m.Protection == ProtectionUnasked:
		found.add("protection", -1, "protection_unasked")
	case m.Protection.Stop():
		found.add("protection", -1, "protection_stop")
	}
	found.formalities(m.Formalities)
	found.sites(m.Sites)
	if !slices.Contains(Keeps(), m.Keep) {
		found.add("keep", -1, "keep_unknown")
	}
	found.dates(day(m.From), day(m.Until), day(today))
	return found
}

type problems []Problem

func (p *problems) add(field string, index int, code string) {
	*p = append(*p, Problem{field, index, code})
}

func (p *problems) name(field string, name session.Private, missing string) {
	if blank(name) {
		p.add(field, -1, missing)
		return
	}
	p.text(field, -1, name.Reveal(), MaxName)
}

// text refuses what would take the room of something else on the sheet, or change how the rest of it reads: control
// characters, and those that turn the direction of writing around.
func (p *problems) text(field string, index int, text string, most int) {
	switch {
	case utf8.RuneCountInString(text) > most:
		p.add(field, index, "text_long")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, hidden):
		p.add(field, index, "text_signs")
	}
}

func (p *problems) formalities(list []Formality) {
	switch {
	case len(list) == 0:
		p.add("formalities", -1, "formalities_missing")
	case len(list) > MaxFormalities:
		p.add("formalities", -1, "formalities_many")
	}
	for i, f := range list {
		switch {
		case !slices.Contains(FormalityKinds(), f.Kind):
			p.add("formalities", i, "formality_unknown")
		case f.Kind != FormalityMailbox && blank(f.Detail):
			p.add("formalities", i, "detail_missing")
		default:
			p.text("formalities", i, f.Detail.Reveal(), MaxDetail)
		}
	}
}

// sites wants at least one: in a session under a mandate the browser opens these, and nothing else.
func (p *problems) sites(list []session.Private) {
	switch {
	case len(list) == 0:
		p.add("sites", -1, "sites_missing")
	case len(list) > session.MaxActSites:
		p.add("sites", -1, "sites_many")
	}
	for i, s := range list {
		name, err := host(s.Reveal())
		switch {
		case err != "":
			p.add("sites", i, string(err))
		case len(name) > MaxSite:
			p.add("sites", i, "text_long")
		}
	}
}

// dates bounds how long the mandate holds: it has an end, and that is within a year.
func (p *problems) dates(from, until, today time.Time) {
	switch {
	case from.IsZero():
		p.add("from", -1, "from_missing")
	case until.IsZero():
		p.add("until", -1, "until_missing")
	case until.Before(from):
		p.add("until", -1, "until_before")
	case until.Before(today):
		p.add("until", -1, "until_past")
	case until.After(from.AddDate(MaxYears, 0, 0)):
		p.add("until", -1, "until_long")
	}
}

// day is the day of a time where it was taken, without its hour; the zero time stays what it is.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func blank(text session.Private) bool { return strings.TrimSpace(text.Reveal()) == "" }

// hidden is what is not seen on paper: all that is not graphic, but for the joiners that Persian and Indian words need,
// and the two hints of direction that keyboards for right-to-left scripts type.
func hidden(r rune) bool {
	if strings.ContainsRune("\u200c\u200d\u200e\u200f\ufe0f", r) {
		return false
	}
	return unicode.Is(unicode.Bidi_Control, r) || !unicode.IsGraphic(r)
}

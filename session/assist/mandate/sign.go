package mandate

import (
	"strings"
	"unicode/utf8"

	"estran/session/paper/tagged"
)

// signatures is the place, the day, and two boxes. The day is written by hand: it is the one on which it is signed.
func (f full) signatures() {
	f.Gap(2)
	f.running(f.Sheet, "full.sign")
	place := f.value(func(m *Mandate) string { return strings.TrimSpace(m.Place.Reveal()) })
	if place == "" {
		f.WriteSeveral(f.t("full.place"), f.t("full.date"))
	} else {
		f.Write(f.t("full.place_known", place))
	}
	f.Gap(1.5)
	person := []string{f.t("full.sign_person")}
	agent := []string{f.t("full.sign_agent")}
	if f.m != nil && short(f.m.Person.Reveal()) && short(f.m.Agent.Reveal()) {
		person = append(person, f.m.Person.Reveal())
		agent = append(agent, f.m.Agent.Reveal())
	}
	f.Boxes(signHeight, person, agent)
}

// coupon ends the mandate. It is cut off and handed in; the names and the day are on it, so that it needs nothing
// else.
func (f full) coupon() {
	f.Gap(2)
	f.Cut()
	f.H2(f.t("full.coupon_title"))
	if f.m == nil {
		f.WriteSeveral(f.t("full.coupon_name"), f.t("full.coupon_agent"))
		f.WriteSeveral(f.t("full.coupon_blank"), f.t("full.coupon_to_blank"))
		f.WriteSeveral(f.t("full.date"), f.t("full.coupon_sign"))
		return
	}
	f.P(tagged.T(f.t("full.coupon", f.day(f.m.From))))
	f.field(f.Sheet, "full.coupon_name", f.m.Person.Reveal())
	f.field(f.Sheet, "full.coupon_agent", f.m.Agent.Reveal())
	to := f.value(func(m *Mandate) string { return join(m.Structure, m.Address) })
	if !short(to) {
		to = f.m.Structure
	}
	if to != "" {
		f.P(tagged.T(f.t("full.coupon_to", to)))
	} else {
		f.Write(f.t("full.coupon_to_blank"))
	}
	f.WriteSeveral(f.t("full.date"), f.t("full.coupon_sign"))
}

// short says that a text takes a line or two. Longer ones are said once, in the first part of the mandate.
func short(text string) bool { return utf8.RuneCountInString(text) <= 120 }

// join puts what there is of some texts after each other.
func join(texts ...string) string {
	var all []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, ", ")
}

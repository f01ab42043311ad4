package mandate

import (
	"errors"
	"io"
	"strings"

	"estran/session/paper/tagged"
)

// The signs of lists.
const (
	bullet = "•"
	empty  = "☐"
	ticked = "☑"
)

// signHeight is the least room for a signature, in millimetres. A box is wider than 60.
const signHeight = 22

// couponRoom is what the coupon takes at the bottom of the last page; the back of it is left free, since it is cut off.
// The one to fill in by hand is the shorter one.
const (
	couponRoom      = 52
	blankCouponRoom = 42
)

// full writes the text that is signed.
type full struct {
	words
	*tagged.Sheet
	m        *Mandate // nil for a blank one
	courtesy bool     // a translation, on which nothing is signed
	whole    bool     // no section begins on one side and ends on the other
}

// section writes one of the numbered parts.
func (f full) section(title string, do func()) {
	all := func() {
		f.H2(f.t(title))
		do()
	}
	if f.whole {
		f.Together(all)
		return
	}
	all()
}

func setFull(to io.Writer, m *Mandate, w words, courtesy bool) error {
	title := w.t("full.title")
	if courtesy {
		title = w.t("courtesy.title")
	}
	whole := true
	write := func(s *tagged.Sheet) {
		f := full{w, s, m, courtesy, whole}
		f.H1(title)
		if courtesy {
			f.running(s, "courtesy.notice")
		}
		f.P(tagged.T(f.t("full.law")))
		f.parties()
		f.scope()
		f.consent()
		f.duties()
		f.rights()
		if !courtesy {
			s.Together(f.signatures)
			s.AtBottom(f.coupon)
		}
	}
	if !courtesy {
		room := float64(couponRoom)
		if m == nil {
			room = blankCouponRoom
		}
		sizes := []setting{{10.5, 1.3, 2}, {10.5, 1.22, 2}, {10, 1.22, 2}, {9.5, 1.2, 2}, {9, 1.2, 2}}
		if err := w.set(to, title, 15, room, sizes, write); !errors.Is(err, errTooLong) {
			return err
		}
	}
	whole = courtesy
	// Long names: what is cut off takes some lines of the first side with it, rather than that all is too small to read.
	return w.set(to, title, 12, 0, []setting{{10, 1.25, 2}, {9.5, 1.22, 2}, {9, 1.2, 2}, {8.5, 1.2, 2}, {8, 1.16, 2}, {7.5, 1.16, 2}, {7, 1.15, 2}, {6.5, 1.15, 2}, {6, 1.15, 2}}, write)
}

// value is a text of the mandate, nothing for a blank one.
func (f full) value(of func(m *Mandate) string) string {
	if f.m == nil {
		return ""
	}
	return of(f.m)
}

func (f full) parties() {
	f.section("full.parties_title", func() {
		named := f.named
		if f.courtesy {
			named = f.field // nothing is written on it
		}
		named(f.Sheet, "full.person", f.value(func(m *Mandate) string { return m.Person.Reveal() }))
		named(f.Sheet, "full.agent", f.value(func(m *Mandate) string { return m.Agent.Reveal() }))
		if f.m == nil {
			f.WriteSeveral(f.t("full.function"), f.t("full.structure"))
			f.Write(f.t("full.address"))
		} else {
			f.field(f.Sheet, "full.function", f.m.Function)
			f.field(f.Sheet, "full.structure", f.m.Structure)
			f.field(f.Sheet, "full.address", f.m.Address)
		}
		f.Gap(1)
		f.running(f.Sheet, "full.parties")
	})
}

// scope is what may be done, where and until when.
func (f full) scope() {
	f.section("full.formalities_title", func() {
		f.P(tagged.T(f.t("full.formalities")))
		f.formalities()
		f.running(f.Sheet, "full.beyond")
	})
	f.section("full.sites_title", f.openedSites)
	f.section("full.duration_title", func() {
		f.duration()
		f.running(f.Sheet, "full.sooner")
	})
}

func (f full) formalities() {
	if f.m == nil {
		f.List(tagged.Item{Label: empty, Spans: []tagged.Span{tagged.T(f.t("formality.mailbox"))}})
		f.WriteList(empty, f.blankFormalities()...)
		return
	}
	f.points(f.Sheet, bullet, f.listed(f.m)...)
}

func (f full) openedSites() {
	if f.m == nil {
		f.P(tagged.T(f.t("full.sites") + " " + f.t("full.sites_blank")))
		f.WriteSeveral("", "")
		f.WriteSeveral("", "")
		return
	}
	f.P(tagged.T(f.t("full.sites")+" "), tagged.B(strings.Join(f.sites(f.m), ", ")))
}

func (f full) duration() {
	switch {
	case f.m == nil:
		f.WriteSeveral(f.t("full.from_blank"), f.t("full.until_blank"))
	case day(f.m.From).Equal(day(f.m.Until)):
		f.P(tagged.T(f.t("full.one_day", f.day(f.m.From))))
	default:
		f.P(tagged.T(f.t("full.from", f.day(f.m.From)) + " " + f.t("full.until", f.day(f.m.Until))))
	}
}

// consent is what makes it valid.
func (f full) consent() {
	f.section("full.explained_title", func() {
		f.P(tagged.T(f.t("full.explained")))
		var said []string
		for _, e := range Explanations() {
			said = append(said, f.t("explain."+string(e)))
		}
		sign := ticked // a mandate of which one was not given is not printed
		if f.m == nil {
			sign = empty
		}
		f.points(f.Sheet, sign, said...)
		f.P(tagged.T(f.t("full.agreed")))
	})
	f.section("full.protection_title", func() { f.running(f.Sheet, "full.protection") })
}

func (f full) duties() {
	f.section("full.agent_duties_title", func() {
		f.points(f.Sheet, bullet, f.Lines("mandate.full.agent_duties")...)
		f.running(f.Sheet, "full.agent_answers")
	})
	f.section("full.person_duties_title", func() { f.running(f.Sheet, "full.person_duties") })
	f.section("full.secrecy_title", func() {
		f.running(f.Sheet, "full.secrecy")
		f.kept()
	})
	f.section("full.mail_title", f.mail)
}

func (f full) mail() {
	switch {
	case f.m == nil:
		f.P(tagged.T(f.t("full.redirect_blank")))
		f.points(f.Sheet, empty, f.t("full.redirect_blank_no"), f.t("full.redirect_blank_yes"))
	case f.m.Redirect:
		f.running(f.Sheet, "full.redirect_yes")
	default:
		f.running(f.Sheet, "full.redirect_no")
	}
}

// kept says where identifiers are kept. Wherever that is, they are never on this computer, and not longer than the mandate.
func (f full) kept() {
	said := []string{f.t("full.never_here")}
	if f.m == nil {
		f.P(tagged.T(f.t("full.keep_blank")))
		var places []string
		for _, k := range Keeps() {
			places = append(places, f.t("keep_blank."+f.keep(k)))
		}
		f.points(f.Sheet, empty, places...)
	} else {
		said = append([]string{f.t("keep." + f.keep(f.m.Keep))}, said...)
	}
	if f.m == nil || f.m.Keep == KeepSafe || f.m.Keep == KeepEnvelope {
		said = append(said, f.t("full.given_back"))
	}
	f.P(tagged.T(strings.Join(said, " ")))
}

func (f full) rights() {
	f.section("full.end_title", func() { f.running(f.Sheet, "full.end") })
	f.section("full.data_title", func() {
		f.running(f.Sheet, "full.data")
		f.field(f.Sheet, "full.contact", f.value(func(m *Mandate) string { return m.Contact }))
		f.running(f.Sheet, "full.complaint")
		// How long is told too (règlement UE 2016/679, article 13, 2, a).
		f.field(f.Sheet, "full.copy", f.value((*Mandate).copyYears))
	})
}

package mandate

import (
	"io"
	"strings"

	"estran/session/paper/tagged"
)

// setPlain writes « Mon accord »: the same scope, the same days, how to stop. 14 points, one sentence a line ("Information
// for all", Inclusion Europe, 2009), smaller only when long names would take a third side.
func setPlain(to io.Writer, m *Mandate, w words) error {
	return w.set(to, w.t("plain.title"), 16, 0, large(), func(s *tagged.Sheet) {
		p := plain{w, s, m}
		p.H1(p.t("plain.title"))
		p.Small(tagged.T(p.t("paper.plain_language")))
		p.people()
		p.scope()
		p.promises()
		p.stop()
	})
}

type plain struct {
	words
	*tagged.Sheet
	m *Mandate
}

func (p plain) people() {
	p.H2(p.t("plain.why_title"))
	if p.m == nil {
		p.Write(p.t("plain.name_blank"))
		p.Write(p.t("plain.agent_blank"))
		p.Write(p.t("plain.structure"))
	} else {
		p.name("plain.name", p.m.Person.Reveal())
		p.name("plain.agent", p.m.Agent.Reveal())
		p.field(p.Sheet, "plain.structure", p.m.Structure)
	}
	p.paragraphs(p.Sheet, "plain.why")
}

func (p plain) name(key, name string) {
	p.P(tagged.T(p.t(key)+" "), tagged.B(strings.TrimSpace(name)), tagged.T("."))
	p.byHand(p.Sheet, name)
}

func (p plain) scope() {
	p.H2(p.t("plain.may_title"))
	if p.m == nil {
		p.List(tagged.Item{Label: empty, Spans: []tagged.Span{tagged.T(p.t("formality.mailbox"))}})
		p.WriteList(empty, p.blankFormalities()...)
	} else {
		p.points(p.Sheet, bullet, p.listed(p.m)...)
	}
	p.P(tagged.T(p.t("plain.only")))
	p.H2(p.t("plain.sites_title"))
	if p.m == nil {
		p.WriteList(bullet, "", "")
	} else {
		p.points(p.Sheet, bullet, p.sites(p.m)...)
	}
	p.H2(p.t("plain.when_title"))
	switch {
	case p.m == nil:
		p.Write(p.t("plain.from_blank"))
		p.Write(p.t("plain.until_blank"))
	case day(p.m.From).Equal(day(p.m.Until)):
		p.P(tagged.T(p.t("plain.one_day", p.day(p.m.From))))
	default:
		p.P(tagged.T(p.t("plain.from", p.day(p.m.From))))
		p.P(tagged.T(p.t("plain.until", p.day(p.m.Until))))
	}
}

func (p plain) promises() {
	p.H2(p.t("plain.rights_title"))
	p.paragraphs(p.Sheet, "plain.rights")
	switch {
	case p.m == nil:
		p.Write(p.t("plain.contact"))
	case strings.TrimSpace(p.m.Contact) == "":
		p.P(tagged.T(p.t("plain.no_contact")))
	default:
		p.P(tagged.T(p.t("plain.contact")+" "), tagged.B(p.m.Contact))
	}
	if p.m == nil {
		p.Write(p.t("plain.keep_blank"))
		p.Together(func() {
			p.P(tagged.T(p.t("plain.redirect_blank")))
			p.points(p.Sheet, empty, p.t("plain.no"), p.t("plain.yes"))
		})
		return
	}
	p.P(tagged.T(p.t("plain.keep_" + p.keep(p.m.Keep))))
	if p.m.Redirect {
		p.P(tagged.T(p.t("plain.redirect")))
	}
}

func (p plain) stop() {
	p.H2(p.t("plain.stop_title"))
	p.paragraphs(p.Sheet, "plain.stop")
	p.H2(p.t("plain.mine_title"))
	p.paragraphs(p.Sheet, "plain.mine")
}

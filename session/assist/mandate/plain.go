package mandate

import (
	"errors"
	"io"
	"strings"

	"estran/session/paper/tagged"
)

// setPlain writes « Mon accord »: the same scope, the same days, how to stop. 14 points, one sentence a line ("Information
// for all", Inclusion Europe, 2009), smaller only when long names would take a third side.
func setPlain(to io.Writer, m *Mandate, w words) error {
	whole := true
	write := func(s *tagged.Sheet) {
		p := plain{w, s, m, whole}
		p.H1(p.t("plain.title"))
		p.Small(tagged.T(p.t("paper.plain_language")))
		p.section(p.people)
		p.section(p.may)
		p.section(p.where)
		p.section(p.when)
		p.section(p.promises)
		p.section(p.stop)
		p.section(p.mine)
	}
	if err := w.set(to, w.t("plain.title"), 16, 0, large()[:4], write); !errors.Is(err, errTooLong) {
		return err
	}
	whole = false
	return w.set(to, w.t("plain.title"), 16, 0, large(), write)
}

type plain struct {
	words
	*tagged.Sheet
	m     *Mandate
	whole bool // no section begins on one side and ends on the other
}

// section writes a part with its title.
func (p plain) section(do func()) {
	if p.whole {
		p.Together(do)
		return
	}
	do()
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

func (p plain) may() {
	p.H2(p.t("plain.may_title"))
	if p.m == nil {
		p.List(tagged.Item{Label: empty, Spans: []tagged.Span{tagged.T(p.t("formality.mailbox"))}})
		p.WriteList(empty, p.blankFormalities()...)
	} else {
		p.points(p.Sheet, bullet, p.listed(p.m)...)
	}
	p.P(tagged.T(p.t("plain.only")))
}

func (p plain) where() {
	p.H2(p.t("plain.sites_title"))
	if p.m == nil {
		p.WriteList(bullet, "", "")
	} else {
		p.points(p.Sheet, bullet, p.sites(p.m)...)
	}
}

func (p plain) when() {
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
		p.Together(p.keptBlank)
		p.Together(func() {
			p.P(tagged.T(p.t("plain.redirect_blank")))
			p.points(p.Sheet, empty, p.t("plain.no"), p.t("plain.yes"))
		})
		return
	}
	p.paragraphs(p.Sheet, "plain.keep_"+p.keep(p.m.Keep))
	if p.m.Redirect {
		p.paragraphs(p.Sheet, "plain.redirect")
	}
}

// keptBlank has boxes and no line: on a line after « mes mots de passe », somebody would write a password.
func (p plain) keptBlank() {
	p.P(tagged.T(p.t("plain.keep_blank")))
	var places []string
	for _, k := range Keeps() {
		places = append(places, p.t("plain.keep_blank_"+p.keep(k)))
	}
	p.points(p.Sheet, empty, places...)
}

func (p plain) stop() {
	p.H2(p.t("plain.stop_title"))
	p.paragraphs(p.Sheet, "plain.stop")
}

func (p plain) mine() {
	p.H2(p.t("plain.mine_title"))
	p.paragraphs(p.Sheet, "plain.mine")
}

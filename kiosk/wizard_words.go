package kiosk

import (
	"estran/session"
	"estran/session/assist/mandate"
)

// mandateWords draws the whole mandate in words, as it will be read before it is signed.
func (p *page) mandateWords(d *draft) {
	m := d.mandate(p.world)
	say := func(key string, args ...any) { p.say(inkText, p.t("wizard.words."+key, args...)) }
	name := func(t session.Private) string { return p.written(t.Printable()) }

	say("parties", name(m.Person), name(m.Agent))
	say("agent", p.written(session.Private(m.Function).Printable()), p.written(session.Private(m.Structure).Printable()))
	p.gap(1)
	p.heading(p.t("wizard.words.formalities"))
	for _, f := range m.Formalities {
		p.point(0, p.wide, inkSand, "•", inkText, p.formality(f))
	}
	p.gap(1)
	p.heading(p.t("wizard.words.sites"))
	for _, site := range m.Sites {
		p.point(0, p.wide, inkSand, "•", inkText, site.Printable())
	}
	p.gap(1)
	p.heading(p.t("wizard.words.rules"))
	p.point(0, p.wide, inkSand, "•", inkText, p.period(m))
	p.point(0, p.wide, inkSand, "•", inkText, p.t("wizard.words.mail_"+yesNo(m.Redirect)))
	p.point(0, p.wide, inkSand, "•", inkText, p.t("wizard.words.keep."+keepID(m.Keep)))
	p.point(0, p.wide, inkSand, "•", inkText, p.t("wizard.words.protection"))
	p.gap(1)
	p.heading(p.t("wizard.words.explained"))
	for _, e := range mandate.Explanations() {
		p.point(0, p.wide, inkGood, "✓", inkText, p.t("wizard.explain."+string(e)))
	}
	p.gap(1)
	say("stop")
	say("place", name(m.Place), p.day(m.From))
	p.say(inkSoft, p.t("wizard.words.sheet"))
}

// written is what was typed, or what says that it is written by hand.
func (w *world) written(text string) string {
	if text == "" {
		return w.t("wizard.words.by_hand")
	}
	return text
}

// formality says a thing to do in one line.
func (w *world) formality(f mandate.Formality) string {
	kind := w.t("wizard.kind." + string(f.Kind))
	if f.Detail == "" {
		return kind
	}
	return w.t("wizard.words.detail", kind, f.Detail.Printable())
}

// period says from when to when the mandate holds.
func (w *world) period(m mandate.Mandate) string {
	if w.day(m.From) == w.day(m.Until) {
		return w.t("wizard.words.today", w.day(m.From))
	}
	return w.t("wizard.words.period", w.day(m.From), w.day(m.Until))
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

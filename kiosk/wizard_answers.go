package kiosk

import "strings"

// answers draws choices one under the other, each with its whole sentence: a tile would cut it.
func (p *page) answers(cs ...choice) {
	used := p.numbers
	p.numbers += numbered(cs)
	for _, c := range keyed(cs, used) {
		p.answer(c)
	}
	p.sheet.grow(p.y)
}

func (p *page) answer(c choice) {
	edge := boolInt(p.tall)
	indent := textWidth(p.keyName(c.key)) + 3
	x := 2
	lines := wrap(c.label, max(p.wide-2*x-indent, 1))
	r := rect{0, p.y, p.wide, len(lines) + 2*edge}
	lit := p.focus == c.id
	text, badge := inkText, inkBadge
	if strings.HasPrefix(c.label, ticked(true, "")) {
		text = inkGood
	}
	if lit {
		text, badge = inkLit, inkLitBadge
	}
	p.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe, esc: c.esc})
	if p.tall {
		p.box(r, lit, c.off)
	} else {
		if lit {
			p.sheet.fill(r, inkLit)
		}
		p.sheet.put(0, p.y, text, inkSign(lit))
	}
	p.badge(x, p.y+edge, badge, c.key)
	for i, line := range lines {
		p.sheet.put(x+indent, p.y+edge+i, text, line)
	}
	p.y += r.h
}

// ticked writes a box before a label, with its tick.
func ticked(on bool, label string) string {
	if on {
		return "☑ " + label
	}
	return "☐ " + label
}

// chosen marks the answer that was given before, in words that stand without colour.
func chosen(on bool, label string) string {
	if on {
		return "● " + label
	}
	return "○ " + label
}

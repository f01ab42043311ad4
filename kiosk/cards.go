package kiosk

// card is a choice of three lines: what it is, what one does there (its hint), and where it leads.
type card struct {
	choice
	where string
}

// Cards stand in three columns at most, from a width that has room for a name; in fewer, so that no name is cut, as long
// as each has its box. Three rows are a target for a finger; with a box around, five.
const (
	cardColumns = 3
	cardMin     = 24
	cardRows    = 3
	cardBoxed   = cardRows + 2
	cardIndent  = 4 // a badge, and a space
)

// cards draws choices with three lines each. In a small terminal they are tiles, which tell less.
func (p *page) cards(cs ...card) {
	columns := p.columnsOfCards(len(cs))
	width := (p.wide - tilesGap*(columns-1)) / columns
	plain := make([]choice, len(cs))
	for i, c := range cs {
		plain[i] = c.choice
	}
	if !p.tall || width < cardMin {
		p.tiles(2, plain...)
		return
	}
	used := p.numbers
	p.numbers += numbered(plain)
	plain = keyed(plain, used)
	rows := (len(cs) + columns - 1) / columns
	height, gap, above := p.cardHeight(rows)
	p.gap(above)
	for i, c := range cs {
		c.choice = plain[i]
		p.card(rect{(i % columns) * (width + tilesGap), p.y + (i/columns)*(height+gap), width, height}, c)
	}
	p.y += rows*(height+gap) - gap
	p.sheet.grow(p.y)
}

// columnsOfCards is the fewest columns in which so many cards have their boxes.
func (p *page) columnsOfCards(n int) int {
	for columns := 1; columns < cardColumns; columns++ {
		if rows := (n + columns - 1) / columns; rows*cardBoxed+1 <= p.room-p.y {
			return columns
		}
	}
	return cardColumns
}

// cardHeight shares the rows that are left: boxes where there is room for them, and else a row between the cards.
func (p *page) cardHeight(rows int) (height, gap, above int) {
	left := p.room - p.y
	for _, h := range []struct{ height, gap, above int }{{cardBoxed, 0, 1}, {cardRows, 1, 1}, {cardRows, 0, 1}} {
		if rows*(h.height+h.gap)-h.gap+h.above <= left {
			return h.height, h.gap, h.above
		}
	}
	return cardRows, 0, 0
}

// card draws one choice. The edge that shows the focus is there without colours too.
func (p *page) card(r rect, c card) {
	lit := p.focus == c.id
	p.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe, esc: c.esc})
	text, soft, badge, edge, line := inkText, inkSoft, inkBadge, inkFrame, "│"
	least := 2 // where the last line begins at the earliest
	if lit {
		text, soft, badge, edge, line = inkLit, inkLitSoft, inkLitBadge, inkLitEdge, "▐"
	}
	if r.h >= cardBoxed {
		p.box(r, lit, c.off)
		r = rect{r.x + 2, r.y + 1, r.w - 4, r.h - 2}
		line, least = "", 0
	} else if lit {
		p.sheet.fill(r, inkLit)
	}
	for y := 1; y < r.h; y++ {
		p.sheet.put(r.x, r.y+y, edge, line)
	}
	const indent = cardIndent
	p.badge(r.x, r.y, badge, c.key)
	if lit {
		p.sheet.put(r.x, r.y, edge, line)
	}
	p.sheet.put(r.x+indent, r.y, text, shorten(c.label, r.w-indent))
	last := r.y + 1
	if c.hint != "" {
		p.sheet.put(r.x+indent, last, soft, shorten(c.hint, r.w-indent))
		last++
	}
	at := max(least, min(indent, r.w-textWidth(c.where)))
	p.sheet.put(r.x+at, last, soft, shortenHead(c.where, r.w-at))
}

// shortenHead makes the name of a host fit, and keeps its end: that is what tells whose it is.
func shortenHead(text string, width int) string {
	runes := []rune(text)
	for textWidth(text) > width && len(runes) > 1 {
		runes = runes[1:]
		text = "…" + string(runes[1:])
	}
	return text
}

package kiosk

// tiles draws choices as boxes in columns, as high as there is room for.
func (p *page) tiles(columns int, cs ...choice) {
	cs = keyed(cs, p.numbers)
	p.numbers += len(cs)
	const gapX = 2
	for columns > 1 && (p.wide-gapX*(columns-1))/columns < 26 {
		columns--
	}
	width := (p.wide - gapX*(columns-1)) / columns
	rows := (len(cs) + columns - 1) / columns
	height, gapY := p.tileHeight(rows)
	for i, c := range cs {
		r := rect{(i % columns) * (width + gapX), p.y + (i/columns)*(height+gapY), width, height}
		p.tile(r, c)
	}
	p.y += rows*(height+gapY) - gapY
	p.sheet.grow(p.y)
}

// tileHeight shares the rows that are left: from one row a tile without a box, to six with a space around.
func (p *page) tileHeight(rows int) (height, gap int) {
	left := p.room - p.y
	if !p.tall && left < 3*rows {
		return 1, 0
	}
	for _, h := range []struct{ height, gap int }{{7, 1}, {6, 1}, {5, 1}, {5, 0}, {4, 0}} {
		if rows*(h.height+h.gap)-h.gap <= left {
			return h.height, h.gap
		}
	}
	return 3, 0
}

// tile draws one choice in a box.
func (p *page) tile(r rect, c choice) {
	lit := p.focus == c.id
	p.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe})
	text, soft, badge := inkText, inkSoft, inkBadge
	if lit {
		text, soft, badge = inkLit, inkLitSoft, inkLitBadge
	}
	if r.h < 3 {
		p.row(r, c, text, badge)
		return
	}
	p.box(r, lit)
	in := rect{r.x + 2, r.y + 1, r.w - 4, r.h - 2}
	iconed := in.h >= 3 && c.icon != icon{} && in.w >= 30
	lines := 1
	if c.hint != "" && in.h >= 2 {
		lines = 2
	}
	x, y := in.x, in.y+(in.h-lines)/2
	if iconed {
		for i, line := range c.icon {
			p.sheet.put(in.x+1, in.y+(in.h-3)/2+i, inkIf(lit, inkLit, inkSea), line)
		}
		x += 10
	}
	x = p.badge(x, y, badge, c.key) + 1
	width := in.x + in.w - x
	label := c.label
	if c.mark != "" {
		label = c.mark + " " + label
	}
	if big := bigWords(label); p.large && in.h >= 3 && textWidth(big[0]) <= width {
		for i, line := range big {
			p.sheet.put(x, in.y+(in.h-lines*2-1)/2+i, text, line)
		}
		y = in.y + (in.h-lines*2-1)/2 + 2
	} else {
		p.sheet.put(x, y, text, shorten(label, width))
	}
	if lines == 2 {
		p.sheet.put(x, y+1, soft, shorten(c.hint, width))
	}
}

// row draws a choice on one line, where there is no room for a box.
func (p *page) row(r rect, c choice, text, badge ink) {
	cursor := "  "
	if p.focus == c.id {
		cursor = "▸ "
		p.sheet.fill(r, text)
	}
	x := p.sheet.put(r.x, r.y, text, cursor)
	x = p.badge(x, r.y, badge, c.key) + 1
	label := c.label
	if c.mark != "" {
		label = c.mark + " " + label
	}
	p.sheet.put(x, r.y, text, shorten(label, r.x+r.w-x))
}

// badge draws the key of a choice and gives the column after it.
func (p *page) badge(x, y int, k ink, key string) int {
	if key == "" {
		return x
	}
	return p.sheet.put(x, y, k, " "+p.keyName(key)+" ")
}

// keyName is what a key is called on the screen.
func (w *world) keyName(key string) string {
	switch key {
	case keyBack:
		return w.t("keys.escape_word")
	case "enter":
		return w.t("keys.enter_word")
	case "space":
		return w.t("keys.space_word")
	}
	if len(key) == 1 && key >= "a" && key <= "z" {
		return string(rune(key[0] - 'a' + 'A'))
	}
	return key
}

// box draws the frame of a tile: a line, or a block of foam when it has the focus, which also shows without colours.
func (p *page) box(r rect, lit bool) {
	s := p.sheet
	if !lit {
		s.fill(rect{r.x + 1, r.y + 1, r.w - 2, r.h - 2}, inkText)
		drawBorder(s, r, inkFrame, [6]string{"╭", "╮", "╰", "╯", "─", "│"})
		return
	}
	s.fill(rect{r.x + 1, r.y + 1, r.w - 2, r.h - 2}, inkLit)
	s.grow(r.y + r.h)
	for x := r.x + 1; x < r.x+r.w-1; x++ {
		s.put(x, r.y, inkLitEdge, "▄")
		s.put(x, r.y+r.h-1, inkLitEdge, "▀")
	}
	for y := r.y + 1; y < r.y+r.h-1; y++ {
		s.put(r.x, y, inkLitEdge, "▐")
		s.put(r.x+r.w-1, y, inkLitEdge, "▌")
	}
	s.put(r.x, r.y, inkLitEdge, "▗")
	s.put(r.x+r.w-1, r.y, inkLitEdge, "▖")
	s.put(r.x, r.y+r.h-1, inkLitEdge, "▝")
	s.put(r.x+r.w-1, r.y+r.h-1, inkLitEdge, "▘")
}

// drawBorder draws a frame out of four corners, a line across and a line down.
func drawBorder(s *sheet, r rect, k ink, b [6]string) {
	for x := r.x + 1; x < r.x+r.w-1; x++ {
		s.put(x, r.y, k, b[4])
		s.put(x, r.y+r.h-1, k, b[4])
	}
	for y := r.y + 1; y < r.y+r.h-1; y++ {
		s.put(r.x, y, k, b[5])
		s.put(r.x+r.w-1, y, k, b[5])
	}
	s.put(r.x, r.y, k, b[0])
	s.put(r.x+r.w-1, r.y, k, b[1])
	s.put(r.x, r.y+r.h-1, k, b[2])
	s.put(r.x+r.w-1, r.y+r.h-1, k, b[3])
}

func inkIf(yes bool, a, b ink) ink {
	if yes {
		return a
	}
	return b
}

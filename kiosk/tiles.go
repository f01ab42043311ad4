package kiosk

import "slices"

// tilesGap is the space between two columns of tiles.
const tilesGap = 2

// tileMin is the width under which there is one column less.
const tileMin = 22

// tiles draws choices as boxes in columns, as high as there is room for: what is drawn below keeps p.below rows. A
// last tile that is alone takes the whole width.
func (p *page) tiles(columns int, cs ...choice) {
	used := p.numbers
	p.numbers += numbered(cs)
	cs = keyed(cs, used)
	for p.ownLarge() && !p.plain && columns > 1 && !p.bigFit(cs, (p.wide-tilesGap*(columns-1))/columns) {
		columns--
	}
	for columns > 1 && (p.wide-tilesGap*(columns-1))/columns < tileMin {
		columns--
	}
	width := (p.wide - tilesGap*(columns-1)) / columns
	rows := (len(cs) + columns - 1) / columns
	if p.ownLarge() && !p.bigFit(cs, width) {
		p.plain = true
		defer func() { p.plain = false }()
	}
	height, gap := p.tileHeight(rows, slices.ContainsFunc(cs, func(c choice) bool { return c.hint != "" }))
	if height == 3 && !p.hintsFit(cs, width) {
		for i := range cs {
			cs[i].hint = ""
		}
	}
	in := rect{w: width - 4, h: height - 2}
	if slices.ContainsFunc(cs, func(c choice) bool { return !p.iconFits(c, in) }) {
		for i := range cs { // all have their icon, or none
			cs[i].icon = icon{}
		}
	}
	for i, c := range cs {
		r := rect{(i % columns) * (width + tilesGap), p.y + (i/columns)*(height+gap), width, height}
		if i%columns == columns-1 || i == len(cs)-1 {
			r.w = p.wide - r.x
		}
		p.tile(r, c)
	}
	p.y += rows*(height+gap) - gap
	p.sheet.grow(p.y)
}

// tileHeight shares the rows that are left: a tile takes from one row, without a box, to seven, with space around.
func (p *page) tileHeight(rows int, hints bool) (height, gap int) {
	left := p.room - p.y - p.below
	if !p.tall && left < 3*rows {
		return 1, 0
	}
	for _, h := range []struct{ height, gap int }{{7, 1}, {6, 1}, {5, 1}, {5, 0}, {4, 0}} {
		if h.height == 4 && (!hints || p.big()) {
			continue
		}
		if h.height <= p.tileMax() && rows*(h.height+h.gap)-h.gap <= left {
			return h.height, h.gap
		}
	}
	if p.big() {
		return bigRows + 2, 0
	}
	return 3, 0
}

// big says that labels are in big letters.
func (p *page) big() bool { return p.ownLarge() && p.tall && !p.plain }

// bigFit says that all labels fit in big letters: all have them, or none.
func (p *page) bigFit(cs []choice, width int) bool {
	for _, c := range cs {
		rows, ok := bigWords(c.label)
		inside := width - 4 - textWidth(p.keyName(c.key)) - 3
		if !ok || textWidth(rows[0]) > inside {
			return false
		}
	}
	return true
}

// hintsFit says that all hints of some tiles fit beside their labels: all show, or none.
func (p *page) hintsFit(cs []choice, width int) bool {
	for _, c := range cs {
		if textWidth(c.label)+textWidth(c.hint)+textWidth(p.keyName(c.key))+10 > width {
			return false
		}
	}
	return true
}

func (p *page) tileMax() int {
	if p.ownLarge() {
		return 7
	}
	return 5
}

// tile draws one choice in a box.
func (p *page) tile(r rect, c choice) {
	lit := p.focus == c.id
	p.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe, esc: c.esc})
	text, soft, badge := inkText, inkSoft, inkBadge
	if lit {
		text, soft, badge = inkLit, inkLitSoft, inkLitBadge
	}
	if r.h < 3 {
		p.row(r, c, text, badge)
		return
	}
	p.box(r, lit, c.off)
	in := rect{r.x + 2, r.y + 1, r.w - 4, r.h - 2}
	x := in.x
	if p.iconFits(c, in) {
		for i, line := range c.icon {
			p.sheet.put(in.x+1, in.y+(in.h-len(c.icon)+1)/2+i, inkIf(lit, inkLit, inkSea), line)
		}
		x += iconWidth
	}
	p.tileText(rect{x, in.y, in.x + in.w - x, in.h}, c, text, soft, badge)
}

// iconWidth is what an icon takes, with the space around it.
const iconWidth = 10

// iconFits says that there is room for the icon of a tile beside its words, in big letters where it has these.
func (p *page) iconFits(c choice, in rect) bool {
	if c.icon == (icon{}) || in.h < len(c.icon) || in.w < 32 {
		return false
	}
	width := in.w - textWidth(p.keyName(c.key)) - 3
	if _, big := p.bigLabel(c, width, in.h); big {
		_, big = p.bigLabel(c, width-iconWidth, in.h)
		return big
	}
	return true
}

// tileText writes the key, the label and the hint of a tile: in big letters where these fit and are asked for.
func (p *page) tileText(in rect, c choice, text, soft, badge ink) {
	label := c.label
	if c.mark != "" {
		label = c.mark + " " + label
	}
	indent := 0
	if c.key != "" {
		indent = textWidth(p.keyName(c.key)) + 3
	}
	x, width := in.x+indent, in.w-indent
	hint := wrapMost(c.hint, width, in.h-1)
	if big, ok := p.bigLabel(c, width, in.h); ok {
		hint = hint[:min(len(hint), in.h-bigRows)]
		y := in.y + (in.h-bigRows-len(hint))/2
		p.badge(in.x, y+1, badge, c.key)
		for i, line := range big {
			p.sheet.put(x, y+i, text, line)
		}
		for i, line := range hint {
			p.sheet.put(x, y+bigRows+i, soft, line)
		}
		return
	}
	y := in.y + (in.h-1-len(hint))/2
	p.badge(in.x, y, badge, c.key)
	end := p.sheet.put(x, y, text, shorten(label, width))
	if at := end + 3; in.h == 1 && at+textWidth(c.hint) <= in.x+in.w {
		p.sheet.put(at, y, soft, c.hint)
	}
	for i, line := range hint {
		p.sheet.put(x, y+1+i, soft, line)
	}
}

// bigLabel gives a label in big letters, when it should have some and they fit.
func (p *page) bigLabel(c choice, width, height int) (rows [bigRows]string, ok bool) {
	if p.plain || !p.ownLarge() && !c.big || height < bigRows {
		return rows, false
	}
	rows, ok = bigWords(c.label)
	return rows, ok && textWidth(rows[0]) <= width
}

// wrapMost wraps a text into so many lines at most.
func wrapMost(text string, width, most int) []string {
	if text == "" || most <= 0 {
		return nil
	}
	lines := wrap(text, width)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = shorten(lines[most-1]+" …", width)
	}
	return lines
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
	case "f2":
		return "F2"
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
// What cannot be had now has a broken line.
func (p *page) box(r rect, lit, off bool) {
	s := p.sheet
	if !lit {
		s.fill(rect{r.x + 1, r.y + 1, r.w - 2, r.h - 2}, inkText)
		border := [6]string{"╭", "╮", "╰", "╯", "─", "│"}
		if off {
			border[4], border[5] = "╌", "╎"
		}
		drawBorder(s, r, inkFrame, border)
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

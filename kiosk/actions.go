package kiosk

import "slices"

// layActions draws the actions side by side, in as many rows of buttons as they need.
func (p *page) layActions() *sheet {
	s := newSheet(p.wide)
	if len(p.foot) == 0 {
		return s
	}
	cs, gap := p.fitted()
	height := 1
	switch {
	case p.bigActions(cs, gap):
		height = bigRows + 2
	case p.boxed:
		height = 3
	}
	x, y := 0, 0
	if p.tall {
		y = 1 // air above
	}
	if p.middle && height <= 3 {
		x = max((p.wide-p.buttonsWidth(cs, gap))/2, 0)
	}
	for _, c := range cs {
		w := min(p.buttonWidth(c), p.wide)
		if height > 3 {
			w = p.bigButtonWidth(c)
		}
		if x > 0 && x+w > p.wide {
			x, y = 0, y+height
		}
		p.button(s, rect{x, y, w, height}, c)
		x += w + gap
	}
	s.grow(y + height)
	return s
}

// bigActions says that the actions have big letters: the text is large, there is room, and they fit on one row.
func (p *page) bigActions(cs []choice, gap int) bool {
	width := -gap
	for _, c := range cs {
		if _, ok := bigWords(c.label); !ok {
			return false
		}
		width += p.bigButtonWidth(c) + gap
	}
	return p.ownLarge() && p.height >= 36 && width <= p.wide
}

func (p *page) bigButtonWidth(c choice) int {
	rows, _ := bigWords(c.label)
	return textWidth(rows[0]) + textWidth(p.keyName(c.key)) + 8
}

// fitted makes the actions fit on one row, if they can: less space between them, then short labels.
func (p *page) fitted() ([]choice, int) {
	cs := slices.Clone(p.foot)
	for gap := 2; gap > 0; gap-- {
		if p.buttonsWidth(cs, gap) <= p.wide {
			return cs, gap
		}
	}
	for i := range cs {
		if cs[i].short != "" {
			cs[i].label = cs[i].short
		}
	}
	return cs, 1
}

func (p *page) buttonsWidth(cs []choice, gap int) int {
	n := -gap
	for _, c := range cs {
		n += p.buttonWidth(c) + gap
	}
	return n
}

func (p *page) buttonWidth(c choice) int {
	n := textWidth(c.label) + 4
	if c.key != "" {
		n += textWidth(p.keyName(c.key)) + 3
	}
	if c.mark != "" {
		n += textWidth(c.mark) + 1
	}
	return n
}

// button draws one action: a tile as high as one line of text.
func (p *page) button(s *sheet, r rect, c choice) {
	on := *p
	on.sheet = s
	on.tile(r, c)
}

// layNotice draws the notice of the moment above the actions.
func (p *page) layNotice() *sheet {
	s := newSheet(p.wide)
	if p.notice.text == "" {
		return s
	}
	on := page{world: p.world, sheet: s, wide: p.wide}
	on.told(p.notice.ink, p.notice.text)
	s.rows = s.rows[:min(len(s.rows), max(p.rows/3, 1))] // the screen itself must show
	return s
}

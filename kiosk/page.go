package kiosk

import (
	"slices"

	"estran/assets"
)

// page is what a screen draws its body on: one column, from top to bottom. Each method draws below what is there.
// Whatever the screen draws, the frame scrolls it when it is too tall and centres it when it is short.
type page struct {
	*world
	sheet  *sheet
	wide   int  // columns
	y      int  // the next row
	room   int  // rows until the body has to scroll; right once actions was called
	inset  int  // columns at the left that words leave to a picture
	middle bool // the actions stand in the middle, as the words do
	top    bool // the body begins at the top, not in the middle
	below  int  // rows that tiles leave for what comes after them

	tall    bool     // high enough for targets of three rows everywhere
	boxed   bool     // high enough for actions in boxes
	focus   string   // the id of the choice that has the focus
	numbers int      // how many numbers are given
	foot    []choice // the actions, under the body
	column  int      // the column of the terminal where this one begins
	plain   bool     // no big letters, for they do not fit
	inline  bool     // so little room that the actions scroll with the body
	rows    int      // rows for body, notice and actions together
}

// roomMin is how many rows of a body must show over its actions.
const roomMin = 3

// gap leaves rows free, fewer where there is little room.
func (p *page) gap(rows int) {
	if !p.tall {
		rows = min(rows, 1)
	}
	if p.room < 10 {
		rows = 0
	}
	p.y += rows
	p.sheet.grow(p.y)
}

// say writes text, one sentence a line, wrapped.
func (p *page) say(k ink, text string) { p.sayAt(0, p.wide, k, text) }

// sayAt writes text in some of the columns.
func (p *page) sayAt(x, width int, k ink, text string) {
	x, width = x+p.inset, width-p.inset
	for _, line := range wrap(text, width) {
		p.sheet.put(x, p.y, k, line)
		p.y++
		if p.doubled() {
			p.y++
		}
	}
	p.sheet.grow(p.y)
}

// doubled says that lines are far apart: the text is large, and there is room.
func (p *page) doubled() bool { return p.ownLarge() && p.height >= 30 }

// sayCentred writes text in the middle of the column.
func (p *page) sayCentred(k ink, text string) {
	for _, line := range wrap(text, p.wide) {
		p.sheet.put((p.wide-textWidth(line))/2, p.y, k, line)
		p.y++
	}
	p.sheet.grow(p.y)
}

// told writes a line with the sign that goes with its ink, so that colour never stands alone.
func (p *page) told(k ink, text string) {
	sign := map[ink]string{inkWarn: "!", inkDanger: "✗", inkGood: "✓"}[k]
	if sign == "" {
		sign = "·"
	}
	p.sheet.put(p.inset, p.y, k, sign)
	p.sayAt(2, p.wide-2, k, text)
}

// heading writes a short title inside the body.
func (p *page) heading(text string) { p.say(inkSand, text) }

// picture draws a picture of assets at a column, without moving down; the caller knows its height.
func (p *page) picture(x, y int, pic assets.Picture) {
	for i, spans := range pic {
		at := x
		for _, span := range spans {
			at = p.sheet.put(at, y+i, pictureInk(span.Ink), span.Text)
		}
	}
}

// beside draws a picture with words at its right; without room for both, the words alone.
func (p *page) beside(pic assets.Picture, words func(p *page)) {
	const between = 4
	if p.wide < pic.Width()+36 || p.room-p.y < pic.Height() {
		words(p)
		return
	}
	try := *p
	try.sheet, try.y, try.inset = newSheet(p.wide), 0, pic.Width()+between
	words(&try)

	top := p.y
	p.picture(0, top+max(try.y-pic.Height(), 0)/2, pic)
	p.y, p.inset = top+max(pic.Height()-try.y, 0)/2, try.inset
	words(p)
	p.y, p.inset = max(p.y, top+pic.Height()), 0
	p.sheet.grow(p.y)
}

func pictureInk(k assets.Ink) ink {
	switch k {
	case assets.InkSea:
		return inkSea
	case assets.InkFoam:
		return inkFoam
	case assets.InkSand:
		return inkSand
	case assets.InkAmber:
		return inkWarn
	case assets.InkCoral:
		return inkDanger
	default:
		return inkText
	}
}

// bar draws a gauge, from 0 to 1, over some of the columns, with inkBar or inkBarWarn.
func (p *page) bar(x, width int, full ink, part float64) {
	p.sheet.fill(rect{x, p.y, width, 1}, full)
	p.sheet.put(x, p.y, full, gauge(part, width))
	p.y++
}

// actions declares what can be done under the body: call it first, so that the page knows its room and the numbers
// go from the actions on. Going back is added where there is somewhere to go back to.
func (p *page) actions(cs ...choice) {
	back := func(c choice) bool { return c.id == idBack || c.key == keyBack || c.esc }
	if p.overlay == nil && len(p.stack) > 1 && !slices.ContainsFunc(cs, back) {
		cs = append(cs, choice{id: idBack, label: p.t("choice.back"), key: keyBack})
	}
	p.foot = keyed(cs, 0)
	p.numbers = numbered(cs)
	p.room = p.rows - p.layActions().height() - p.layNotice().height()
	p.inline = p.room < roomMin
	if p.inline {
		p.room = p.rows - p.layNotice().height()
	}
}

func numbered(cs []choice) int {
	n := 0
	for _, c := range cs {
		if c.key == "" {
			n++
		}
	}
	return n
}

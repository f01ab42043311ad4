package kiosk

import (
	"strings"

	"estran/assets"
)

// The room a picture and the words beside it need.
const (
	tipGap       = 2
	tipWordsLeft = 36
)

// tip draws a tip: the picture on the left with how far one is, the words on the right; on a narrow terminal the
// words alone. It fills the air that is there, and no more.
func (p *page) tip(tip assets.Tip, n, of int) {
	width := assets.PictureMaxWidth
	if p.wide < width+tipGap+tipWordsLeft {
		p.tipProgress(0, tip, n, of)
		p.tipWords(0, p.wide, tip)
		return
	}
	gap := tipGap
	if p.wide > 90 {
		gap = 6
	}
	top := p.y
	if p.room >= tip.Picture.Height()+2 {
		p.tipProgress((width-tip.Picture.Width())/2, tip, n, of)
		p.y++
	}
	p.picture((width-tip.Picture.Width())/2, p.y, tip.Picture)
	bottom := p.y + tip.Picture.Height()
	p.y = top
	p.tipWords(width+gap, p.wide-width-gap, tip)
	p.y = max(p.y, bottom)
	p.sheet.grow(p.y)
}

// tipProgress names the group and shows how far one is in what is being read.
func (p *page) tipProgress(x int, tip assets.Tip, n, of int) {
	name := p.t("tips.cards")
	if tip.Group != "" {
		name = p.t("tip.group." + string(tip.Group))
	}
	if tip.Number > 0 {
		n, of = placeInGroup(tip)
	}
	x = p.sheet.put(x, p.y, inkStrong, name) + 2
	x = p.sheet.put(x, p.y, inkSand, strings.Repeat("● ", n))
	p.sheet.put(x, p.y, inkSoft, strings.TrimSuffix(strings.Repeat("○ ", of-n), " "))
	p.y++
}

// placeInGroup says that a tip is the nth of so many in its group.
func placeInGroup(tip assets.Tip) (n, of int) {
	for _, t := range assets.Tips(assets.French) {
		if t.Group == tip.Group {
			of++
			if t.Number <= tip.Number {
				n++
			}
		}
	}
	return n, of
}

// tipWords writes title, advice, reason and what the computer does, with air between them where there is room.
func (p *page) tipWords(x, width int, tip assets.Tip) {
	why := p.t("tip.why") + " " + tip.Why
	rows := len(wrap(tip.Title, width)) + len(wrap(why, width)) + len(wrap(tip.Station[0], width))
	for _, line := range tip.Advice {
		rows += len(wrap(line, width-2))
	}
	for _, line := range tip.Station[1:] {
		rows += len(wrap(line, width-2))
	}
	air := max(p.room-p.y-rows, 0)
	space := func() {
		if air > 0 {
			p.y++
			air--
		}
	}
	spread := air >= 3+len(tip.Advice)
	p.sayAt(x, width, inkSand, tip.Title)
	space()
	for i, line := range tip.Advice {
		if i > 0 && spread {
			space()
		}
		p.point(x, width, inkStrong, "•", inkText, line)
	}
	space()
	p.sayAt(x, width, inkSoft, why)
	space()
	p.sayAt(x, width, inkSand, tip.Station[0])
	for _, line := range tip.Station[1:] {
		p.point(x, width, inkGood, "✓", inkText, line)
	}
}

// point writes a sentence behind a sign.
func (p *page) point(x, width int, signInk ink, sign string, k ink, text string) {
	p.sheet.put(x, p.y, signInk, sign)
	p.sayAt(x+2, width-2, k, text)
}

package kiosk

import (
	"slices"
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

// tipWords writes title, advice, reason and what the computer does, with as much air as there is room for.
func (p *page) tipWords(x, width int, tip assets.Tip) {
	why := p.t("tip.why") + " " + tip.Why
	rows := len(wrap(tip.Title, width)) + len(wrap(why, width)) + len(wrap(tip.Station[0], width))
	for _, line := range slices.Concat(tip.Advice, tip.Station[1:]) {
		rows += len(wrap(line, width-2))
	}
	air := p.room - p.y - rows
	space := func(wanted int) {
		if air >= wanted {
			p.y++
		}
	}
	const parts = 3 // between title, advice, reason and station
	text := func(k ink, text string) { p.sayTight(x, width, k, text) }
	point := func(signInk ink, sign, text string) {
		p.sheet.put(x, p.y, signInk, sign)
		p.sayTight(x+2, width-2, inkText, text)
	}

	text(inkSand, tip.Title)
	space(parts)
	for i, line := range tip.Advice {
		if i > 0 {
			space(parts + len(tip.Advice) - 1)
		}
		point(inkStrong, "•", line)
	}
	space(parts - 1)
	text(inkSoft, why)
	space(parts - 2)
	text(inkSand, tip.Station[0])
	for _, line := range tip.Station[1:] {
		space(parts + len(tip.Advice) + len(tip.Station) - 2)
		point(inkGood, "✓", line)
	}
	p.sheet.grow(p.y)
}

// sayTight is sayAt without the air that large text puts between lines: here it was shared out already.
func (p *page) sayTight(x, width int, k ink, text string) {
	for _, line := range wrap(text, width) {
		p.sheet.put(x, p.y, k, line)
		p.y++
	}
}

// point writes a sentence behind a sign.
func (p *page) point(x, width int, signInk ink, sign string, k ink, text string) {
	p.sheet.put(x, p.y, signInk, sign)
	p.sayAt(x+2, width-2, k, text)
}

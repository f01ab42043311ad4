package kiosk

import (
	"strconv"
	"strings"

	"estran/assets"
)

// siteParts are what is on a page of the invented site, from top to bottom.
type siteParts struct {
	cross *choice // the cross of the window, nil where it does nothing
	name  *choice // the name of whoever is in, which is a button
	who   string  // the same where it is none
	text  string
	below []choice // side by side
	right bool     // these hang from the name: they are its menu
}

// enterParts are the first page: who wants to enter, and the box.
func (s *signOutScreen) enterParts(p *page, site assets.SignOut) siteParts {
	tick := "[x] "
	if s.unticked {
		tick = "[ ] "
	}
	return siteParts{
		text: p.t("exercise.signout.login", site.Login),
		below: []choice{
			{id: "remember", label: tick + site.Remember},
			{id: "enter", label: site.Enter, safe: s.unticked},
		},
	}
}

// insideParts are the page of the account, with its menu where that is open.
func (s *signOutScreen) insideParts(site assets.SignOut) siteParts {
	arrow := " ▾"
	if s.menu {
		arrow = " ▴"
	}
	parts := siteParts{
		cross: &choice{id: "cross", label: "✕ " + site.Cross.Label},
		name:  &choice{id: "account", label: site.Account.Label + arrow},
		text:  site.Inside,
	}
	links, first := site.Links, 0
	if parts.right = s.menu; s.menu {
		links, first = site.Menu, len(site.Links)
	}
	for i, l := range links {
		// Not the cross: Enter at once would fall into the trap.
		parts.below = append(parts.below, choice{id: "link." + strconv.Itoa(first+i), label: l.Label, safe: i == 0})
	}
	return parts
}

// The room that a drawn page needs: as wide as its address beside the cross, and three rows a button.
const (
	siteMinWidth = 56
	siteButton   = 3
)

// drawSite draws a page as a sheet of paper with stones on it; where there is no room, its words and choices alone.
func (s *signOutScreen) drawSite(p *page, site assets.SignOut, parts siteParts) {
	rows := 2 * siteButton
	if len(parts.below) > 0 {
		rows += siteButton
	}
	if p.wide < siteMinWidth || p.room-p.y < rows+paperEdges {
		s.listSite(p, site, parts)
		return
	}
	a := air(p.room - p.y - rows - paperEdges)
	p.breathe(&a)
	on := p.paper(rows)
	p.sheet.put(on.x, on.y+1, inkShore, shorten(site.Address, on.w))
	right := on.x + on.w
	if parts.cross != nil {
		p.siteButtonAt(right, on.y, *parts.cross)
	} else {
		p.sheet.put(right-1, on.y+1, inkShore, "✕")
	}
	p.sheet.put(on.x, on.y+siteButton-1, inkPrint, strings.Repeat("─", on.w-s.under(p, parts)))
	p.sheet.put(on.x, on.y+siteButton+1, inkShore, site.Site)
	p.sheet.put(on.x, on.y+siteButton+2, inkShore, parts.text)
	switch {
	case parts.name != nil:
		p.siteButtonAt(right, on.y+siteButton, *parts.name)
	case parts.who != "":
		p.sheet.put(right-textWidth(parts.who), on.y+siteButton+1, inkShore, parts.who)
	}
	const between = 2
	x := on.x
	if parts.right {
		x = right + between
		for _, c := range parts.below {
			x -= p.siteButtonWidth(c) + between
		}
	}
	for _, c := range parts.below {
		x += p.siteButton(x, on.y+2*siteButton, c) + between
	}
}

// under is how much of the line under the address the cross covers.
func (s *signOutScreen) under(p *page, parts siteParts) int {
	if parts.cross == nil {
		return 0
	}
	return p.siteButtonWidth(*parts.cross) + 1
}

// listSite is the page without its drawing.
func (s *signOutScreen) listSite(p *page, site assets.SignOut, parts siteParts) {
	p.say(inkStrong, site.Site+" · "+parts.text)
	if parts.who != "" {
		p.say(inkText, parts.who)
	}
	var cs []choice
	for _, c := range []*choice{parts.cross, parts.name} {
		if c != nil {
			cs = append(cs, *c)
		}
	}
	if cs = append(cs, parts.below...); len(cs) > 0 {
		p.tiles(2, cs...)
	}
}

// siteButtonAt draws a button that ends at a column.
func (p *page) siteButtonAt(right, y int, c choice) { p.siteButton(right-p.siteButtonWidth(c), y, c) }

func (p *page) siteButtonWidth(c choice) int { return textWidth(c.label) + 7 }

// siteButton draws a choice of the page as a stone three rows high, with the next number; it gives its width.
func (p *page) siteButton(x, y int, c choice) int {
	c = keyed([]choice{c}, p.numbers)[0]
	p.numbers++
	lit := p.focus == c.id
	k, edge := inkIf(lit, inkStoneLit, inkStone), inkIf(lit, inkStoneLitEdge, inkStoneEdge)
	r := rect{x, y, p.siteButtonWidth(c), siteButton}
	p.sheet.fill(rect{r.x, r.y + 1, r.w, 1}, k)
	p.sheet.put(r.x, r.y, edge, strings.Repeat("▄", r.w))
	p.sheet.put(r.x, r.y+2, edge, strings.Repeat("▀", r.w))
	p.sheet.put(r.x, r.y+1, k, inkSign(lit)+p.keyName(c.key)+"  "+c.label)
	p.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, safe: c.safe})
	return r.w
}

package kiosk

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// list is a long list of which only what shows is drawn, so that a key with 20,000 files costs no more than one with
// ten. It remembers what it drew: the arrows walk its rows, and scroll it at its ends.
type list struct {
	top   int // the first row that should show
	from  int // the first that does: the row with the focus is never out of sight
	shown int // how many show
	count int
}

// listRow is one row: a box to tick, a name, and what is known of it in words.
type listRow struct {
	tick  string // "☐", "☑" or "" for what cannot be chosen
	name  string
	right string // at the right of the name
	sign  ink    // how the second line looks
	below string // the second line, with its sign
	off   bool
}

const listPrefix = "row:"

// rowOf reads which row of a list an id names, -1 for none.
func rowOf(id string) int {
	rest, ok := strings.CutPrefix(id, listPrefix)
	if !ok {
		return -1
	}
	n, err := strconv.Atoi(rest)
	if err != nil {
		return -1
	}
	return n
}

func rowID(n int) string { return listPrefix + strconv.Itoa(n) }

// listNumbers is how many rows have a number key: the actions of a screen with a list take theirs from 0 down.
const listNumbers = 6

// list draws the rows that fit in the height, three lines each where there is room for a finger.
func (p *page) list(l *list, height, count int, row func(n int) listRow) {
	each := 1
	if p.tall {
		each = 3
	}
	l.count = count
	l.shown = max(height/each, 1)
	l.from = min(max(l.top, 0), max(count-l.shown, 0))
	if at := rowOf(p.focus); at >= 0 && at < count {
		l.from = min(max(l.from, at-l.shown+1), at)
	}
	for i := range min(l.shown, count-l.from) {
		n := l.from + i
		key := ""
		if i < listNumbers {
			key = strconv.Itoa(i + 1)
		}
		p.listRow(rect{0, p.y + i*each, p.wide - 1, each}, rowID(n), key, row(n))
	}
	p.listBar(l, rect{p.wide - 1, p.y, 1, min(l.shown, count) * each})
	p.y += min(l.shown, count) * each
	p.sheet.grow(p.y)
}

func (p *page) listRow(r rect, id, key string, row listRow) {
	lit := p.focus == id
	p.sheet.add(zone{rect: r, id: id, key: key, label: row.name, off: row.off})
	text, badge, sign := inkText, inkBadge, row.sign
	if lit {
		text, badge, sign = inkLit, inkLitBadge, inkLitSoft
		p.sheet.fill(rect{r.x, r.y, r.w, min(r.h, 2)}, inkLit)
		if r.h == 3 {
			p.sheet.put(r.x, r.y+2, inkLitEdge, strings.Repeat("▀", r.w))
		}
	}
	x := p.sheet.put(r.x, r.y, text, inkSign(lit))
	if key != "" {
		x = p.badge(x, r.y, badge, key)
	} else {
		x += 3
	}
	x = p.sheet.put(x, r.y, text, " "+row.tick) + 1
	right, below := row.right, row.below
	if r.h == 1 {
		right, below = verdictIn(row.below, r.x+r.w-x-16), ""
	}
	room := r.x + r.w - x - textWidth(right) - 3
	p.sheet.put(x, r.y, text, shortenName(row.name, room))
	p.sheet.put(r.x+r.w-textWidth(right)-1, r.y, sign, right)
	if below != "" {
		p.sheet.put(x, r.y+1, sign, shorten(below, r.x+r.w-x-1))
	}
}

// verdictIn makes a verdict fit: without its reason, or only its sign; it is never left out.
func verdictIn(verdict string, width int) string {
	short, _, _ := strings.Cut(verdict, " · ")
	sign, _, _ := strings.Cut(verdict, " ")
	for _, text := range []string{verdict, short} {
		if textWidth(text) <= width {
			return text
		}
	}
	return sign
}

// listBar shows which part of the list one sees.
func (p *page) listBar(l *list, r rect) {
	if l.count <= l.shown || r.h == 0 {
		return
	}
	size := max(r.h*l.shown/l.count, 1)
	from := (r.h - size) * l.from / (l.count - l.shown)
	for y := range r.h {
		k, sign := inkDim, "│"
		if y >= from && y < from+size {
			k, sign = inkSand, "┃"
		}
		p.sheet.put(r.x, r.y+y, k, sign)
	}
}

// key walks the list; it says whether the key was for it.
func (l *list) key(s *shown, k tea.KeyPressMsg) bool {
	at := rowOf(s.focus)
	if at < 0 {
		if s.focus != "" || l.count == 0 {
			return false
		}
		at = l.from
	}
	to := at
	switch k.Code {
	case tea.KeyUp, tea.KeyKpUp:
		to--
	case tea.KeyDown, tea.KeyKpDown:
		to++
	case tea.KeyPgUp, tea.KeyKpPgUp:
		to = max(at-l.shown, 0)
	case tea.KeyPgDown, tea.KeyKpPgDown:
		to = min(at+l.shown, l.count-1)
	case tea.KeyHome, tea.KeyKpHome:
		to = 0
	case tea.KeyEnd, tea.KeyKpEnd:
		to = l.count - 1
	default:
		return false
	}
	if to < 0 || to >= l.count {
		return false // on to what is above or below the list
	}
	l.goTo(s, to)
	return true
}

func (l *list) goTo(s *shown, n int) {
	s.focus = rowID(n)
	l.top = min(max(l.from, n-l.shown+1), n)
}

// wheel scrolls the list; the focus stays where it can be seen.
func (l *list) wheel(s *shown, rows int) {
	l.top = min(max(l.from+rows, 0), max(l.count-l.shown, 0))
	if at := rowOf(s.focus); at >= 0 {
		s.focus = rowID(min(max(at, l.top), l.top+l.shown-1))
	}
}

package kiosk

import tea "charm.land/bubbletea/v2"

// direction is where an arrow leads.
type direction struct{ dx, dy int }

func arrow(code rune) direction {
	switch code {
	case tea.KeyUp, tea.KeyKpUp:
		return direction{0, -1}
	case tea.KeyDown, tea.KeyKpDown:
		return direction{0, 1}
	case tea.KeyLeft, tea.KeyKpLeft:
		return direction{-1, 0}
	default:
		return direction{1, 0}
	}
}

// focusOf is the choice that has the focus among those of a frame: the one the visitor went to, else the safe one,
// else the first that can be had.
func focusOf(zones []zone, id string) int {
	first := -1
	for i, z := range zones {
		if z.id == id {
			return i
		}
		if z.safe && (first < 0 || !zones[first].safe) {
			first = i
		}
		if first < 0 && !z.off && !framed(z.id) {
			first = i
		}
	}
	return first
}

func (m *Model) focused() *zone {
	zones := m.zones()
	if i := focusOf(zones, m.front().focus); i >= 0 {
		return &zones[i]
	}
	return nil
}

// step goes to the next choice in the order of the screen, round.
func (m *Model) step(by int) {
	zones := m.zones()
	if len(zones) == 0 {
		return
	}
	i := focusOf(zones, m.front().focus)
	m.goTo(zones[((i+by)%len(zones)+len(zones))%len(zones)])
}

// move goes to the nearest choice where an arrow leads; where there is none it scrolls.
func (m *Model) move(d direction) {
	zones := m.zones()
	from := focusOf(zones, m.front().focus)
	if from < 0 {
		m.front().scroll += d.dy
		return
	}
	best, bestFar := -1, 0
	for i, z := range zones {
		if far, ok := d.far(zones[from].rect, z.rect); ok && (best < 0 || far < bestFar) {
			best, bestFar = i, far
		}
	}
	switch {
	case best >= 0 && !(d.dy != 0 && m.scrollFirst(d, zones[best])):
		m.goTo(zones[best])
	case d.dy != 0:
		m.front().scroll += d.dy * 2
	}
}

// scrollFirst says that there is text to read between here and the next choice.
func (m *Model) scrollFirst(d direction, next zone) bool {
	f := &m.frame
	if next.inBody && next.seen.h > 0 {
		return false
	}
	if d.dy > 0 {
		return f.scroll < f.scrollMax && !next.inBody
	}
	return f.scroll > 0 && !next.inBody
}

// goTo gives a choice the focus and brings it in sight.
func (m *Model) goTo(z zone) {
	front := m.front()
	front.focus = z.id
	if !z.inBody {
		return
	}
	if top := z.y - m.frame.body.y; top < 0 {
		front.scroll = m.frame.scroll + top
	} else if bottom := z.y + z.h - m.frame.body.y - m.frame.body.h; bottom > 0 {
		front.scroll = m.frame.scroll + bottom
	}
}

// far says how far a choice is in a direction, ok when it is there at all. Being out of line counts three times.
func (d direction) far(from, to rect) (far int, ok bool) {
	dx, dy := gapBetween(from.x, from.w, to.x, to.w), gapBetween(from.y, from.h, to.y, to.h)
	switch {
	case d.dx != 0 && dx*d.dx > 0:
		return dx*d.dx + 3*2*abs(dy), true
	case d.dy != 0 && dy*d.dy > 0:
		return dy*d.dy*2 + 3*abs(dx), true
	}
	return 0, false
}

// gapBetween is how far one stretch is after another, 0 when they overlap.
func gapBetween(a, aw, b, bw int) int {
	switch {
	case b >= a+aw:
		return b - (a + aw) + 1
	case a >= b+bw:
		return (b + bw) - a - 1
	}
	return 0
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

package kiosk

// over is the bandeau over a browser that is a window of its own: words in the middle, choices at both ends, each as
// high as the bandeau, for they are clicked or touched while the browser has the keyboard.
type over struct {
	alarm       bool   // it came by itself, and must be seen from within a page
	big         string // in big letters before the words, where they fit
	words       []notice
	left, right []choice
}

// overer is a screen that can be up while the browser shows.
type overer interface{ over(w *world) over }

// drawOver draws the bandeau over the browser, if that is what the screen is laid out for. It says whether it did.
func (w *world) drawOver(f *frame) bool {
	o, ok := w.front().screen.(overer)
	if !ok || w.options.Desk == nil || w.layout().Whole() {
		return false
	}
	w.drawOverWords(f, o.over(w))
	return true
}

func (w *world) drawOverWords(f *frame, o over) {
	base := inkIf(o.alarm, inkAlarm, inkTitle)
	f.sheet.fill(rect{0, 0, w.width, w.height}, base)
	from, to := 0, w.width
	for i := len(o.right) - 1; i >= 0; i-- {
		if width := overWidth(o.right[i]); from+width < to {
			to -= width
			w.drawOverChoice(f, o.right[i], rect{to, 0, width, w.height}, o.alarm)
			to--
		}
	}
	for _, c := range o.left {
		if width := overWidth(c); from+width < to {
			w.drawOverChoice(f, c, rect{from, 0, width, w.height}, o.alarm)
			from += width + 1
		}
	}
	from = f.overBig(from, to, o)
	f.body = rect{from + 1, 0, max(to-from-2, 1), w.height}
	var lines []notice
	for _, word := range o.words {
		k := word.ink
		if o.alarm {
			k = inkAlarm
		}
		for _, line := range wrap(word.text, f.body.w) {
			lines = append(lines, notice{k, line})
		}
	}
	top := max((w.height-len(lines))/2, 0)
	for i, line := range lines {
		if top+i < w.height {
			f.sheet.put(f.body.x, top+i, line.ink, shorten(line.text, f.body.w))
		}
	}
}

// overBig draws the big letters, and gives the column after them.
func (f *frame) overBig(from, to int, o over) int {
	big, ok := bigWords(o.big)
	if o.big == "" || !ok || f.sheet.height() < bigRows || from+textWidth(big[0])+40 > to {
		return from
	}
	for i, line := range big {
		f.sheet.put(from+2, (f.sheet.height()-bigRows)/2+i, inkIf(o.alarm, inkAlarm, inkTitle), line)
	}
	return from + 3 + textWidth(big[0])
}

func overWidth(c choice) int { return textWidth(c.label) + 4 }

// drawOverChoice draws a choice as a block of colour. None has the focus: the keyboard is the browser's.
func (w *world) drawOverChoice(f *frame, c choice, r rect, alarm bool) {
	k := inkIf(alarm, inkStone, inkBadge)
	f.sheet.fill(r, k)
	f.sheet.put(r.x+2, (r.h-1)/2, k, c.label)
	f.sheet.add(zone{rect: r, id: c.id, key: c.key, label: c.label, safe: c.safe, esc: c.esc})
}

package kiosk

import "estran/session"

// drawSentence is all that fits on a very small terminal.
func (w *world) drawSentence(f *frame) {
	text := w.t("notice.small")
	if w.status.State == session.Open {
		text = w.minutes(w.left()) + " · " + text
	}
	for y, line := range wrap(text, w.width) {
		if y < w.height {
			f.sheet.put(0, y, inkText, line)
		}
	}
	f.sheet.lost = 0 // the terminal is too small, whatever is written
}

// drawBanner draws any screen on three to five rows: its title and the time, one line that fits the moment, and its
// choices side by side.
func (w *world) drawBanner(f *frame) {
	front := w.front()
	p := w.newPage(f, 1)
	p.boxed, p.tall = false, false
	front.draw(p)

	title := front.title(w)
	f.sheet.fill(rect{0, 0, w.width, 1}, inkTitle)
	end := f.sheet.put(1, 0, inkTitle, shorten(title, w.width-2))
	if w.status.State == session.Open {
		left := w.t("banner.time", w.minutes(w.left()))
		if at := w.width - 1 - textWidth(left); at > end+1 {
			f.sheet.put(at, 0, inkMark, left)
		}
	}
	line := w.bannerLine()
	if b, ok := front.screen.(bannered); ok {
		line = b.banner(w)
	}
	if w.notice.text != "" {
		line = w.notice
	}
	f.sheet.put(1, 1, line.ink, shorten(line.text, w.width-2))
	f.body = rect{0, 2, w.width, w.height - 2}
	w.drawBannerChoices(f, append(p.sheet.zones, p.footZones()...))
}

// bannered is a screen with its own line on the bandeau.
type bannered interface{ banner(w *world) notice }

// bannerLine is the line of a screen that has none of its own: how the key is.
func (w *world) bannerLine() notice {
	if w.status.State != session.Open {
		return notice{inkText, ""}
	}
	return notice{inkSoft, w.keyState()}
}

// drawBannerChoices draws the choices as buttons in a line, from the one that has the focus when not all fit.
func (w *world) drawBannerChoices(f *frame, zones []zone) {
	for _, c := range w.shoreChoices() {
		zones = append(zones, zone{id: c.id, key: c.key, label: c.label})
	}
	from := w.bannerStart(zones, f.focus)
	x, y := 1, 2
	for i, z := range zones {
		text := z.label
		if z.key != "" {
			text = w.keyName(z.key) + " " + text
		}
		width := textWidth(text) + 4
		z.rect = rect{x, y, width, w.height - y}
		z.seen = z.rect
		if i < from || x+width > w.width {
			z.seen = rect{}
		} else {
			k := inkIf(f.focus == z.id, inkLit, inkStone)
			f.sheet.fill(rect{x, y, width, 1}, k)
			f.sheet.put(x, y, k, inkSign(f.focus == z.id)+text)
			x += width + 1
		}
		f.sheet.zones = append(f.sheet.zones, z)
	}
}

// bannerStart is the first choice to draw so that the one with the focus shows.
func (w *world) bannerStart(zones []zone, focus string) int {
	lit := max(focusOf(zones, focus), 0)
	for from := 0; from < lit; from++ {
		width := 1
		for _, z := range zones[from : lit+1] {
			width += textWidth(w.keyName(z.key)) + textWidth(z.label) + 6
		}
		if width <= w.width {
			return from
		}
	}
	return lit
}

// footZones are the actions as choices of the bandeau.
func (p *page) footZones() []zone {
	var zones []zone
	for _, c := range p.foot {
		zones = append(zones, zone{id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe})
	}
	return zones
}

package kiosk

import (
	"strings"

	"estran/session"
)

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
	for _, told := range w.bannerTold() { // as much of it as there is room for
		if at := w.width - 1 - textWidth(told); told != "" && at > end+1 {
			f.sheet.put(at, 0, inkMark, told)
			break
		}
	}
	line := w.bannerLine()
	if b, ok := front.screen.(bannered); ok {
		line = b.banner(w)
	}
	if w.notice.text != "" {
		line = w.notice
	}
	f.sheet.put(1, 1, line.ink, shorten(strings.ReplaceAll(line.text, "\n", " "), w.width-2))
	f.body = rect{0, 2, w.width, w.height - 2}
	w.drawBannerChoices(f, append(p.sheet.zones, p.footZones()...))
}

// bannerTold is what the first row of the bandeau tells, the longest first: that an agent is there, and the time.
func (w *world) bannerTold() []string {
	agent, left := w.agentSign(), ""
	if w.status.State == session.Open {
		left = w.t("banner.time", w.minutes(w.left()))
	}
	if agent == "" || left == "" {
		return []string{agent + left}
	}
	return []string{agent + " · " + left, agent + " · " + w.shortTime(), agent}
}

// bannered is a screen with its own line on the bandeau.
type bannered interface{ banner(w *world) notice }

// bannerLine is the line of a screen that has none of its own: how the key is, or that more room is needed.
func (w *world) bannerLine() notice {
	if w.status.State == session.Open {
		if w.status.Refused != session.RefusedNothing {
			return w.refusedLine()
		}
		return notice{inkSoft, w.keyState()}
	}
	return notice{inkSoft, w.t("notice.small")}
}

// drawBannerChoices draws the choices side by side, from where the one with the focus shows, with « J'ai fini » at the
// end of the line whatever there is.
func (w *world) drawBannerChoices(f *frame, zones []zone) {
	right := w.width - 1
	for _, c := range w.shoreChoices() {
		z := zone{id: c.id, key: c.key, label: c.label}
		if c.id != idFinish {
			zones = append(zones, z)
			continue
		}
		right -= w.bannerWidth(z)
		w.drawBannerChoice(f, z, right)
		right--
	}
	from, x := w.bannerStart(zones, f.focus, right), 1
	if from > 0 {
		x = f.sheet.put(0, 2+(w.height-3)/2, inkSand, "‹") + 1
	}
	for i, z := range zones {
		if i < from || x < 0 || x+w.bannerWidth(z) > right-2*boolInt(i < len(zones)-1) {
			if i >= from && x >= 0 {
				f.sheet.put(min(x, w.width-1), 2+(w.height-3)/2, inkSand, "›")
				x = -1
			}
			z.rect = rect{} // out of sight: its key still works
			f.sheet.zones = append(f.sheet.zones, z)
			continue
		}
		w.drawBannerChoice(f, z, x)
		x += w.bannerWidth(z) + 1
	}
	for i, z := range f.sheet.zones { // « J'ai fini » comes last for Tab
		if z.id == idFinish {
			f.sheet.zones = append(append(f.sheet.zones[:i:i], f.sheet.zones[i+1:]...), z)
			break
		}
	}
}

func (w *world) bannerText(z zone) string {
	if z.key == "" || z.key == z.label {
		return z.label
	}
	return w.keyName(z.key) + " " + z.label
}

func (w *world) bannerWidth(z zone) int { return textWidth(w.bannerText(z)) + 3 }

// drawBannerChoice draws one choice, as high as the bandeau has rows left.
func (w *world) drawBannerChoice(f *frame, z zone, x int) {
	z.rect = rect{x, 2, w.bannerWidth(z), w.height - 2}
	lit := f.focus == z.id
	k := inkIf(lit, inkLit, inkStone)
	f.sheet.fill(z.rect, k)
	f.sheet.put(x, 2+(w.height-3)/2, k, inkSign(lit)+w.bannerText(z))
	f.sheet.add(z)
}

// bannerStart is the first choice to draw so that the one with the focus shows.
func (w *world) bannerStart(zones []zone, focus string, right int) int {
	lit := focusOf(zones, focus)
	for from := 0; from < lit; from++ {
		width := 3
		for _, z := range zones[from : lit+1] {
			width += w.bannerWidth(z) + 1
		}
		if width < right-2 {
			return from
		}
	}
	return max(lit, 0)
}

// footZones are the actions as choices of the bandeau.
func (p *page) footZones() []zone {
	var zones []zone
	for _, c := range p.foot {
		zones = append(zones, zone{id: c.id, key: c.key, label: c.label, off: c.off, safe: c.safe, esc: c.esc})
	}
	return zones
}

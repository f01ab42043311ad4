package kiosk

import (
	"math"
	"strings"

	"estran/session"
)

// drawTitle draws the title on the first line and the wave under it; it gives the row after them.
func (w *world) drawTitle(f *frame, title string) int {
	f.sheet.fill(rect{0, 0, w.width, 1}, inkTitle)
	x := max((w.width-columnMax)/2, 2)
	if w.width < 60 {
		x = 1
	}
	end := f.sheet.put(x, 0, inkTitle, shorten(title, w.width-2*x))
	mark := w.t("app.name")
	if name := w.options.Config.Station.Name; name != "" {
		mark = name
	}
	if at := w.width - x - textWidth(mark); at > end+3 {
		f.sheet.put(at, 0, inkMark, mark)
	}
	if w.height < 10 {
		return 1
	}
	f.sheet.put(0, 1, inkCrest, waveLine(w.width, 0, 4, 23))
	if w.height < 20 {
		return 2
	}
	return 3
}

// waveLine draws the surface of the water as a line of blocks, up to so many eighths of a row high, one wave in so
// many columns.
func waveLine(width int, from float64, height, length float64) string {
	const eighths = "▁▂▃▄▅▆▇█"
	levels := []rune(eighths)
	var b strings.Builder
	for x := range width {
		a := (float64(x) + from) * 2 * math.Pi / length
		h := (math.Sin(a) + 0.35*math.Sin(2.3*a+1)) / 1.35 // two waves, so that it does not look drawn with a ruler
		b.WriteRune(levels[min(max(int((h+1)/2*height), 0), len(levels)-1)])
	}
	return b.String()
}

// shoreHeight is how many rows the sand at the bottom takes.
func (w *world) shoreHeight() int {
	if w.height >= tallFrom {
		return 3
	}
	return 1
}

// drawShore draws the bottom line: time left, the key, help and « J'ai fini ».
func (w *world) drawShore(f *frame) {
	rows := w.shoreHeight()
	top, line := w.height-rows, w.height-1
	f.sheet.fill(rect{0, top, w.width, rows}, inkShore)
	if rows == 3 {
		line = w.height - 2
		f.sheet.fill(rect{0, top, w.width, 1}, inkShoreEdge)
		f.sheet.put(0, top, inkShoreEdge, waveLine(w.width, 7, 4, 37))
	}
	margin := max((w.width-columnMax)/2, 1)
	right := w.width - margin
	for _, c := range w.shoreChoices() {
		width := textWidth(c.label) + textWidth(c.key) + 5
		right -= width
		r := rect{right, top, width, rows}
		k := inkIf(f.focus == c.id, inkStoneLit, inkStone)
		if rows == 3 {
			r = rect{right, top + 1, width, 2}
		}
		f.sheet.fill(r, k)
		cursor := inkSign(f.focus == c.id)
		f.sheet.put(right, line, k, cursor+strings.ToUpper(c.key)+" "+c.label)
		f.sheet.add(zone{rect: rect{right, top, width, rows}, id: c.id, key: c.key})
		right--
	}
	x := margin
	for _, part := range w.shoreParts() {
		if x+textWidth(part.text) > right-1 {
			break
		}
		x = f.sheet.put(x, line, part.ink, part.text) + 3
	}
}

func inkSign(lit bool) string {
	if lit {
		return "▸ "
	}
	return "  "
}

// shoreChoices are the two choices that the bottom line always has, the rightmost first.
func (w *world) shoreChoices() []choice {
	var cs []choice
	if w.overlay == nil && w.canFinish() {
		cs = append(cs, choice{id: idFinish, key: "f", label: w.t("footer.finish")})
	}
	return append(cs, choice{id: idHelp, key: "?", label: w.t("footer.help")})
}

// shoreParts are what the bottom line tells, the most important first.
func (w *world) shoreParts() []notice {
	var parts []notice
	switch w.status.State {
	case session.Open:
		k := inkShore
		if w.status.Ending {
			k = inkShoreWarn
		}
		sign := ""
		if w.status.Ending {
			sign = "! "
		}
		parts = append(parts, notice{k, sign + w.t("footer.time", w.minutes(w.left()))})
		parts = append(parts, notice{inkIf(w.status.Medium.Busy(), inkShoreWarn, inkShore), w.keyState()})
	case session.Paused:
		parts = append(parts, notice{inkShore, w.t("footer.paused")}, notice{inkShore, w.keyState()})
	case session.Ready:
		parts = append(parts, notice{inkShore, w.t("keys.choose")})
	}
	return parts
}

// keyState is the key in three words.
func (w *world) keyState() string {
	switch w.status.Medium.State {
	case session.MediumReading:
		return w.t("footer.key.reading")
	case session.MediumChecking:
		return w.t("footer.key.checking")
	case session.MediumReady:
		return w.t("footer.key.ready")
	case session.MediumCopyingIn, session.MediumCopyingOut, session.MediumEjecting:
		return w.t("footer.key.busy")
	case session.MediumEjected:
		return w.t("footer.key.ejected")
	case session.MediumUnreadable:
		return w.t("footer.key.unreadable")
	case session.MediumPulled:
		return w.t("footer.key.pulled")
	default:
		return w.t("footer.key.none")
	}
}

package kiosk

import (
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
	right := w.drawAgent(f, end, w.width-x)
	if right < w.width-x {
		right -= 2
	}
	if at := right - textWidth(mark); at > end+3 && mark != title {
		f.sheet.put(at, 0, inkMark, mark)
	}
	if w.height < 10 {
		return 1
	}
	if h, ok := w.front().screen.(hero); ok {
		if rows := h.heroRows(w); rows > 0 {
			h.drawHero(w, f.sheet, 1, rows)
			f.surface = rows
			return 1 + rows
		}
	}
	if big, ok := bigWords(title); ok && w.ownLarge() && w.height >= 36 && textWidth(big[0]) <= w.width-2*x {
		f.sheet.fill(rect{0, 1, w.width, bigRows}, inkTitle)
		for i, line := range big {
			f.sheet.put(x, 1+i, inkTitle, line)
		}
		f.surface = bigRows + 1
		f.sheet.surface(bigRows + 1)
		return bigRows + 2
	}
	f.sheet.surface(1)
	if w.height < 20 {
		return 2
	}
	return 3
}

// hero is a screen whose title goes on as a picture.
type hero interface {
	heroRows(w *world) int
	drawHero(w *world, s *sheet, top, rows int)
}

// shoreHeight is how many rows the sand at the bottom takes.
func (w *world) shoreHeight() int {
	switch {
	case w.height >= 30:
		return 4
	case w.height >= tallFrom:
		return 3
	default:
		return 1
	}
}

// drawShore draws the bottom line on the sand: time left, the key, help and « J'ai fini ».
func (w *world) drawShore(f *frame) {
	rows := w.shoreHeight()
	top, line := w.height-rows, w.height-1
	f.sheet.fill(rect{0, top, w.width, rows}, inkShore)
	if rows > 1 {
		line = w.height - 2
		if !f.sand {
			f.sheet.beach(top)
		}
	}
	margin := max((w.width-columnMax)/2, 2)
	if w.width < 60 {
		margin = 1
	}
	right := w.width - margin
	for _, c := range w.shoreChoices() {
		width := textWidth(c.label) + textWidth(c.key) + 5
		right -= width
		w.drawStone(f, rect{right, line, width, 1}, c, rows > 3)
		f.sheet.add(zone{rect: rect{right, top, width, rows}, id: c.id, key: c.key, label: c.label})
		right -= 2
	}
	x := margin
	for i, part := range w.shoreParts() {
		if i == 0 && x+textWidth(part.text) > right {
			part.text = w.shortTime()
		}
		if x+textWidth(part.text) > right {
			break
		}
		x = f.sheet.put(x, line, part.ink, part.text) + 3
	}
}

// drawStone draws a choice of the bottom line as a flat stone on the sand.
func (w *world) drawStone(f *frame, r rect, c choice, thick bool) {
	lit := f.focus == c.id
	k, edge := inkStone, inkStoneEdge
	if lit {
		k, edge = inkStoneLit, inkStoneLitEdge
	}
	f.sheet.fill(r, k)
	f.sheet.put(r.x, r.y, k, inkSign(lit)+strings.ToUpper(c.key)+" "+c.label)
	if thick {
		f.sheet.put(r.x, r.y-1, edge, strings.Repeat("▄", r.w))
		f.sheet.put(r.x, r.y+1, edge, strings.Repeat("▀", r.w))
	}
}

// shortTime is the time that is left where there is little room.
func (w *world) shortTime() string {
	if w.status.State != session.Open {
		return ""
	}
	return w.t("time.short", minutesLeft(w.left()))
}

func inkSign(lit bool) string {
	if lit {
		return "▸ "
	}
	return "  "
}

// shoreChoices are the choices of the bottom line, the rightmost first: help is always there.
func (w *world) shoreChoices() []choice {
	var cs []choice
	letters := w.writing()
	if w.overlay == nil && w.canFinish() && !letters {
		cs = append(cs, choice{id: idFinish, key: "f", label: w.t("footer.finish")})
	}
	help := choice{id: idHelp, key: "?", label: w.t("footer.help")}
	if letters {
		help.key = "F1"
	}
	cs = append(cs, help)
	if w.canLeave() {
		cs = append(cs, choice{id: idLeave, key: "q", label: w.t("welcome.quit")})
	}
	if w.canReadReceipt() {
		cs = append(cs, choice{id: idReceipt, key: "r", label: w.t("wiped.again")})
	}
	if w.canSignOutHere() && (len(cs) < 3 || w.width >= columnMax) {
		cs = append(cs, choice{id: idSignOut, key: "x", label: w.t("assist.close_short")})
	}
	if w.canOpenSpace() && (!w.status.Agent.Present || w.height <= bannerMax) {
		label := w.t("assist.title")
		if len(cs) > 2 && w.width < columnMax {
			label = w.t("assist.short")
		}
		cs = append(cs, choice{id: idAgent, key: keyAgent, label: label})
	}
	return cs
}

// writer is a screen on which letters may be typed; it says whether they are now: then no letter is the key of a choice.
type writer interface{ writes() bool }

func (w *world) writing() bool {
	s, ok := w.front().screen.(writer)
	return ok && s.writes()
}

// shoreParts are what the bottom line tells, the most important first.
func (w *world) shoreParts() []notice {
	var parts []notice
	if _, gone := w.overlayScreen().(*goneScreen); gone {
		return nil // what the station said last may be over
	}
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
	case session.Wiped:
		if _, up := w.front().screen.(*wipedScreen); up {
			parts = append(parts, notice{inkShore, w.t("wiped.soon", w.minutes(w.receiptLeft()))})
		}
	case session.Ready:
		if !w.writing() {
			parts = append(parts, notice{inkShore, w.t("keys.choose")})
		}
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
	case session.MediumForgotten:
		return w.t("footer.key.forgotten")
	default:
		return w.t("footer.key.none")
	}
}

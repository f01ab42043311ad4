package kiosk

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// frame is what is on the terminal: the sheet, and where the body of the screen is on it.
type frame struct {
	view      tea.View
	sheet     *sheet
	body      rect
	focus     string
	cursor    *tea.Cursor
	sand      bool // the sand reaches up into the body
	surface   int  // the row of the surface of the water
	scroll    int  // rows of the body above its window
	scrollMax int
}

// The choices that the frame adds to those of a screen.
const (
	idHelp   = "frame.help"
	idFinish = "frame.finish"
	idBack   = "frame.back"
	idLeave  = "frame.leave"
	// idReceipt shows the last receipt again.
	idReceipt = "frame.receipt"
	// idAgent shows the space of the agents.
	idAgent = "frame.agent"
	// idSignOut closes that space, from Bienvenue.
	idSignOut = "frame.sign-out"
)

func framed(id string) bool {
	return id == idHelp || id == idFinish || id == idBack || id == idLeave || id == idReceipt || id == idAgent ||
		id == idSignOut
}

// columnMax is how wide the body gets: longer lines are hard to read.
const columnMax = 100

// The smallest terminals: below them the program is one sentence, and below bannerMax rows it is the bandeau.
const (
	minWidth  = 20
	minHeight = 3
	bannerMax = 5
	tallFrom  = 24 // rows from which every target is three rows high
	boxedFrom = 16 // rows from which actions are boxes
)

// drawFrame draws the screen in front at the size of the terminal.
func (w *world) drawFrame() frame {
	f := w.drawFocused(w.front().focus)
	// Which choice has the focus is only known once all are declared: most screens are drawn once more.
	if i := focusOf(f.sheet.zones, f.focus); i >= 0 && f.sheet.zones[i].id != f.focus {
		f = w.drawFocused(f.sheet.zones[i].id)
	}
	f.view = tea.NewView(w.theme.paint(f.sheet, f.surface))
	f.view.AltScreen = true
	f.view.Cursor = f.cursor
	f.view.MouseMode = tea.MouseModeAllMotion
	f.view.DisableBracketedPasteMode = true
	if w.profile == colorprofile.TrueColor {
		f.view.BackgroundColor = w.theme.depth
	}
	return f
}

func (w *world) drawFocused(focus string) frame {
	f := frame{sheet: newSheet(w.width), focus: focus}
	f.sheet.fill(rect{0, 0, w.width, w.height}, inkText)
	switch {
	case w.width < minWidth || w.height < minHeight:
		w.drawSentence(&f)
	case w.height <= bannerMax && w.drawOver(&f):
	case w.height <= bannerMax && w.unfolding():
		f.sheet.fill(rect{0, 0, w.width, w.height}, inkTitle)
	case w.height <= bannerMax:
		w.drawBanner(&f)
	case w.drawWhole(&f):
	default:
		w.drawScreen(&f)
	}
	f.sheet.rows = f.sheet.rows[:w.height]
	return f
}

// wholer is a screen that may draw the whole terminal itself; it says whether it did.
type wholer interface {
	whole(w *world, f *frame) bool
}

func (w *world) drawWhole(f *frame) bool {
	s, ok := w.front().screen.(wholer)
	return ok && s.whole(w, f)
}

// drawScreen draws title and shore, then the actions above the shore, then the body in what is left.
func (w *world) drawScreen(f *frame) {
	front := w.front()
	top := w.drawTitle(f, front.title(w))
	bottom := w.height - w.shoreHeight()

	p := w.newPage(f, bottom-top)
	front.draw(p)
	actions := p.layActions()
	if p.inline {
		actions.copyTo(p.sheet, rect{0, p.sheet.height(), p.wide, actions.height()}, 0)
		actions = newSheet(p.wide)
	}
	bottom -= actions.height()
	notice := p.layNotice()
	bottom -= notice.height()

	f.body = rect{p.column, top, p.wide, max(bottom-top, 1)}
	f.scrollMax = max(p.sheet.height()-f.body.h, 0)
	f.scroll = min(max(front.scroll, 0), f.scrollMax)
	if spare := f.body.h - p.sheet.height(); spare > 0 && !p.top {
		f.body.y += spare * 2 / 5
		f.body.h -= spare * 2 / 5
	}
	for i := range p.sheet.zones {
		p.sheet.zones[i].inBody = true
	}
	p.sheet.copyTo(f.sheet, f.body, f.scroll)
	notice.copyTo(f.sheet, rect{p.column, bottom, p.wide, notice.height()}, 0)
	bottom += notice.height()
	actions.copyTo(f.sheet, rect{p.column, bottom, p.wide, actions.height()}, 0)
	w.drawScrollbar(f, p)
	if b, ok := front.screen.(beacher); ok && w.height >= boxedFrom {
		f.sand = b.drawBeach(w, f.sheet, f.body.y+p.y+1, top, w.height-w.shoreHeight())
	}
	w.drawShore(f)
}

// beacher is a screen with sand under its body: free is the first row without text, top and bottom bound the body. It
// says whether the sand goes down to the bottom line.
type beacher interface {
	drawBeach(w *world, on *sheet, free, top, bottom int) bool
}

// newPage makes the column that the screen in front draws on, in so many rows.
func (w *world) newPage(f *frame, rows int) *page {
	margin := 2
	if w.width < 60 {
		margin = 1
	}
	wide := min(w.width-2*margin, columnMax)
	p := &page{
		world: w, sheet: newSheet(wide), wide: wide, column: (w.width - wide) / 2,
		tall: w.height >= tallFrom, boxed: w.height >= boxedFrom, focus: f.focus, rows: rows,
	}
	p.actions()
	return p
}

// drawScrollbar shows, beside a body that is too tall, which part of it one sees.
func (w *world) drawScrollbar(f *frame, p *page) {
	if f.scrollMax == 0 || f.body.h < 2 {
		return
	}
	x := min(f.body.x+f.body.w, w.width-1)
	all := p.sheet.height()
	from := f.body.y + f.scroll*f.body.h/all
	size := max(f.body.h*f.body.h/all, 1)
	for y := f.body.y; y < f.body.y+f.body.h; y++ {
		k, sign := inkDim, "│"
		if y >= from && y < from+size {
			k, sign = inkSand, "┃"
		}
		f.sheet.put(x, y, k, sign)
	}
	if f.scroll > 0 {
		f.sheet.put(x, f.body.y, inkSand, "▲")
	}
	if f.scroll < f.scrollMax {
		f.sheet.put(x, f.body.y+f.body.h-1, inkSand, "▼")
	}
}

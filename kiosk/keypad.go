package kiosk

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// code is four figures being typed, on the keyboard or on the figures of the screen. They leave it once, as a Private.
type code struct{ figures []byte }

const codeLength = 4

const keypadPrefix = "figure:"

const idErase = "erase"

// add types a figure.
func (c *code) add(n int) {
	if len(c.figures) < codeLength {
		c.figures = append(c.figures, byte('0'+n))
	}
}

// erase takes the last figure back.
func (c *code) erase() { c.figures = c.figures[:max(len(c.figures)-1, 0)] }

// pick types what was chosen on the screen; it says whether that was for it.
func (c *code) pick(id string) bool {
	if id == idErase {
		c.erase()
		return true
	}
	n, err := strconv.Atoi(strings.TrimPrefix(id, keypadPrefix))
	if !strings.HasPrefix(id, keypadPrefix) || err != nil {
		return false
	}
	c.add(n)
	return true
}

// key erases; figures are keys of the choices on the screen and need no help.
func (c *code) key(k tea.KeyPressMsg) bool {
	if k.Code != tea.KeyBackspace && k.Code != tea.KeyDelete {
		return false
	}
	c.erase()
	return true
}

func (c *code) full() bool { return len(c.figures) == codeLength }

// dots shows how many figures are typed, and no more.
func (c *code) dots() string {
	return strings.Repeat("●", len(c.figures)) + strings.Repeat("○", codeLength-len(c.figures))
}

// take gives the code and forgets it.
func (c *code) take() session.Private {
	typed := session.Private(c.figures)
	c.drop()
	return typed
}

func (c *code) drop() {
	clear(c.figures)
	c.figures = c.figures[:0]
}

// keypad draws what is to be typed beside the figures to touch: words on the left, with how many figures are typed.
func (p *page) keypad(c *code, words func(p *page)) {
	const width, gap = 10, 1
	pad := 3*width + 2*gap
	height := 3
	if p.room-p.y < 4*3 {
		height = 1
	}
	x, top := (p.wide-pad)/2, p.y
	if p.wide >= pad+38 {
		try := *p
		try.sheet, try.y, try.wide = newSheet(p.wide), 0, p.wide-pad-4
		words(&try)
		try.typed(c)
		left := *p
		left.wide = try.wide
		left.y += max(4*height-try.y, 0) / 2
		words(&left)
		left.typed(c)
		x = p.wide - pad
	} else {
		words(p)
		p.typed(c)
		top = p.y
		if p.room-top < 4*3 {
			height = 1
		}
	}
	for i, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", idErase, "0"} {
		p.keypadKey(rect{max(x, 0) + (i%3)*(width+gap), top + i/3*height, width, height}, key)
	}
	p.y = max(p.y, top+4*height)
	p.sheet.grow(p.y)
}

// typed draws how many figures are typed.
func (p *page) typed(c *code) {
	text := "   " + strings.Join(strings.Split(c.dots(), ""), "   ") + "   "
	x := max((p.wide-textWidth(text))/2, 0)
	p.gap(1)
	if p.tall {
		p.sheet.put(x, p.y, inkTypedEdge, strings.Repeat("▄", textWidth(text)))
		p.sheet.put(x, p.y+2, inkTypedEdge, strings.Repeat("▀", textWidth(text)))
		p.y++
	}
	p.sheet.put(x, p.y, inkTyped, text)
	p.y += 1 + boolInt(p.tall)
}

func (p *page) keypadKey(r rect, key string) {
	z := zone{rect: r, id: keypadPrefix + key, key: key, label: key}
	text := key
	if key == idErase {
		z.id, z.key, z.label = idErase, "", p.t("pause.erase")
		text = "⌫"
	}
	p.sheet.add(z)
	lit := p.focus == z.id
	if r.h < 3 {
		p.sheet.put(r.x, r.y, inkIf(lit, inkLit, inkText), inkSign(lit)+text+" ")
		return
	}
	p.box(r, lit, false)
	p.sheet.put(r.x+(r.w-textWidth(text))/2, r.y+1, inkIf(lit, inkLit, inkStrong), text)
}

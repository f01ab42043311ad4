package kiosk

import (
	"strconv"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// field is one line that is being typed: a name, a service, the address of a site. Its characters are in one place that
// never moves, so that they can be overwritten; they leave it as a Private only.
type field struct {
	typed
	at int // the cursor: how many characters are before it
}

// newField has room for so many characters, and begins with a text of the configuration, or "".
func newField(most int, text string) *field {
	f := &field{typed: typed{make([]rune, 0, most)}}
	f.put(text)
	return f
}

// text is what was typed, without the blanks around it.
func (f *field) text() session.Private { return session.Private(strings.TrimSpace(string(f.runes))) }

func (f *field) empty() bool { return f.text() == "" }

// become takes another text in place of what was typed.
func (f *field) become(text session.Private) {
	f.wipe()
	f.put(text.Reveal())
}

// put types a text where the cursor is; it says whether all of it found room.
func (f *field) put(text string) bool {
	for _, r := range text {
		if unicode.IsSpace(r) {
			r = ' ' // a line break comes along with what is pasted
		}
		if !canType(r) {
			continue
		}
		if !f.add(r) {
			return false
		}
		copy(f.runes[f.at+1:], f.runes[f.at:])
		f.runes[f.at] = r
		f.at++
	}
	return true
}

// canType lets every letter and sign of Unicode in, and the joiners that Persian words and some emoji need; nothing that
// steers a terminal or turns the direction of a line round.
func canType(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return true
	}
	return r != unicode.ReplacementChar && unicode.IsGraphic(r) && !unicode.Is(unicode.Bidi_Control, r)
}

// cut takes the characters between two places away, and overwrites the room that they leave.
func (f *field) cut(from, to int) {
	n := copy(f.runes[from:], f.runes[to:])
	clear(f.runes[from+n:])
	f.runes = f.runes[:from+n]
	f.at = from
}

// wipe overwrites all of it.
func (f *field) wipe() {
	f.typed.wipe()
	f.at = 0
}

// before and after are where the character before the cursor begins, and the one after it ends: a letter with its
// accents is one.
func (f *field) before() int {
	last := 0
	for n, text := 0, string(f.runes[:f.at]); text != ""; {
		cluster, rest := firstCluster(text)
		last = n
		n, text = n+len([]rune(cluster)), rest
	}
	return last
}

func (f *field) after() int {
	if f.at == len(f.runes) {
		return f.at
	}
	cluster, _ := firstCluster(string(f.runes[f.at:]))
	return f.at + len([]rune(cluster))
}

// key types, corrects and moves the cursor; it says whether the key was for it, and whether there was no room.
func (f *field) key(k tea.KeyPressMsg) (wanted, full bool) {
	switch k.Code {
	case tea.KeyBackspace:
		f.cut(f.before(), f.at)
	case tea.KeyDelete:
		f.cut(f.at, f.after())
	case tea.KeyLeft:
		f.at = f.before()
	case tea.KeyRight:
		f.at = f.after()
	case tea.KeyHome:
		f.at = 0
	case tea.KeyEnd:
		f.at = len(f.runes)
	default:
		text := k.Text
		if n, ok := digit(k); ok && text == "" {
			text = strconv.Itoa(n) // the numeric pad
		}
		return text != "", !f.put(text)
	}
	return true, false
}

// field draws what is typed, with the part around the cursor when it does not fit.
func (p *page) field(f *field, placeholder string) {
	rows := typedRows(p)
	p.sheet.fill(rect{0, p.y + rows/2, p.wide, 1}, inkTyped)
	if rows == 3 {
		p.sheet.put(0, p.y, inkTypedEdge, strings.Repeat("▄", p.wide))
		p.sheet.put(0, p.y+2, inkTypedEdge, strings.Repeat("▀", p.wide))
	}
	left, right := session.Private(f.runes[:f.at]).Printable(), session.Private(f.runes[f.at:]).Printable()
	room := max(p.wide-4, 1)
	for textWidth(left) > room-min(textWidth(right), room/4)-1 && left != "" {
		_, left = firstCluster(left)
	}
	y := p.y + rows/2
	x := p.sheet.put(2, y, inkTyped, left)
	x = p.sheet.put(x, y, inkTyped, "▏")
	x = p.sheet.put(x, y, inkTyped, clip(right, p.wide-1-x))
	if len(f.runes) == 0 {
		p.sheet.put(x+1, y, inkTyped, clip(placeholder, p.wide-2-x))
	}
	p.y += rows
	p.sheet.grow(p.y)
}

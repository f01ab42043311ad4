package tagged

import (
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// pointsToMM is a point in millimetres.
const pointsToMM = 25.4 / 72

// Span is a piece of a sentence.
type Span struct {
	Text string
	Bold bool
}

// T is plain text.
func T(text string) Span { return Span{Text: text} }

// B is bold text.
func B(text string) Span { return Span{Text: text, Bold: true} }

// H1 is the title of the sheet.
func (s *Sheet) H1(text string) {
	s.in("H1", "", func() { s.lines(s.style.Size*1.7, s.left, s.width, B(text)) })
	s.Gap(1)
}

// H2 is the title of a part. It stays with what follows it.
func (s *Sheet) H2(text string) {
	s.Gap(s.lineHeight(s.style.Size) * 0.45)
	s.Keep(s.lineHeight(s.style.Size) * 4)
	s.in("H2", "", func() { s.lines(s.style.Size*1.15, s.left, s.width, B(text)) })
}

// P is a paragraph.
func (s *Sheet) P(spans ...Span) {
	s.in("P", "", func() { s.lines(s.style.Size, s.left, s.width, spans...) })
}

// Small is a paragraph in smaller letters.
func (s *Sheet) Small(spans ...Span) {
	s.in("P", "", func() { s.lines(max(s.style.Size-1.5, 7.5), s.left, s.width, spans...) })
}

// Item is one point of a list: its sign, and what it says.
type Item struct {
	Label string
	Spans []Span
}

// List writes points under each other, their signs in a column of their own.
func (s *Sheet) List(items ...Item) {
	if len(items) == 0 {
		return
	}
	indent := s.indent()
	for _, item := range items {
		indent = max(indent, s.measure(s.style.Size, T(item.Label))+2)
	}
	s.in("L", "<</O /List /ListNumbering /Disc>>", func() {
		for _, item := range items {
			s.in("LI", "", func() { s.item(item, indent) })
		}
	})
}

// indent is where the text of a point begins.
func (s *Sheet) indent() float64 { return s.style.Size * pointsToMM * 1.9 }

func (s *Sheet) item(item Item, indent float64) {
	size := s.style.Size
	s.Keep(s.lineHeight(size))
	s.in("Lbl", "", func() { s.draw(s.left+0.6, s.y, size, T(item.Label)) })
	s.in("LBody", "", func() { s.lines(size, s.left+indent, s.width-indent, item.Spans...) })
}

// baseline is how far below the top of its line a text stands.
func (s *Sheet) baseline(size float64) float64 {
	return size * pointsToMM * (s.style.Leading + 0.5) / 2
}

func (s *Sheet) lineHeight(size float64) float64 { return size * pointsToMM * s.style.Leading }

// lines breaks a text into lines and writes them, on the next page where this one is full.
func (s *Sheet) lines(size, left, width float64, spans ...Span) {
	for _, line := range s.broken(size, width, spans) {
		s.Keep(s.lineHeight(size))
		x := left
		for _, span := range line {
			x += s.draw(x, s.y, size, span)
		}
		s.y += s.lineHeight(size)
	}
}

// draw writes a piece of a line whose top is at y, and gives its width.
func (s *Sheet) draw(x, y, size float64, span Span) float64 {
	plain := clean(span.Text, span.Bold)
	drawn := visual(plain)
	actual := ""
	if said := norm.NFC.String(span.Text); drawn != said {
		actual = said
	}
	s.font(span.Bold, size)
	s.mark(actual, func() {
		s.pdf.Text(x, y+s.baseline(size), drawn)
	})
	return s.pdf.GetStringWidth(drawn)
}

func (s *Sheet) measure(size float64, span Span) float64 {
	s.font(span.Bold, size)
	return s.pdf.GetStringWidth(visual(clean(span.Text, span.Bold)))
}

// broken breaks at spaces; what is longer than a line is broken where it must be. A no-break space breaks nothing.
func (s *Sheet) broken(size, width float64, spans []Span) (lines [][]Span) {
	var line []Span
	used := 0.0
	end := func() {
		if n := len(line); n > 0 {
			line[n-1].Text = strings.TrimRight(line[n-1].Text, " ")
		}
		lines = append(lines, line)
		line, used = nil, 0
	}
	add := func(word Span) {
		if n := len(line); n > 0 && line[n-1].Bold == word.Bold {
			line[n-1].Text += word.Text
		} else {
			line = append(line, word)
		}
		used += s.measure(size, word)
	}
	for _, span := range spans {
		for _, word := range strings.SplitAfter(span.Text, " ") {
			bare := Span{strings.TrimRight(word, " "), span.Bold}
			if used > 0 && used+s.measure(size, bare) > width {
				end()
			}
			if s.measure(size, bare) <= width {
				add(Span{word, span.Bold})
				continue
			}
			for g := uniseg.NewGraphemes(word); g.Next(); {
				sign := Span{g.Str(), span.Bold}
				if used > 0 && used+s.measure(size, sign) > width {
					end()
				}
				add(sign)
			}
		}
	}
	if len(line) > 0 {
		end()
	}
	return lines
}

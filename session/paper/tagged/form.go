package tagged

import "strings"

// What is filled in by hand: lines, boxes to sign in, and what is cut off.

// writeHeight is what a hand needs for a line, in millimetres.
const writeHeight = 7.5

// writeGap parts a line to write on from what is under it.
const writeGap = 1.4

// Write says what to write, and draws a line for it up to the margin; under a long label, a line of its own.
func (s *Sheet) Write(label string) {
	if s.measure(s.style.Size, T(label)) < 0.6*s.width {
		s.WriteSeveral(label)
		return
	}
	s.Keep(s.lineHeight(s.style.Size) + writeHeight)
	s.P(T(label))
	s.WriteSeveral("")
}

// WriteSeveral is Write with several short labels on one line, each with an equal share of it.
func (s *Sheet) WriteSeveral(labels ...string) {
	s.Keep(writeHeight + writeGap)
	size := s.style.Size
	share := s.width / float64(len(labels))
	below := s.y + writeHeight
	write := func() {
		for i, label := range labels {
			end := s.left + float64(i+1)*share
			if i < len(labels)-1 {
				end -= 4
			}
			s.writeOn(s.left+float64(i)*share, end, below, label, size)
		}
	}
	if strings.Join(labels, "") == "" {
		write() // a line alone is nothing to read
	} else {
		s.in("P", "", write)
	}
	s.y = below + writeGap
}

// writeOn writes a label from left on, and a line from there to right.
func (s *Sheet) writeOn(left, right, below float64, label string, size float64) {
	if label != "" {
		left += s.draw(left, s.standing(below, size), size, T(label)) + 1.5
	}
	s.artefact(func() {
		s.pdf.SetLineWidth(0.2)
		s.pdf.Line(left, below-0.6, right, below-0.6)
	})
}

// standing is the top of a text that stands on the line drawn above below.
func (s *Sheet) standing(below, size float64) float64 { return below - 1 - s.baseline(size) }

// writeItem is a point of a list with a line to write on.
func (s *Sheet) writeItem(label, text string) {
	size := s.style.Size
	indent := s.indent()
	s.Keep(writeHeight + writeGap)
	below := s.y + writeHeight
	s.in("Lbl", "", func() { s.draw(s.left+0.6, s.standing(below, size), size, T(label)) })
	s.in("LBody", "", func() { s.writeOn(s.left+indent, s.left+s.width, below, text, size) })
	s.y = below
}

// WriteList is a list in which each point has a line to write on after its text.
func (s *Sheet) WriteList(label string, texts ...string) {
	s.in("L", "<</O /List /ListNumbering /Disc>>", func() {
		for _, text := range texts {
			s.in("LI", "", func() { s.writeItem(label, text) })
		}
	})
	s.Gap(writeGap)
}

// Boxes draws boxes to sign in, side by side, each with its captions above. The height
// is in millimetres.
func (s *Sheet) Boxes(height float64, captions ...[]string) {
	const between = 8.0
	width := (s.width - between*float64(len(captions)-1)) / float64(len(captions))
	size := s.style.Size
	top, below := s.y, s.y
	for i, caption := range captions {
		left := s.left + float64(i)*(width+between)
		s.y = top
		for j, text := range caption {
			s.in("P", "", func() { s.lines(size, left, width, Span{text, j == 0}) })
		}
		below = max(below, s.y)
	}
	below++
	s.artefact(func() {
		s.pdf.SetLineWidth(0.3)
		for i := range captions {
			s.pdf.Rect(s.left+float64(i)*(width+between), below, width, height, "D")
		}
	})
	s.y = below + height
}

// Cut draws a dotted line across the page, with scissors.
func (s *Sheet) Cut() {
	const height = 6.0
	s.Keep(height)
	y := s.y + height/2
	s.artefact(func() {
		s.font(false, 13)
		s.pdf.Text(s.left, y+1.6, "✂")
		s.pdf.SetLineWidth(0.3)
		s.pdf.SetDashPattern([]float64{1.2, 1.2}, 0)
		s.pdf.Line(s.left+6, y, s.left+s.width, y)
		s.pdf.SetDashPattern(nil, 0)
	})
	s.y += height
}

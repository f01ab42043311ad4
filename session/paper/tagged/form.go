package tagged

// What is filled in by hand: lines, boxes to sign in, and what is cut off.

// writeHeight is what a hand needs for a line, in millimetres.
const writeHeight = 7.5

// Write says what to write, and draws a line for it up to the margin.
func (s *Sheet) Write(label string) { s.WriteSeveral(label) }

// WriteSeveral is Write with several labels on one line, each with an equal share of it.
func (s *Sheet) WriteSeveral(labels ...string) {
	s.Keep(writeHeight)
	size := s.style.Size
	share := s.width / float64(len(labels))
	below := s.y + writeHeight
	s.in("P", "", func() {
		for i, label := range labels {
			x := s.left + float64(i)*share
			end := s.left + float64(i+1)*share
			if i < len(labels)-1 {
				end -= 4
			}
			used := s.draw(x, below-s.lineHeight(size), size, T(label))
			s.artefact(func() {
				s.pdf.SetLineWidth(0.2)
				s.pdf.Line(x+used+1.5, below-0.6, end, below-0.6)
			})
		}
	})
	s.y = below
}

// WriteItem is a point of a list with a line to write on.
func (s *Sheet) writeItem(label, text string) {
	size := s.style.Size
	indent := size * pointsToMM * 1.9
	s.Keep(writeHeight)
	below := s.y + writeHeight
	top := below - s.lineHeight(size)
	s.in("Lbl", "", func() { s.draw(s.left+0.6, top, size, T(label)) })
	s.in("LBody", "", func() {
		used := 0.0
		if text != "" {
			used = s.draw(s.left+indent, top, size, T(text)) + 1.5
		}
		s.artefact(func() {
			s.pdf.SetLineWidth(0.2)
			s.pdf.Line(s.left+indent+used, below-0.6, s.left+s.width, below-0.6)
		})
	})
	s.y = below
}

// WriteList is a list in which each point has a line to write on after its text.
func (s *Sheet) WriteList(label string, texts ...string) {
	s.in("L", "<</O /List /ListNumbering /Disc>>", func() {
		for _, text := range texts {
			s.in("LI", "", func() { s.writeItem(label, text) })
		}
	})
}

// Boxes draws boxes to sign in, side by side, of that height, each with its captions above.
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

// BoxesHeight is what Boxes with such captions takes, when a caption has at most so many lines.
func (s *Sheet) BoxesHeight(height float64, lines int) float64 {
	return height + 1 + float64(lines)*s.lineHeight(s.style.Size)
}

// Cut draws a dotted line across the page, with scissors.
func (s *Sheet) Cut() {
	const height = 6.0
	s.Keep(height)
	y := s.y + height/2
	s.artefact(func() {
		s.font(false, 13)
		s.pdf.Text(s.left-2, y+1.6, "✂")
		s.pdf.SetLineWidth(0.3)
		s.pdf.SetDashPattern([]float64{1.2, 1.2}, 0)
		s.pdf.Line(s.left+4, y, s.left+s.width, y)
		s.pdf.SetDashPattern(nil, 0)
	})
	s.y += height
}

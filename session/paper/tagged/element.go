package tagged

import "fmt"

// element is a node of the structure: its kids are elements, and pieces of marked content.
type element struct {
	tag    string
	attrs  string // an attribute dictionary, "" for none
	actual string // ActualText, "" for none
	parent *element
	kids   []kid

	number int // of its object, once written
}

// kid is an element, or the piece of content with that number on that page.
type kid struct {
	element    *element
	page, mcid int
}

// in writes what do writes into a new element.
func (s *Sheet) in(tag, attrs string, do func()) {
	if s.dry {
		do()
		return
	}
	e := &element{tag: tag, attrs: attrs, parent: s.open}
	s.open.kids = append(s.open.kids, kid{element: e})
	outer := s.open
	s.open = e
	do()
	s.open = outer
}

// mark puts what is drawn into the open element. actual is the text as a reader says it, where the glyphs do not tell it;
// it stands in an element of its own.
func (s *Sheet) mark(actual string, draw func()) {
	if s.dry {
		return
	}
	if actual != "" {
		s.in("Span", "", func() {
			s.open.actual = actual
			s.mark("", draw)
		})
		return
	}
	page := s.pdf.PageNo() - 1
	mcid := len(s.marks[page])
	s.marks[page] = append(s.marks[page], s.open)
	s.open.kids = append(s.open.kids, kid{page: page, mcid: mcid})
	s.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", s.open.tag, mcid))
	draw()
	s.pdf.RawWriteStr("EMC\n")
}

// artefact draws what is not read: a rule, a box, the number of a page.
func (s *Sheet) artefact(draw func()) {
	if s.dry {
		return
	}
	s.pdf.RawWriteStr("/Artifact BMC\n")
	draw()
	s.pdf.RawWriteStr("EMC\n")
}

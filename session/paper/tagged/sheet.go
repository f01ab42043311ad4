package tagged

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"estran/assets/fonts"
)

// The page is A4; lengths are in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	footerRoom            = 9.0
	family                = "dejavusans"
)

// Style is how a sheet is set.
type Style struct {
	Size    float64 // of the running text, in points
	Leading float64 // from line to line, in sizes
	Margin  float64 // on each side, in millimetres
	// FirstFree is left free at the bottom of the first page, in millimetres: it is the back of what is cut off.
	FirstFree float64
	// Footer is said at the bottom of each page, "" says nothing.
	Footer func(page, pages int) string
}

// Sheet is a document that is being written, from top to bottom. What goes wrong is told by Output.
type Sheet struct {
	pdf   *fpdf.Fpdf
	lang  string
	title string
	style Style
	y     float64 // where the next line begins
	left  float64 // of the column
	width float64
	dry   bool // what is written is measured, not drawn

	root *element
	open *element
	// marks are, for each page, the elements of its marked content by their number (MCID).
	marks [][]*element
}

// New begins a sheet in a language ("fr", "en") with a title, which a reader shows and speaks first.
func New(lang, title string, style Style) *Sheet {
	s := &Sheet{pdf: fpdf.New("P", "mm", "A4", ""), lang: lang, title: title, style: style}
	s.pdf.SetAutoPageBreak(false, 0)
	s.pdf.SetCatalogSort(true)
	s.pdf.SetCreationDate(time.Unix(0, 0).UTC())
	s.pdf.SetModificationDate(time.Unix(0, 0).UTC())
	s.pdf.AddUTF8FontFromBytes(family, "", fonts.Regular)
	s.pdf.AddUTF8FontFromBytes(family, "B", fonts.Bold)
	s.root = &element{tag: "Document"}
	s.open = s.root
	s.left, s.width = style.Margin, pageWidth-2*style.Margin
	s.newPage()
	return s
}

// Pages is how many pages there are so far.
func (s *Sheet) Pages() int { return s.pdf.PageCount() }

// Room is what is left on this page, in millimetres.
func (s *Sheet) Room() float64 { return s.bottom() - s.y }

func (s *Sheet) bottom() float64 {
	bottom := pageHeight - s.style.Margin - footerRoom
	if s.Pages() == 1 {
		bottom -= s.style.FirstFree
	}
	return bottom
}

// Keep goes to the next page when there is less room than that, in millimetres.
func (s *Sheet) Keep(height float64) {
	const hair = 0.01 // sums of fractions are not exact
	if !s.dry && s.Room()+hair < height {
		s.newPage()
	}
}

// Gap leaves room, in millimetres.
func (s *Sheet) Gap(height float64) { s.y += height }

// Together keeps what do writes on one page.
func (s *Sheet) Together(do func()) {
	s.Keep(s.height(do))
	do()
}

// AtBottom writes at the bottom of this page, or of the next one where there is no room.
func (s *Sheet) AtBottom(do func()) {
	height := s.height(do)
	s.Keep(height)
	s.y = max(s.y, s.bottom()-height)
	do()
}

// height is what do takes on a page. It is done twice, so it must do nothing but write.
func (s *Sheet) height(do func()) float64 {
	y, dry := s.y, s.dry
	s.dry = true
	do()
	height := s.y - y
	s.y, s.dry = y, dry
	return height
}

func (s *Sheet) newPage() {
	s.pdf.AddPage()
	s.marks = append(s.marks, nil)
	s.y = s.style.Margin
}

// Output writes the sheet. Nothing can be added to it afterwards.
func (s *Sheet) Output(w io.Writer) error {
	s.footers()
	var drawn, whole bytes.Buffer
	if err := s.pdf.Output(&drawn); err != nil {
		return fmt.Errorf("cannot draw a sheet: %w", err)
	}
	if err := s.rewrite(&whole, drawn.Bytes()); err != nil {
		return fmt.Errorf("cannot give a sheet its structure: %w", err)
	}
	if _, err := w.Write(whole.Bytes()); err != nil {
		return fmt.Errorf("cannot write a sheet: %w", err)
	}
	return nil
}

// footers are drawn last, when the number of pages is known. They are artefacts: a reader numbers pages by itself.
func (s *Sheet) footers() {
	if s.style.Footer == nil {
		return
	}
	pages := s.Pages()
	for page := 1; page <= pages; page++ {
		s.pdf.SetPage(page)
		text := visual(clean(s.style.Footer(page, pages), false))
		s.artefact(func() {
			s.font(false, 8)
			s.pdf.Text(s.style.Margin, pageHeight-s.style.Margin+1, text)
		})
	}
}

func (s *Sheet) font(bold bool, size float64) {
	style := ""
	if bold {
		style = "B"
	}
	s.pdf.SetFont(family, style, size)
}

package paper

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"rsc.io/qr"

	"estran/assets"
)

// The page is A4; lengths are in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 16.0
	between               = 10.0 // two columns
	columnWidth           = (pageWidth - 2*margin - between) / 2
	signWidth             = 6.0
	codeWidth             = 92.0 // a module of the longest text is more than half a millimetre
)

// sheet is a page that is being written.
type sheet struct {
	*fpdf.Fpdf
	latin func(string) string // to the characters of the fonts that every printer has
}

// Receipt writes the receipt with these ids of steps, each of which was verified, and of limits.
func Receipt(w io.Writer, steps, limits []string) error {
	p := newSheet()
	below := 0.0
	var texts []string
	for i, lang := range assets.Languages() {
		words := assets.ReceiptIn(lang, steps, limits)
		texts = append(texts, words.Text())
		p.SetXY(margin+float64(i)*(columnWidth+between), margin)
		below = max(below, p.column(words, assets.In(lang).T("receipt.silent")))
	}
	if below > pageHeight-margin-codeWidth {
		return errors.New("internal error: the receipt takes more than a page")
	}
	code, err := qr.Encode(strings.Join(texts, "\n\n"), qr.M)
	if err != nil {
		return fmt.Errorf("cannot make the code of a receipt: %w", err)
	}
	top := pageHeight - margin - codeWidth
	p.code(code, margin, top)
	p.captions(margin+codeWidth+between, top)
	if err := p.Output(w); err != nil {
		return fmt.Errorf("cannot make the page of a receipt: %w", err)
	}
	return nil
}

func newSheet() *sheet {
	p := &sheet{Fpdf: fpdf.New("P", "mm", "A4", "")}
	p.latin = p.UnicodeTranslatorFromDescriptor("cp1252")
	p.SetAutoPageBreak(false, 0)
	p.SetTitle("Estran", true)
	// The hour is not on the page: it must not be behind it either.
	p.SetCreationDate(time.Unix(0, 0).UTC())
	p.SetModificationDate(time.Unix(0, 0).UTC())
	p.SetCatalogSort(true)
	p.AddPage()
	return p
}

// column writes a receipt in one language from where the pen is, and says where it ends.
func (p *sheet) column(words assets.Receipt, last string) (below float64) {
	p.words("B", 20, 9, words.Title)
	p.gap(2)
	p.words("B", 11, 5.5, words.Lead)
	p.gap(3)
	for _, done := range words.Done {
		p.line(done, p.tick)
	}
	if len(words.Limits) > 0 {
		p.gap(3)
		p.words("B", 11, 5.5, words.LimitsTitle)
		p.gap(1)
		for _, limit := range words.Limits {
			p.line(limit, p.dot)
		}
	}
	p.gap(3)
	p.words("I", 9, 5, last)
	return p.GetY()
}

// words writes a text at the pen and goes under it.
func (p *sheet) words(style string, size, height float64, text string) {
	x := p.GetX()
	p.SetFont("Helvetica", style, size)
	p.MultiCell(columnWidth, height, p.latin(text), "", "L", false)
	p.SetX(x)
}

// line writes a sentence with its sign before it. The signs are drawn: the fonts that every printer has lack them.
func (p *sheet) line(text string, sign func(x, y float64)) {
	x, y := p.GetXY()
	sign(x, y)
	p.SetFont("Helvetica", "", 11)
	p.SetX(x + signWidth)
	p.MultiCell(columnWidth-signWidth, 5.5, p.latin(text), "", "L", false)
	p.SetXY(x, p.GetY()+1)
}

func (p *sheet) tick(x, y float64) {
	p.SetLineWidth(0.6)
	p.Line(x+1, y+3, x+2.2, y+4.2)
	p.Line(x+2.2, y+4.2, x+4.4, y+1.4)
}

func (p *sheet) dot(x, y float64) { p.Circle(x+2.4, y+2.8, 0.6, "F") }

// gap goes down, and stays in the column.
func (p *sheet) gap(height float64) { p.SetXY(p.GetX(), p.GetY()+height) }

package paper

import (
	"strings"

	"rsc.io/qr"

	"estran/assets"
)

// quiet is the light margin of a code, in modules (ISO/IEC 18004, 6.3.8).
const quiet = 4

// code draws a code in a square of codeWidth, its margin within. A run of dark modules is one bar, and bars overlap by a
// hair: rounding would leave light lines between them.
func (p *sheet) code(c *qr.Code, left, top float64) {
	const hair = 0.02
	module := codeWidth / float64(c.Size+2*quiet)
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for c.Black(x, y) {
				x++
			}
			if x > from {
				p.Rect(left+float64(from+quiet)*module, top+float64(y+quiet)*module, float64(x-from)*module, module+hair, "F")
			}
		}
	}
}

// captions says beside the code what it is for, in each language.
func (p *sheet) captions(x, top float64) {
	p.SetXY(x, top+codeWidth/3)
	for i, lang := range assets.Languages() {
		style := "B"
		if i > 0 {
			style = ""
		}
		p.SetFont("Helvetica", style, 11)
		p.SetX(x)
		p.MultiCell(pageWidth-margin-x, 5.5, p.latin(strings.Join(assets.In(lang).Lines("receipt.camera"), "\n")), "", "L", false)
		p.SetY(p.GetY() + 4)
	}
}

package kiosk

import "rsc.io/qr"

// quiet is the light margin of a code, in modules: phones need it to find the code (ISO/IEC 18004, 6.3.8).
const quiet = 4

// codeSide is how many modules a code takes, with its margin: as many columns, and half as many rows.
func codeSide(c *qr.Code) int { return c.Size + 2*quiet }

// codeIn makes the code of a text that fits in so many columns and rows, nil when none does. Where it costs no room it
// can lose twice as much to glare.
func codeIn(text string, columns, rows int) *qr.Code {
	for _, level := range []qr.Level{qr.M, qr.L} {
		if c, err := qr.Encode(text, level); err == nil && codeSide(c) <= min(columns, 2*rows) {
			return c
		}
	}
	return nil
}

// code draws a code, two modules in a cell. The light ones are drawn and the dark ones left: so it is also right where
// a terminal without colours writes in light on dark.
func (s *sheet) code(x, y int, c *qr.Code) {
	side := codeSide(c)
	for row := range (side + 1) / 2 {
		for column := range side {
			top := c.Black(column-quiet, 2*row-quiet)
			below := c.Black(column-quiet, 2*row+1-quiet)
			s.put(x+column, y+row, inkCode, map[[2]bool]string{
				{false, false}: "█", {false, true}: "▀", {true, false}: "▄", {true, true}: " ",
			}[[2]bool{top, below}])
		}
	}
}

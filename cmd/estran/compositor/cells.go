package compositor

import (
	"errors"
	"fmt"
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// The kiosk keeps this many columns and rows when all is large.
const (
	fewestColumns = 80
	fewestRows    = 24
)

// cell is the size of a character, in the terminal's own pixels. foot tells it as the size of the whole (ioctl_tty(2),
// TIOCGWINSZ).
//
// A terminal that tells no pixels is none that we arrange.
type cell struct{ width, height, rows int }

var errNoPixels = errors.New("the terminal does not tell its size in pixels")

func cellOf(terminal *os.File) (cell, error) {
	size, err := unix.IoctlGetWinsize(int(terminal.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return cell{}, fmt.Errorf("cannot ask the terminal for its size: %w", err)
	}
	if size.Row == 0 || size.Col == 0 || size.Xpixel < size.Col || size.Ypixel < size.Row {
		return cell{}, errNoPixels
	}
	return cell{int(size.Xpixel / size.Col), int(size.Ypixel / size.Row), int(size.Row)}, nil
}

// density is how many of the terminal's pixels make one of sway's, in a window so high. A terminal that cannot draw at
// the scale of the display draws at the next whole one.
func (c cell) density(scale float64, height int) float64 {
	for _, s := range []float64{scale, math.Ceil(scale)} {
		if c.fills(height, s) {
			return s
		}
	}
	return scale
}

// fills says that no row more goes into a window so high.
func (c cell) fills(height int, density float64) bool {
	used, room := float64(c.rows*c.height), float64(height)*density
	return used <= room+1 && room < used+float64(c.height)+1
}

// largeScales are the scales of a large display, the largest first: a font of 20 pixels has whole ones at these, and so
// have its cells.
var largeScales = []float64{1.5, 1.25}

// largeScale is the largest of them at which a terminal with these cells, in pixels at scale 1, keeps its columns and
// rows; 1 where there is none.
func largeScale(o output, width, height float64) float64 {
	for _, scale := range largeScales {
		if cellsIn(o.Mode.Width, width, scale) >= fewestColumns && cellsIn(o.Mode.Height, height, scale) >= fewestRows {
			return scale
		}
	}
	return 1
}

// cellsIn counts the cells in so many pixels of a display: sway's pixels are whole ones, and so are those of a cell.
func cellsIn(pixels int, cell, scale float64) int {
	room := math.Floor(float64(pixels)/scale+1e-6) * scale
	return int(room/math.Ceil(cell*scale-1e-6) + 1e-6)
}

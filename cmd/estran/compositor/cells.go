package compositor

import (
	"errors"
	"fmt"
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// The kiosk keeps this many columns and rows when all is large, and is never larger than this.
const (
	fewestColumns = 80
	fewestRows    = 24
	mostScale     = 1.5
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

// largeScale is the scale of a large display on which a terminal with these cells, in pixels at scale 1, keeps its
// columns and rows. Steps of a twentieth are exact for all (fractional-scale-v1 counts in 120ths).
func largeScale(o output, width, height float64) float64 {
	most := min(mostScale, float64(o.Mode.Width)/(fewestColumns*width), float64(o.Mode.Height)/(fewestRows*height))
	return max(math.Floor(most*20+1e-6)/20, 1)
}

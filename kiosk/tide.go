package kiosk

// foot is a footprint in pixels, walking to the right; turned over it is the other foot.
var foot = []string{
	"............####.##...",
	".####...##########....",
	"#################..##.",
	"##################....",
	"##################.##.",
	"######..#########.....",
	".####......######.###.",
	".............####.###.",
}

// footprints draws a trail down the sand between two rows; rows above from are under water.
func (s *sheet) footprints(top, bottom, from int) {
	const stride = 27
	rows := len(foot) / 2
	steps := max((s.width-10)/stride, 1)
	fall := max(bottom-top-rows-1, 0)
	for i := range steps {
		print, y := foot, top+i*fall/max(steps-1, 1)
		if i%2 == 1 {
			print, y = turned(foot), y+1
		}
		for j := range rows {
			line := halfBlocks(print[2*j], print[2*j+1])
			for k, r := range []rune(line) {
				if r != ' ' && y+j >= from && y+j < bottom {
					s.put(6+i*stride+k, y+j, inkPrint, string(r))
				}
			}
		}
	}
}

func turned(pixels []string) []string {
	over := make([]string, len(pixels))
	for i, line := range pixels {
		over[len(pixels)-1-i] = line
	}
	return over
}

// tideline draws the edge of the water on the sand, with a line of foam, and foam in the water before it.
func (s *sheet) tideline(row int, shift float64) {
	edge := wave{middle: 4, height: 3, length: 53, shift: shift, tone: toneSand}
	for x := range s.width {
		h := edge.at(x)
		s.column(x, row, 1, toneWater, []level{{h + 1, toneFoam}, {h, toneSand}})
		if a := (x*7 + int(shift)*3) % 29; row > 0 && a < 3 && s.rows[row-1][x].text == " " {
			s.put(x, row-1, inkFoam, "~")
		}
	}
}

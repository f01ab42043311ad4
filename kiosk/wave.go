package kiosk

import "math"

// wave is a swell: how high it is, in eighths of a row, and how long, in columns.
type wave struct {
	middle, height float64
	length, shift  float64
	tone           tone
}

// at is the height of the water in a column. Two swells make one, so that it does not look drawn with a ruler.
func (v wave) at(x int) int {
	a := (float64(x) + v.shift) * 2 * math.Pi / v.length
	return int(math.Round(v.middle + v.height*(math.Sin(a)+0.4*math.Sin(2.3*a+1))/1.4))
}

// swell draws the sea from the far waves to the near ones. Where a crest ends low in its cell, foam glitters on it.
func (s *sheet) swell(top, rows int, sky tone, waves []wave) {
	s.grow(top + rows)
	for x := range s.width {
		var levels []level
		for _, v := range waves {
			h := v.at(x)
			levels = append(levels, level{h, v.tone})
			if crest := v.middle + v.height*0.5; v.tone != toneWater && float64(h) > crest && h%8 > 0 && h%8 < 3 {
				levels[len(levels)-1] = level{h, toneFoam}
				levels = append(levels, level{h - h%8, v.tone})
			}
		}
		s.column(x, top, rows, sky, levels)
	}
}

// surface is the thin wave under the title.
func (s *sheet) surface(row int) {
	s.swell(row, 1, toneNight, []wave{{middle: 3.5, height: 3.2, length: 41, tone: toneWater}})
}

// beach is where the water meets the sand at the bottom: a line of foam on the edge.
func (s *sheet) beach(row int) {
	edge := wave{middle: 4, height: 2.6, length: 67, shift: 11, tone: toneSand}
	for x := range s.width {
		h := edge.at(x)
		s.column(x, row, 1, toneWater, []level{{h + 1, toneFoam}, {h, toneSand}})
	}
}

// moon draws the moon in the sky, where there is room for it.
func (s *sheet) moon(x, top, rows int) {
	disc := []string{"..####..", ".######.", "########", "########", "########", "########", ".######.", "..####.."}
	if rows < 8 || x < 90 {
		return
	}
	for i := 0; i < len(disc); i += 2 {
		line := halfBlocks(disc[i], disc[i+1])
		for j, r := range []rune(line) {
			if r != ' ' {
				s.put(x+j, top+1+i/2, meeting(toneSand, toneNight), string(r))
			}
		}
	}
}

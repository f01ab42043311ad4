package kiosk

// tone is a colour of the drawings of the sea. Two tones share a cell: the lower one rises in it by eighths, so that
// the line between them is smooth, and shows as a line of blocks without any colour.
type tone uint8

// The tones, from the sky to the beach.
const (
	toneNight tone = iota
	toneFar
	toneMiddle
	toneNear
	toneWater // the water of the body
	toneFoam
	toneSand
	toneCount
)

// inkTones is the first of the inks for pairs of tones; they carry no text.
const inkTones = inkCount

// meeting is the ink of a cell where one tone is under another.
func meeting(below, above tone) ink { return inkTones + ink(below)*ink(toneCount) + ink(above) }

// inkAll counts the inks with those for pairs of tones.
const inkAll = inkTones + ink(toneCount)*ink(toneCount)

const eighths = " ▁▂▃▄▅▆▇█"

var eighthRunes = []rune(eighths)

// column paints one column of cells, from the top: each level is the height, in eighths of a row above the bottom, up
// to which its tone reaches; the last level that is higher than a place is what one sees there.
type level struct {
	height int
	tone   tone
}

func (s *sheet) column(x, top, rows int, sky tone, levels []level) {
	at := func(eighth int) tone {
		seen := sky
		for _, l := range levels {
			if eighth < l.height {
				seen = l.tone
			}
		}
		return seen
	}
	for row := range rows {
		base := (rows - 1 - row) * 8
		below, above := at(base), at(base+7)
		n := 0
		for n < 8 && at(base+n) == below {
			n++
		}
		if below == above {
			s.put(x, top+row, meeting(below, below), " ")
			continue
		}
		s.put(x, top+row, meeting(below, above), string(eighthRunes[n]))
	}
}

package kiosk

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// A sheet is a grid of cells that screens draw on. It grows downwards, never sideways: what falls off its right edge
// is lost and counted, so that a test can tell. Nothing drawn on it can hold a control character, whatever a file is
// called, and so nothing but colours reaches the terminal.
type sheet struct {
	width int
	rows  [][]cell
	zones []zone
	lost  int
}

// cell holds one character; the second half of a wide one is a cell without text.
type cell struct {
	text string
	ink  ink
	half bool
}

// rect is a part of a sheet.
type rect struct{ x, y, w, h int }

func (r rect) holds(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// zone is what the visitor can choose, and where.
type zone struct {
	rect         // where it is drawn, even where that is out of sight
	seen  rect   // the part that shows: what can be pointed at
	id    string // what pick is told
	key   string // the key that picks it, "" for none
	label string // for the bandeau, where there is no room for boxes
	off   bool   // it is shown, and cannot be had now
	safe  bool   // the one that Enter takes at first

	esc    bool // Esc picks it too
	inBody bool // it is part of what scrolls
}

// and is the part that two share.
func (r rect) and(o rect) rect {
	x, y := max(r.x, o.x), max(r.y, o.y)
	return rect{x, y, max(min(r.x+r.w, o.x+o.w)-x, 0), max(min(r.y+r.h, o.y+o.h)-y, 0)}
}

func newSheet(width int) *sheet { return &sheet{width: max(width, 1)} }

func (s *sheet) height() int { return len(s.rows) }

// grow makes sure that there are so many rows.
func (s *sheet) grow(height int) {
	for len(s.rows) < height {
		row := make([]cell, s.width)
		for i := range row {
			row[i] = cell{text: " "}
		}
		s.rows = append(s.rows, row)
	}
}

// fill paints a part with blanks of an ink.
func (s *sheet) fill(r rect, k ink) {
	s.grow(r.y + r.h)
	for y := max(r.y, 0); y < r.y+r.h; y++ {
		for x := max(r.x, 0); x < min(r.x+r.w, s.width); x++ {
			s.rows[y][x] = cell{text: " ", ink: k}
		}
	}
}

// put writes text in a row and gives the column after it.
func (s *sheet) put(x, y int, k ink, text string) int {
	if y < 0 {
		return x
	}
	s.grow(y + 1)
	for text != "" {
		var cluster string
		cluster, text = firstCluster(text)
		x = s.set(x, y, k, cluster)
	}
	return x
}

// firstCluster cuts the first character off a text, with the accents that follow it. Plain letters need no tables.
func firstCluster(text string) (cluster, rest string) {
	if text[0] < 0x80 && (len(text) == 1 || text[1] < 0x80) && text[0] != '\r' {
		return text[:1], text[1:]
	}
	cluster, rest, _, _ = uniseg.FirstGraphemeClusterInString(text, -1)
	return cluster, rest
}

func (s *sheet) set(x, y int, k ink, cluster string) int {
	shown, w := showable(cluster)
	if w == 0 {
		return x
	}
	if x < 0 || x+w > s.width {
		s.lost++
		return x + w
	}
	row := s.rows[y]
	s.mend(row, x)
	if w == 2 {
		s.mend(row, x+1)
		row[x+1] = cell{ink: k, half: true}
	}
	row[x] = cell{text: shown, ink: k}
	return x + w
}

// mend blanks the other half of a wide character that is about to be cut in two.
func (s *sheet) mend(row []cell, x int) {
	if row[x].half && x > 0 {
		row[x-1].text = " "
	}
	if x+1 < len(row) && row[x+1].half {
		row[x+1] = cell{text: " ", ink: row[x+1].ink}
	}
}

// showable gives what may be shown of a cluster and how many cells it takes. Terminals do not agree on the width of
// clusters of several characters, so only those whose width is not in doubt are let through.
func showable(cluster string) (string, int) {
	if len(cluster) == 1 && cluster[0] >= ' ' && cluster[0] < 0x7f {
		return cluster, 1
	}
	r := []rune(cluster)
	if len(r) == 0 {
		return "", 0
	}
	if !unicode.IsPrint(r[0]) && r[0] != '\u00a0' {
		return "�", 1
	}
	if len(r) == 1 {
		return cluster, min(ansi.StringWidthWc(cluster), 2)
	}
	for _, c := range r[1:] {
		if !unicode.Is(unicode.Mn, c) {
			return string(r[0]), min(ansi.StringWidthWc(string(r[0])), 2)
		}
	}
	return cluster, min(ansi.StringWidthWc(string(r[0])), 2)
}

// textWidth is how many cells a text takes on a sheet.
func textWidth(text string) int {
	n := 0
	for text != "" {
		var cluster string
		cluster, text = firstCluster(text)
		_, w := showable(cluster)
		n += w
	}
	return n
}

// add makes a part of the sheet something to choose.
func (s *sheet) add(z zone) {
	z.seen = z.rect
	s.zones = append(s.zones, z)
}

// copyTo draws the rows of s from the given one on another sheet, in r, with their zones.
func (s *sheet) copyTo(to *sheet, r rect, from int) {
	to.grow(r.y + r.h)
	for i := max(-r.y, 0); i < r.h && from+i < len(s.rows); i++ {
		for x, c := range s.rows[from+i] {
			if x >= r.w || r.x+x >= to.width {
				break
			}
			to.rows[r.y+i][r.x+x] = c
		}
	}
	for _, z := range s.zones {
		z.x, z.y = z.x+r.x, z.y-from+r.y
		z.seen = z.rect.and(r)
		to.zones = append(to.zones, z)
	}
	to.lost += s.lost
}

// plain is the sheet without inks, for tests and for --tour.
func (s *sheet) plain() string {
	var b strings.Builder
	for i, row := range s.rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		var line strings.Builder
		for _, c := range row {
			line.WriteString(c.text)
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
	}
	return b.String()
}

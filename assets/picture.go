package assets

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Ink is a colour of the theme by its name. A picture keeps its meaning without inks.
type Ink string

// The inks of a picture.
const (
	InkPlain Ink = ""      // the colour of the text
	InkSea   Ink = "sea"   // deep blue
	InkFoam  Ink = "foam"  // almost white
	InkSand  Ink = "sand"  // light yellow
	InkAmber Ink = "amber" // to warn
	InkCoral Ink = "coral" // danger
)

// Inks lists every ink.
func Inks() []Ink { return []Ink{InkPlain, InkSea, InkFoam, InkSand, InkAmber, InkCoral} }

// Span is a run of characters of one ink; each character is one cell wide.
type Span struct {
	Ink  Ink
	Text string
}

// Picture is drawn in characters: lines of spans, all lines of one width.
//
// In its file, {sea} changes the ink until the next mark or the end of the line and {} goes back to the plain one. A
// line shorter than the widest is filled with spaces.
type Picture [][]Span

// PictureMax is the largest size of a picture, so that it stands beside its text on 80 columns and 24 rows.
const (
	PictureMaxWidth  = 34
	PictureMaxHeight = 12
)

// Width is the number of columns.
func (p Picture) Width() int {
	if len(p) == 0 {
		return 0
	}
	return lineWidth(p[0])
}

// Height is the number of rows.
func (p Picture) Height() int { return len(p) }

// Plain is the picture without inks, one line a row.
func (p Picture) Plain() []string {
	lines := make([]string, len(p))
	for i, spans := range p {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
		}
		lines[i] = b.String()
	}
	return lines
}

func lineWidth(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += utf8.RuneCountInString(s.Text)
	}
	return n
}

// Together is two people side by side at a screen, for the question whether an agent may help.
func Together() Picture { return readPicture("together") }

// readPicture reads pictures/NAME.txt.
func readPicture(name string) Picture {
	file := "pictures/" + name + ".txt"
	data, err := files.ReadFile(file)
	if err != nil {
		panic(fmt.Sprintf("assets: cannot read %s: %v", file, err))
	}
	p, err := parsePicture(string(data))
	if err != nil {
		panic(fmt.Sprintf("assets: cannot understand %s: %v", file, err))
	}
	return p
}

func parsePicture(text string) (Picture, error) {
	var p Picture
	widest := 0
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		spans, err := parseLine(strings.TrimRight(line, " "))
		if err != nil {
			return nil, err
		}
		p = append(p, spans)
		widest = max(widest, lineWidth(spans))
	}
	for i := range p {
		if missing := widest - lineWidth(p[i]); missing > 0 {
			p[i] = append(p[i], Span{Text: strings.Repeat(" ", missing)})
		}
	}
	return p, nil
}

func parseLine(line string) ([]Span, error) {
	var spans []Span
	ink := InkPlain
	for line != "" {
		before, after, marked := strings.Cut(line, "{")
		if before != "" {
			spans = append(spans, Span{Ink: ink, Text: before})
		}
		if !marked {
			break
		}
		name, rest, closed := strings.Cut(after, "}")
		if !closed || !isInk(Ink(name)) {
			return nil, fmt.Errorf("no ink {%s", after)
		}
		ink, line = Ink(name), rest
	}
	return spans, nil
}

func isInk(ink Ink) bool {
	for _, i := range Inks() {
		if i == ink {
			return true
		}
	}
	return false
}

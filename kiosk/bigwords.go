package kiosk

import (
	"strings"
	"unicode"
)

// bigRows is how many rows big letters take: six pixels, two in a row, the first for the accent.
const bigRows = 3

// bigWords draws a text in big letters; ok is false when it has a sign that has none.
func bigWords(text string) (rows [bigRows]string, ok bool) {
	pixels := make([]strings.Builder, 2*bigRows)
	for i, r := range strings.ReplaceAll(text, "\u00a0", " ") {
		accent, letter := bigAccent(unicode.ToUpper(r))
		glyph, known := bigFont[letter]
		if !known {
			return rows, false
		}
		lines := strings.Split(glyph, "|")
		if i > 0 {
			for y := range pixels {
				pixels[y].WriteByte('.')
			}
		}
		top := strings.Repeat(".", len(lines[0]))
		if accent != "" {
			top = centred(accent, len(lines[0]))
		}
		pixels[0].WriteString(top)
		for y, line := range lines {
			pixels[y+1].WriteString(line)
		}
	}
	for y := range rows {
		rows[y] = halfBlocks(pixels[2*y].String(), pixels[2*y+1].String())
	}
	return rows, true
}

// halfBlocks joins two lines of pixels into one of cells.
func halfBlocks(up, down string) string {
	var b strings.Builder
	for i := range up {
		switch up[i:i+1] + down[i:i+1] {
		case "##":
			b.WriteRune('█')
		case "#.":
			b.WriteRune('▀')
		case ".#":
			b.WriteRune('▄')
		default:
			b.WriteRune(' ')
		}
	}
	return b.String()
}

func centred(mark string, width int) string {
	left := (width - len(mark)) / 2
	if left < 0 {
		return mark[:width]
	}
	return strings.Repeat(".", left) + mark + strings.Repeat(".", width-left-len(mark))
}

// bigAccent takes a capital letter apart.
func bigAccent(r rune) (accent string, letter rune) {
	for _, a := range []struct{ letters, plain, mark string }{
		{"ÉÓÁÍÚ", "EOAIU", ".##"}, {"ÈÀÙÌÒ", "EAUIO", "##."}, {"ÊÂÎÔÛ", "EAIOU", ".#."}, {"ËÏÜÄÖ", "EIUAO", "#.#"}, {"Ñ", "N", "###"},
	} {
		for i, l := range []rune(a.letters) {
			if l == r {
				return a.mark, []rune(a.plain)[i]
			}
		}
	}
	switch r {
	case '’':
		return "", '\''
	case 'Œ':
		return "", 'Œ'
	}
	return "", r
}

// bigFont is our own: five pixels high, narrow enough for a few words on 80 columns.
var bigFont = map[rune]string{
	'A': "###|#.#|###|#.#|#.#", 'B': "##.|#.#|##.|#.#|##.", 'C': "###|#..|#..|#..|###", 'D': "##.|#.#|#.#|#.#|##.",
	'E': "###|#..|##.|#..|###", 'F': "###|#..|##.|#..|#..", 'G': "####|#...|#.##|#..#|####", 'H': "#.#|#.#|###|#.#|#.#",
	'I': "#|#|#|#|#", 'J': "..#|..#|..#|#.#|###", 'K': "#..#|#.#.|##..|#.#.|#..#", 'L': "#..|#..|#..|#..|###",
	'M': "#...#|##.##|#.#.#|#...#|#...#", 'N': "#..#|##.#|#.##|#..#|#..#", 'O': "###|#.#|#.#|#.#|###",
	'P': "###|#.#|###|#..|#..", 'Q': "####|#..#|#..#|#.##|####", 'R': "###|#.#|##.|#.#|#.#", 'S': "###|#..|###|..#|###",
	'T': "###|.#.|.#.|.#.|.#.", 'U': "#.#|#.#|#.#|#.#|###", 'V': "#.#|#.#|#.#|#.#|.#.", 'W': "#...#|#...#|#.#.#|##.##|#...#",
	'X': "#.#|#.#|.#.|#.#|#.#", 'Y': "#.#|#.#|.#.|.#.|.#.", 'Z': "###|..#|.#.|#..|###", 'Ç': "###|#..|#..|###|.#.",
	'Œ': "#####|#.#..|#.##.|#.#..|#####",
	'0': "###|#.#|#.#|#.#|###", '1': "##.|.#.|.#.|.#.|###", '2': "###|..#|###|#..|###", '3': "###|..#|.##|..#|###",
	'4': "#.#|#.#|###|..#|..#", '5': "###|#..|###|..#|###", '6': "###|#..|###|#.#|###", '7': "###|..#|.#.|.#.|.#.",
	'8': "###|#.#|###|#.#|###", '9': "###|#.#|###|..#|###",
	' ': ".|.|.|.|.", '\'': "#|#|.|.|.", '?': "###|..#|.##|...|.#.", '!': "#|#|#|.|#", '.': ".|.|.|.|#",
	',': "..|..|..|.#|#.", ':': ".|#|.|#|.", '-': "...|...|###|...|...", '(': ".#|#.|#.|#.|.#", ')': "#.|.#|.#|.#|#.",
	'%': "#.#|..#|.#.|#..|#.#", '+': "...|.#.|###|.#.|...", '/': "..#|..#|.#.|#..|#..", '«': "...|.#.|#..|.#.|...", '»': "...|.#.|..#|.#.|...",
}

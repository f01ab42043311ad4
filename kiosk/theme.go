package kiosk

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// contrast is one of the two looks a visitor can choose.
type contrast int

const (
	calm contrast = iota // the shore by night: foam on deep blue, sand at the bottom
	high                 // white and yellow on black
)

// theme gives each ink its colours. On a terminal with 16 colours it names them by number, so that the terminal's own
// palette cannot bring two of them together; without colours it keeps bold and reverse.
type theme struct {
	paints [inkAll]paint
	// surface and depth are the colours of the water under the title and above the sand; nil where there is none.
	surface, depth color.Color
	slope          []color.Color // from one to the other, for what was painted last
	slopeFrom      int
	codes          [][inkAll]string // the escape sequences of each row, as far as they were needed
}

// paint is how an ink is painted. A nil colour is the terminal's own; water lets the sea through.
type paint struct {
	fg, bg            color.Color
	water             bool
	bold, under, flip bool
}

func newTheme(c contrast, p colorprofile.Profile) *theme {
	var t *theme
	switch {
	case p <= colorprofile.ASCII:
		return plainTheme()
	case p == colorprofile.ANSI:
		t = sixteenTheme(c)
		t.paints[inkCode] = paint{fg: lipgloss.BrightWhite, bg: lipgloss.Black}
		return t
	case c == high:
		t = highTheme()
	default:
		t = shoreTheme(p)
	}
	t.paints[inkCode] = paint{fg: lipgloss.Color("#ffffff"), bg: lipgloss.Color("#000000")}
	return t
}

// on the water, by foreground and weight; the rest of a theme is written out.
func (t *theme) onWater(fg map[ink]color.Color, bold ...ink) {
	for k, c := range fg {
		t.paints[k] = paint{fg: c, water: true}
	}
	for _, k := range bold {
		t.paints[k].bold = true
	}
}

// tones gives the tones of the drawings their colours; water is the sea of the body itself.
func (t *theme) tones(c [toneCount]color.Color) {
	for below := range toneCount {
		for above := range toneCount {
			p := paint{fg: c[below], bg: c[above], water: above == toneWater}
			if below == toneWater {
				p.fg = t.surface
			}
			t.paints[meeting(below, above)] = p
		}
	}
}

func shoreTheme(p colorprofile.Profile) *theme {
	var (
		night   = lipgloss.Color("#03141f")
		surface = lipgloss.Color("#0c3b57")
		depth   = lipgloss.Color("#062536")
		teal    = lipgloss.Color("#58a6c4")
		mist    = lipgloss.Color("#a9d5e5")
		foam    = lipgloss.Color("#f1f8f8")
		sand    = lipgloss.Color("#ecd9ad")
		print   = lipgloss.Color("#c4a971")
		amber   = lipgloss.Color("#ffc861")
		coral   = lipgloss.Color("#ffbcae")
		green   = lipgloss.Color("#9be8bf")
		rust    = lipgloss.Color("#7d1f0a")
		dim     = lipgloss.Color("#2d6480")
	)
	if p == colorprofile.ANSI256 {
		surface = depth // 256 colours would make stripes of a slope this soft
	}
	t := &theme{surface: surface, depth: depth}
	t.onWater(map[ink]color.Color{
		inkText: foam, inkSoft: mist, inkStrong: foam, inkSand: sand, inkWarn: amber, inkDanger: coral, inkGood: green,
		inkFrame: teal, inkDim: dim, inkSea: teal, inkFoam: foam, inkLitEdge: foam,
	}, inkStrong, inkSand, inkWarn, inkDanger)
	t.paints[inkBar] = paint{fg: sand, bg: dim}
	t.paints[inkBarWarn] = paint{fg: amber, bg: dim}
	t.paints[inkTitle] = paint{fg: foam, bg: night, bold: true}
	t.paints[inkMark] = paint{fg: sand, bg: night}
	t.paints[inkAlarm] = paint{fg: night, bg: amber, bold: true}
	t.paints[inkLit] = paint{fg: night, bg: foam, bold: true}
	t.paints[inkLitSoft] = paint{fg: surface, bg: foam}
	t.paints[inkBadge] = paint{fg: night, bg: sand, bold: true}
	t.paints[inkLitBadge] = paint{fg: foam, bg: surface, bold: true}
	t.paints[inkShore] = paint{fg: night, bg: sand}
	t.paints[inkShoreWarn] = paint{fg: rust, bg: sand, bold: true}
	t.paints[inkStone] = paint{fg: foam, bg: depth, bold: true}
	t.paints[inkStoneLit] = paint{fg: night, bg: foam, bold: true}
	t.paints[inkStoneEdge] = paint{fg: depth, bg: sand}
	t.paints[inkStoneLitEdge] = paint{fg: foam, bg: sand}
	t.paints[inkPrint] = paint{fg: print, bg: sand}
	t.paints[inkTyped] = paint{fg: foam, bg: night, bold: true}
	t.paints[inkPage] = paint{fg: foam, bg: depth}
	t.paints[inkPageStrong] = paint{fg: foam, bg: depth, bold: true}
	t.paints[inkPageLink] = paint{fg: sand, bg: depth, under: true}
	t.paints[inkTypedEdge] = paint{fg: night, water: true}
	t.tones([toneCount]color.Color{
		toneNight: night, toneFar: lipgloss.Color("#10405c"), toneMiddle: lipgloss.Color("#175f80"),
		toneNear: lipgloss.Color("#2a86a6"), toneFoam: foam, toneSand: sand,
	})
	return t
}

func highTheme() *theme {
	var (
		black  = lipgloss.Color("#000000")
		white  = lipgloss.Color("#ffffff")
		yellow = lipgloss.Color("#ffe14d")
		coral  = lipgloss.Color("#ffb0a0")
		green  = lipgloss.Color("#a4f5b5")
		dark   = lipgloss.Color("#6a1400")
		gray   = lipgloss.Color("#8a8a8a")
	)
	t := &theme{surface: black, depth: black}
	t.onWater(map[ink]color.Color{
		inkText: white, inkSoft: white, inkStrong: white, inkSand: yellow, inkWarn: yellow, inkDanger: coral,
		inkGood: green, inkFrame: white, inkDim: gray, inkSea: gray, inkFoam: white, inkLitEdge: yellow,
	}, inkStrong, inkSand, inkWarn, inkDanger)
	t.paints[inkBar] = paint{fg: white, bg: lipgloss.Color("#4a4a4a")}
	t.paints[inkBarWarn] = paint{fg: yellow, bg: lipgloss.Color("#4a4a4a")}
	t.paints[inkTitle] = paint{fg: yellow, bg: black, bold: true}
	t.paints[inkMark] = paint{fg: white, bg: black}
	t.paints[inkAlarm] = paint{fg: black, bg: yellow, bold: true}
	t.paints[inkLit] = paint{fg: black, bg: yellow, bold: true}
	t.paints[inkLitSoft] = paint{fg: black, bg: yellow}
	t.paints[inkBadge] = paint{fg: black, bg: white, bold: true}
	t.paints[inkLitBadge] = paint{fg: yellow, bg: black, bold: true}
	t.paints[inkShore] = paint{fg: black, bg: white}
	t.paints[inkShoreWarn] = paint{fg: dark, bg: white, bold: true}
	t.paints[inkStone] = paint{fg: white, bg: black, bold: true}
	t.paints[inkStoneLit] = paint{fg: black, bg: yellow, bold: true}
	t.paints[inkStoneEdge] = paint{fg: black, bg: white}
	t.paints[inkStoneLitEdge] = paint{fg: yellow, bg: white}
	t.paints[inkPrint] = paint{fg: black, bg: white}
	t.paints[inkTyped] = paint{fg: yellow, bg: black, bold: true}
	t.paints[inkPage] = paint{fg: white, bg: black}
	t.paints[inkPageStrong] = paint{fg: white, bg: black, bold: true}
	t.paints[inkPageLink] = paint{fg: yellow, bg: black, under: true}
	t.paints[inkTypedEdge] = paint{fg: gray, water: true}
	t.tones([toneCount]color.Color{
		toneNight: black, toneFar: lipgloss.Color("#3a3a3a"), toneMiddle: lipgloss.Color("#5c5c5c"),
		toneNear: gray, toneFoam: white, toneSand: white,
	})
	t.paints[meeting(toneWater, toneNight)].fg = gray // black on black would show no surface
	return t
}

// sixteenTheme uses the numbers of the 16 colours. A palette can be anything, but its black is dark and its white
// light: text stands on these two, and blue is for water without words.
func sixteenTheme(c contrast) *theme {
	sea, accent := lipgloss.Black, lipgloss.BrightCyan
	if c == high {
		accent = lipgloss.BrightWhite
	}
	black, light := lipgloss.Black, lipgloss.White
	t := &theme{surface: sea, depth: sea}
	t.onWater(map[ink]color.Color{
		inkText: lipgloss.BrightWhite, inkSoft: accent, inkStrong: lipgloss.BrightWhite, inkSand: lipgloss.BrightYellow,
		inkWarn: lipgloss.BrightYellow, inkDanger: lipgloss.BrightMagenta, inkGood: lipgloss.BrightGreen, inkFrame: accent, inkDim: lipgloss.BrightBlack,
		inkSea: accent, inkFoam: lipgloss.BrightWhite, inkLitEdge: light,
	}, inkStrong, inkSand, inkWarn, inkDanger)
	t.paints[inkBar] = paint{fg: lipgloss.BrightYellow, bg: black}
	t.paints[inkBarWarn] = paint{fg: lipgloss.BrightYellow, bg: black}
	t.paints[inkTitle] = paint{fg: lipgloss.BrightWhite, bg: black, bold: true}
	t.paints[inkMark] = paint{fg: lipgloss.BrightYellow, bg: black}
	t.paints[inkAlarm] = paint{fg: black, bg: light}
	t.paints[inkLit] = paint{fg: black, bg: light}
	t.paints[inkLitSoft] = paint{fg: black, bg: light}
	t.paints[inkBadge] = paint{fg: black, bg: light}
	t.paints[inkLitBadge] = paint{fg: lipgloss.BrightWhite, bg: black, bold: true}
	t.paints[inkShore] = paint{fg: black, bg: light}
	t.paints[inkShoreWarn] = paint{fg: lipgloss.BrightYellow, bg: black, bold: true}
	t.paints[inkStone] = paint{fg: lipgloss.BrightWhite, bg: black, bold: true}
	t.paints[inkStoneLit] = paint{fg: lipgloss.BrightYellow, bg: black, bold: true}
	t.paints[inkStoneEdge] = paint{fg: black, bg: light}
	t.paints[inkStoneLitEdge] = paint{fg: black, bg: light}
	t.paints[inkPrint] = paint{fg: black, bg: light}
	t.paints[inkTyped] = paint{fg: lipgloss.BrightWhite, bg: black, bold: true}
	t.paints[inkPage] = paint{fg: lipgloss.BrightWhite, bg: black}
	t.paints[inkPageStrong] = paint{fg: lipgloss.BrightWhite, bg: black, bold: true}
	t.paints[inkPageLink] = paint{fg: lipgloss.BrightYellow, bg: black, under: true}
	t.paints[inkTypedEdge] = paint{fg: black, water: true}
	t.tones([toneCount]color.Color{
		toneNight: black, toneFar: lipgloss.Blue, toneMiddle: lipgloss.Blue, toneNear: lipgloss.Cyan,
		toneFoam: light, toneSand: light,
	})
	t.paints[meeting(toneWater, toneNight)].fg = lipgloss.Blue
	return t
}

// plainTheme has no colour: bold and reverse, beside the signs and words that every screen has anyway.
func plainTheme() *theme {
	t := &theme{}
	for _, k := range []ink{inkStrong, inkSand, inkWarn, inkDanger, inkTitle, inkTyped} {
		t.paints[k].bold = true
	}
	for _, k := range []ink{inkLit, inkLitSoft, inkBadge, inkAlarm, inkShore, inkShoreWarn, inkPrint, inkStoneLit, inkStoneEdge} {
		t.paints[k].flip = true
	}
	t.paints[inkPageStrong].bold, t.paints[inkPageLink].under = true, true
	return t
}

// colours says whether the terminal is painted at all.
func (t *theme) colours() bool { return t.depth != nil }

// water gives the colour of the sea in each row of a screen so high, the surface being in the given row.
func (t *theme) water(height, surface int) []color.Color {
	if len(t.slope) == height && t.slopeFrom == surface {
		return t.slope
	}
	t.slope, t.slopeFrom = make([]color.Color, height), surface
	t.codes = make([][inkAll]string, height)
	deep := lipgloss.Blend1D(max(height-surface, 3), t.surface, t.depth)
	for i := range t.slope {
		switch {
		case !t.colours() || t.surface == t.depth: // a blend would turn a colour of 16 into one of millions
			t.slope[i] = t.depth
		case i < surface:
			t.slope[i] = t.surface
		default:
			t.slope[i] = deep[i-surface]
		}
	}
	return t.slope
}

// paint gives the whole sheet as one string for the terminal.
func (t *theme) paint(s *sheet, surface int) string {
	slope := t.water(s.height(), surface)
	var b strings.Builder
	b.Grow(s.height() * s.width * 2)
	for y, row := range s.rows {
		if y > 0 {
			b.WriteByte('\n')
		}
		for x := 0; x < len(row); {
			k := row[x].ink
			if t.codes[y][k] == "" {
				t.codes[y][k] = t.paints[k].sgr(slope[y])
			}
			b.WriteString(t.codes[y][k])
			for ; x < len(row) && row[x].ink == k; x++ {
				b.WriteString(row[x].text)
			}
			b.WriteString(ansi.ResetStyle)
		}
	}
	return b.String()
}

// sgr is the escape sequence that starts the paint, over water of this colour.
func (p paint) sgr(water color.Color) string {
	s := ansi.NewStyle()
	if p.bold {
		s = s.Bold()
	}
	if p.under {
		s = s.Underline(true)
	}
	if p.flip {
		s = s.Reverse(true)
	}
	if p.fg != nil {
		s = s.ForegroundColor(p.fg)
	}
	if p.water {
		s = s.BackgroundColor(water)
	} else if p.bg != nil {
		s = s.BackgroundColor(p.bg)
	}
	return s.String()
}

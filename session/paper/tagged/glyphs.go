package tagged

import (
	"strings"
	"sync"

	"github.com/rivo/uniseg"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"estran/assets/fonts"
)

// missing stands for a sign that the fonts do not have.
const missing = '□'

var (
	regular = sync.OnceValue(func() *sfnt.Font { return parse(fonts.Regular) })
	bold    = sync.OnceValue(func() *sfnt.Font { return parse(fonts.Bold) })
)

// parse reads a font that is part of the program: what is wrong with it is wrong with the build.
func parse(data []byte) *sfnt.Font {
	f, err := sfnt.Parse(data)
	if err != nil {
		panic("tagged: " + err.Error())
	}
	return f
}

// Prints says that the fonts have every sign of a text. Where they do not, a sheet leaves room to write it by hand.
func Prints(text string) bool {
	return strings.Count(clean(text, true), string(missing)) == strings.Count(text, string(missing))
}

// clean is a text as it can be printed: letters and their marks composed (NFC), controls as spaces, and one box for each
// sign that the font does not have, however many characters it is made of.
func clean(text string, isBold bool) string {
	font := regular()
	if isBold {
		font = bold()
	}
	var buf sfnt.Buffer
	var b strings.Builder
	for g := uniseg.NewGraphemes(norm.NFC.String(strings.ToValidUTF8(text, string(missing)))); g.Next(); {
		for _, r := range g.Runes() {
			if unseen(r) {
				continue
			}
			if r < ' ' || r == 0x7f {
				b.WriteByte(' ')
				continue
			}
			if index, err := font.GlyphIndex(&buf, r); r > 0xffff || err != nil || index == 0 {
				b.WriteRune(missing)
				break // one box, whatever else the sign is made of
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unseen are hints for whoever draws text: joiners, directions, the choice of a picture. They draw nothing.
func unseen(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r >= 0xfe00 && r <= 0xfe0f || r == 0x061c || r == 0xfeff || r == 0x00ad
}

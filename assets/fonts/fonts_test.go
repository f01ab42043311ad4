package fonts_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"estran/assets/fonts"
)

// The licence that goes with the package is the one that each font tells of itself.
func TestTheLicenceIsThatOfTheFonts(t *testing.T) {
	beside, err := os.ReadFile("LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"regular": fonts.Regular, "bold": fonts.Bold} {
		font, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		licence, err := font.Name(nil, sfnt.NameIDLicense)
		if err != nil {
			t.Fatal(err)
		}
		words := func(text string) string { return strings.Join(strings.Fields(text), " ") }
		if !strings.Contains(words(string(beside)), words(licence)) {
			t.Errorf("LICENSE is not that of the %s font:\n%s", name, licence)
		}
	}
}

//go:build vm

package vm

import (
	"fmt"
	"strings"
	"testing"
)

// TestASuspectFileIsExplained goes, as a visitor, through the screens of a key that is looked at and has something suspect:
// the check as it goes on, its end, why each file has its verdict, and the report for the agent. The suspect file stays as
// it is.
func TestASuspectFileIsExplained(t *testing.T) {
	const program = "MZ a program"
	files := Files{
		"photo de vacances.jpg.exe": program,
		"facture.pdf":               "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
		"coffre.zip":                "PK\x03\x04 cut",
		"lettre.txt":                letter,
	}
	for i := range 1500 {
		files[fmt.Sprintf("Mes photos/IMG_%04d.jpg", i)] = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + strings.Repeat("photo", 4000)
	}
	key := NewKey(t, "vfat", files)
	m := Station(t)
	m.welcome("01")
	m.Plug(key)
	m.AwaitStatus("MediumState", "checking", patient)
	m.goTo("3")
	m.Picture("02-checking")
	m.AwaitStatus("MediumState", "ready", patient*4)
	m.Settle()
	m.Picture("03-checked")
	m.goTo("9")
	m.Picture("04-more")
	m.goTo("3")
	m.Picture("05-whys")
	m.goTo("1")
	m.Picture("06-why")
	m.Press("esc")
	m.Press("esc")
	m.Settle()
	m.goTo("4")
	m.Picture("07-report")
	m.End()
	m.Pull(key)
	m.holds(key, "vfat", "photo de vacances.jpg.exe", program)
	m.nothingIsLeft()
}

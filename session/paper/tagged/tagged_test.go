package tagged_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"estran/session/paper/tagged"
	"estran/session/sessiontest"
)

var plain = tagged.Style{Size: 11, Leading: 1.3, Margin: 16, Footer: func(page, pages int) string {
	return fmt.Sprintf("page %d sur %d", page, pages)
}}

// sheet writes what a test says.
func sheet(t *testing.T, write func(s *tagged.Sheet)) []byte {
	t.Helper()
	s := tagged.New("fr", "Essai (été) 😀", plain)
	write(s)
	var b bytes.Buffer
	if err := s.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func everything(s *tagged.Sheet) {
	s.H1("Le titre")
	s.P(tagged.T("Une phrase "), tagged.B("en gras"), tagged.T(" et la suite."))
	s.H2("Une partie")
	s.List(tagged.Item{Label: "☑", Spans: []tagged.Span{tagged.T("coché")}}, tagged.Item{Label: "•", Spans: []tagged.Span{tagged.T("un point")}})
	s.WriteList("☐", "à remplir :", "")
	s.WriteSeveral("Fait à :", "Le :")
	s.Boxes(20, []string{"Signature de l’un", "Nom"}, []string{"Signature de l’autre"})
	s.Cut()
	s.Together(func() { s.P(tagged.T("ensemble")) })
	s.AtBottom(func() { s.Small(tagged.T("en bas")) })
}

func TestStructureIsTheOneWritten(t *testing.T) {
	got := sessiontest.Filter(t, sheet(t, everything), "pdfinfo", "-struct-text", "-")
	got = strings.Join(strings.Fields(got), " ")
	want := `Document H1 (block) "Le titre" P (block) "Une phrase " "en gras" " et la suite." H2 (block) "Une partie" ` +
		`L (block): /ListNumbering /Disc LI (block) Lbl (block) "☑" LBody (block) "coché" LI (block) Lbl (block) "•" LBody (block) "un point"`
	if !strings.HasPrefix(got, want) {
		t.Errorf("the structure is\n%s", got)
	}
}

func TestFileTellsLanguageTitleAndNothingOfItsMaker(t *testing.T) {
	pdf := sheet(t, everything)
	info := sessiontest.Filter(t, pdf, "pdfinfo", "-")
	for _, want := range []string{"Tagged:          yes", "Title:           Essai (été) 😀", "PDF version:     1.7", "Page size:       595.28 x 841.89 pts (A4)", "Pages:           1"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is not in\n%s", want, info)
		}
	}
	if regexp.MustCompile(`(?i)Producer|Creator|Author|Date`).MatchString(info) {
		t.Errorf("it tells who made it, or when:\n%s", info)
	}
	if !bytes.Contains(pdf, []byte("/Lang (fr)")) || !bytes.Contains(pdf, []byte("<pdfuaid:part>1</pdfuaid:part>")) ||
		!bytes.Contains(pdf, []byte("/DisplayDocTitle true")) {
		t.Error("the language, the mark of PDF/UA or the wish to show the title is not there")
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{host, "fpdf", "FPDF", "D:19", "D:20", filepath.Base(os.Args[0])} {
		if bytes.Contains(pdf, []byte(personal)) {
			t.Errorf("%q is in the file", personal)
		}
	}
}

func TestFontsAreEmbeddedSubsets(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(sessiontest.Filter(t, sheet(t, everything), "pdffonts", "-")), "\n")
	if len(lines) != 4 {
		t.Fatalf("there are not two fonts:\n%s", strings.Join(lines, "\n"))
	}
	for _, l := range lines[2:] {
		if !regexp.MustCompile(`^ESTRAN\+DejaVuSans\S* +CID TrueType +Identity-H +yes yes yes `).MatchString(l) {
			t.Errorf("this font is not embedded as a subset that tells its characters: %s", l)
		}
	}
	if size := len(sheet(t, everything)); size > 120_000 {
		t.Errorf("a sheet has %d bytes: the fonts are whole", size)
	}
}

func TestSameSheetIsSameFile(t *testing.T) {
	first := sheet(t, everything)
	for range 5 {
		if !bytes.Equal(first, sheet(t, everything)) {
			t.Fatal("two sheets that say the same are not the same file")
		}
	}
}

// What a reader says is what was written, whatever the script; words do not run into each other.
func TestNamesOfEveryScript(t *testing.T) {
	names := []string{
		"Zoé Œuvrard-Đặng", "Zoe\u0301 Mu\u0308ller", "Łukasz Świątek", "Ελένη Παπαδοπούλου", "Олена Шевченко", "שרה כהן",
		"ليلى بن علي", "محمد الأمين (12)", "سلام Jean", "李小龍", "👩🏽‍💻 Ada 🇫🇷", `"Jo" \ / ( ) <b> %s & ’`, "Ａ\u00a0B",
	}
	pdf := sheet(t, func(s *tagged.Sheet) {
		for _, n := range names {
			s.P(tagged.T("nom : "), tagged.B(n))
		}
	})
	drawn := sessiontest.Filter(t, pdf, "pdfinfo", "-struct-text", "-")
	for _, n := range names {
		n = norm.NFC.String(n)
		if !strings.Contains(drawn, `"`+n+`"`) && !bytes.Contains(pdf, fmt.Appendf(nil, "/ActualText <FEFF%X>", utf16BE(n))) {
			t.Errorf("%q is not said as it is written", n)
		}
	}
	// The signs on the paper, from left to right.
	for _, want := range []string{
		"\"ןהכ הרש\"", "\"ﻲﻠﻋ ﻦﺑ ﻰﻠﻴﻟ\"", "\"(12) ﻦﻴﻣﻷﺍ ﺪﻤﺤﻣ\"", "\"ﻡﻼﺳ Jean\"", "\"□□□\"", "\"□ Ada □\"", "\"Zoé Müller\"",
	} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%s is not drawn so", want)
		}
	}
	if t.Failed() {
		t.Log(drawn)
	}
}

func utf16BE(text string) (bytes []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		bytes = append(bytes, byte(u>>8), byte(u))
	}
	return bytes
}

func TestPrints(t *testing.T) {
	for text, want := range map[string]bool{
		"Zoé": true, "Олена": true, "ليلى": true, "Zoe\u0301": true, "□": true, "李": false, "😀": false, "❤\ufe0f": true,
	} {
		if got := tagged.Prints(text); got != want {
			t.Errorf("%q prints: %v, want %v", text, got, want)
		}
	}
}

// A long text goes on on the next page, and no word is lost.
func TestLongTextGoesOn(t *testing.T) {
	var want []string
	pdf := sheet(t, func(s *tagged.Sheet) {
		for i := range 150 {
			words := fmt.Sprintf("phrase%d avec des mots", i)
			want = append(want, strings.Fields(words)...)
			s.P(tagged.T(words))
		}
		long := strings.Repeat("x", 300)
		want = append(want, long)
		s.P(tagged.B(long))
	})
	text := sessiontest.Filter(t, pdf, "pdftotext", "-nopgbrk", "-", "-")
	if !strings.Contains(text, "page 1 sur 4") {
		t.Error("the pages are not numbered")
	}
	text = regexp.MustCompile(`page \d sur \d`).ReplaceAllString(text, "")
	if got := strings.Join(strings.Fields(text), ""); got != strings.Join(want, "") {
		t.Errorf("words are lost: %d characters, want %d", len(got), len(strings.Join(want, "")))
	}
}

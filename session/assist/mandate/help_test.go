package mandate_test

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"estran/assets"
	"estran/session"
	"estran/session/assist/mandate"
	"estran/session/sessiontest"
)

func printed(t *testing.T, v mandate.Version, m mandate.Mandate, lang string) []byte {
	t.Helper()
	return pdf(t, func(w io.Writer) error { return mandate.Print(w, v, m, lang) })
}

func pdf(t *testing.T, print func(w io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := print(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > session.MaxPaper {
		t.Errorf("the sheet has %d bytes", b.Len())
	}
	return b.Bytes()
}

// said is what a screen reader says of a sheet, in its order, with one space between words.
func said(t *testing.T, pdf []byte) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(sessiontest.Filter(t, pdf, "pdfinfo", "-struct-text", "-")) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), `"`); ok {
			b.WriteString(strings.TrimSuffix(text, `"`) + " ")
		}
	}
	return flat(b.String())
}

func flat(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, assets.NoBreakSpace, " ")), " ")
}

func sides(t *testing.T, pdf []byte) string {
	t.Helper()
	return regexp.MustCompile(`Pages: +(\d+)`).FindStringSubmatch(sessiontest.Filter(t, pdf, "pdfinfo", "-"))[1]
}

// letters sorts what is read: columns are read in another order than lines, and a full stop may stand apart.
func letters(text string) string {
	all := []rune(strings.ReplaceAll(flat(text), " ", ""))
	slices.Sort(all)
	return string(all)
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

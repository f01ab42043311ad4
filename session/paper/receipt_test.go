package paper_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"estran/assets"
	"estran/session"
	"estran/session/paper"
	"estran/session/sessiontest"
)

// page is the longest receipt there is.
func page(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := paper.Receipt(&b, session.Steps(), session.Limits()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The page says every sentence of the receipt, in both languages.
func TestThePageSaysAll(t *testing.T) {
	text := strings.Join(strings.Fields(sessiontest.Filter(t, page(t), "pdftotext", "-", "-")), " ")
	for _, lang := range assets.Languages() {
		r := assets.ReceiptIn(lang, session.Steps(), session.Limits())
		said := append(append([]string{r.Title, r.Lead, r.LimitsTitle}, r.Done...), r.Limits...)
		said = append(said, assets.In(lang).T("receipt.silent"))
		said = append(said, assets.In(lang).Lines("receipt.camera")...)
		for _, s := range said {
			if want := strings.Join(strings.Fields(s), " "); !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the page:\n%s", lang, want, text)
			}
		}
	}
}

// The paper can be read by a phone, as a printer prints it.
func TestAPhoneReadsThePaper(t *testing.T) {
	sessiontest.Need(t, "pdftoppm")
	var all []string
	for _, lang := range assets.Languages() {
		all = append(all, assets.ReceiptIn(lang, session.Steps(), session.Limits()).Text())
	}
	for _, dots := range []string{"150", "300"} {
		picture := sessiontest.Filter(t, page(t), "pdftoppm", "-r", dots, "-gray", "-png", "-")
		img, err := png.Decode(strings.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := scan(t, img), strings.Join(all, "\n\n"); got != want {
			t.Errorf("%s dots an inch: a phone reads %q, want %q", dots, got, want)
		}
	}
}

func scan(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("a phone cannot read the page: %v", err)
	}
	return read.GetText()
}

// Nothing tells one receipt from another: not the hour, not the computer.
func TestTheSameReceiptIsTheSameFile(t *testing.T) {
	first := page(t)
	if diff := cmp.Diff(first, page(t)); diff != "" {
		t.Error("two receipts that say the same are not the same file")
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	info := sessiontest.Filter(t, first, "pdfinfo", "-")
	for _, personal := range []string{host, "202", filepath.Base(os.Args[0])} {
		if strings.Contains(info, personal) {
			t.Errorf("%q is in the file:\n%s", personal, info)
		}
	}
	if !strings.Contains(info, "Pages:           1\n") {
		t.Errorf("it is not one page:\n%s", info)
	}
}

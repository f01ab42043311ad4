package kiosk

import (
	"bytes"
	"os"

	paper "estran/session/paper/lesson"
	"estran/session/paper/sealed"
)

// paperMaker makes a sheet in a language: a PDF in sealed memory, which the caller closes.
type paperMaker func(lang string) (*os.File, error)

// makeLessonPaper makes the sheet to take home.
func makeLessonPaper(lang string) (*os.File, error) {
	var pdf bytes.Buffer
	if err := paper.Print(&pdf, lang); err != nil {
		return nil, err
	}
	return sealed.Make(pdf.Bytes())
}

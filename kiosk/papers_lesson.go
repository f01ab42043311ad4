package kiosk

import (
	"errors"
	"os"
)

// paperMaker makes a sheet in a language: a PDF in sealed memory, which the caller closes.
type paperMaker func(lang string) (*os.File, error)

// makeLessonPaper makes the sheet to take home.
func makeLessonPaper(string) (*os.File, error) {
	return nil, errors.New("the sheet to take home is not made yet")
}

package kiosk

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// The calls of « La leçon ». The sheet is made in the command, as it is called for, and let go when the station has it.
const (
	callPrintLesson call = "print-lesson"
	callSaveLesson  call = "save-lesson"
)

func (w *world) callPrintLesson(make paperMaker) tea.Cmd {
	return w.askWithPaper(callPrintLesson, make, w.station.PrintPaper)
}

func (w *world) callSaveLesson(make paperMaker) tea.Cmd {
	return w.askWithPaper(callSaveLesson, make, w.station.SavePaper)
}

// askWithPaper makes the sheet of the lesson and hands it to a call.
func (w *world) askWithPaper(name call, make paperMaker, give func(context.Context, session.PaperKind, *os.File) error) tea.Cmd {
	lang := w.lang
	return w.ask(name, func(ctx context.Context) error {
		f, err := make(lang)
		if err != nil {
			return err
		}
		defer f.Close()
		return give(ctx, session.PaperLesson, f)
	})
}

package kiosk

import (
	"context"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// The calls that take a sheet.
const (
	callPrintPaper call = "print-paper"
	callSavePaper  call = "save-paper"
)

// paperMsg tells how a sheet went: how many copies were taken before err, if there is one.
type paperMsg struct {
	to
	call   call
	copies int
	err    error
}

// callPrintPaper makes so many copies of a sheet and has them printed. The sheet is made in the command: no screen waits
// for it.
func (w *world) callPrintPaper(kind session.PaperKind, copies int, write func(io.Writer) error) tea.Cmd {
	return w.askPaper(callPrintPaper, copies, write, func(ctx context.Context, f *os.File) error {
		return w.station.PrintPaper(ctx, kind, f)
	})
}

// callSavePaper makes a sheet and has it written to the key; Status.Medium tells the rest.
func (w *world) callSavePaper(kind session.PaperKind, write func(io.Writer) error) tea.Cmd {
	return w.askPaper(callSavePaper, 1, write, func(ctx context.Context, f *os.File) error {
		return w.station.SavePaper(ctx, kind, f)
	})
}

func (w *world) askPaper(
	name call, copies int, write func(io.Writer) error, give func(context.Context, *os.File) error,
) tea.Cmd {
	ctx, address := w.ctx, to(w.front().serial)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		for n := range copies {
			if err := withPaper(write, func(f *os.File) error { return give(ctx, f) }); err != nil {
				return paperMsg{address, name, n, err}
			}
		}
		return paperMsg{address, name, copies, nil}
	}
}

package kiosk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// Every call to the station is here. A call runs in a command, so that no screen ever waits; its answer comes back as
// a message to the screen that asked, and is dropped when that screen is gone.

// callTimeout bounds a call: none is long, the station tells the rest in its status.
const callTimeout = 10 * time.Second

// call names what was asked.
type call string

// addressed is an answer to one screen.
type addressed interface{ address() int }

type to int

func (t to) address() int { return int(t) }

// answerMsg tells how a call went.
type answerMsg struct {
	to
	call call
	err  error
}

// filesMsg answers a call for the files of the key.
type filesMsg struct {
	to
	files []session.MediumFile
	err   error
}

// documentsMsg answers a call for the documents.
type documentsMsg struct {
	to
	documents []session.Document
	err       error
}

// receiptMsg answers a call for the receipt.
type receiptMsg struct {
	to
	receipt session.Receipt
	err     error
}

// The calls.
const (
	callTouch        call = "touch"
	callOpen         call = "open"
	callExtend       call = "extend"
	callPause        call = "pause"
	callResume       call = "resume"
	callEnd          call = "end"
	callDismiss      call = "dismiss"
	callBrowse       call = "browse"
	callCloseBrowser call = "close-browser"
	callCopyIn       call = "copy-in"
	callCopyOut      call = "copy-out"
	callCheckFirst   call = "check-first"
	callCancelCopy   call = "cancel-copy"
	callEject        call = "eject"
	callDelete       call = "delete"
	callPrint        call = "print"
	callPrintReceipt call = "print-receipt"
)

// ask makes the command of a call for the screen in front.
func (w *world) ask(name call, f func(context.Context) error) tea.Cmd {
	ctx, address := w.ctx, to(w.front().serial)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		return answerMsg{address, name, f(ctx)}
	}
}

// fetch makes the command of a call that fetches something for a screen, whatever covers it; tell makes the answer.
func fetch[T any](w *world, asker screen, get func(context.Context) (T, error), tell func(to, T, error) tea.Msg) tea.Cmd {
	ctx, address := w.ctx, w.addressOf(asker)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		found, err := get(ctx)
		return tell(address, found, err)
	}
}

// addressOf is where an answer for a screen goes, whatever covers it.
func (w *world) addressOf(s screen) to {
	for _, shown := range w.stack {
		if shown.screen == s {
			return to(shown.serial)
		}
	}
	if w.overlay != nil && w.overlay.screen == s {
		return to(w.overlay.serial)
	}
	return 0
}

// callTouch is answered to nobody: whether it went well shows in the status.
func (w *world) callTouch() tea.Cmd {
	ctx := w.ctx
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		return answerMsg{0, callTouch, w.station.Touch(ctx)}
	}
}

func (w *world) callOpen(o session.OpenOptions) tea.Cmd {
	return w.ask(callOpen, func(ctx context.Context) error { return w.station.Open(ctx, o) })
}
func (w *world) callExtend() tea.Cmd { return w.ask(callExtend, w.station.Extend) }
func (w *world) callPause(code session.Private) tea.Cmd {
	return w.ask(callPause, func(ctx context.Context) error { return w.station.Pause(ctx, code) })
}

func (w *world) callResume(code session.Private) tea.Cmd {
	return w.ask(callResume, func(ctx context.Context) error { return w.station.Resume(ctx, code) })
}
func (w *world) callEnd() tea.Cmd     { return w.ask(callEnd, w.station.End) }
func (w *world) callDismiss() tea.Cmd { return w.ask(callDismiss, w.station.Dismiss) }

func (w *world) callPrintReceipt() tea.Cmd { return w.ask(callPrintReceipt, w.station.PrintReceipt) }

func (w *world) callBrowse(o session.BrowseOptions) tea.Cmd {
	return w.ask(callBrowse, func(ctx context.Context) error { return w.station.Browse(ctx, o) })
}

func (w *world) callCloseBrowser() tea.Cmd { return w.ask(callCloseBrowser, w.station.CloseBrowser) }

func (w *world) callCopyIn(files []session.FileID, o session.CopyOptions) tea.Cmd {
	return w.ask(callCopyIn, func(ctx context.Context) error { return w.station.CopyIn(ctx, files, o) })
}

func (w *world) callCopyOut(documents []session.DocumentID, o session.CopyOptions) tea.Cmd {
	return w.ask(callCopyOut, func(ctx context.Context) error { return w.station.CopyOut(ctx, documents, o) })
}

func (w *world) callCheckFirst(files []session.FileID) tea.Cmd {
	return w.ask(callCheckFirst, func(ctx context.Context) error { return w.station.CheckFirst(ctx, files) })
}
func (w *world) callCancelCopy() tea.Cmd { return w.ask(callCancelCopy, w.station.CancelCopy) }
func (w *world) callEject() tea.Cmd      { return w.ask(callEject, w.station.Eject) }
func (w *world) callDelete(d session.DocumentID) tea.Cmd {
	return w.ask(callDelete, func(ctx context.Context) error { return w.station.Delete(ctx, d) })
}

func (w *world) callPrint(d session.DocumentID) tea.Cmd {
	return w.ask(callPrint, func(ctx context.Context) error { return w.station.Print(ctx, d) })
}

func (w *world) callMedium(asker screen) tea.Cmd {
	return fetch(w, asker, w.station.Medium, func(a to, files []session.MediumFile, err error) tea.Msg { return filesMsg{a, files, err} })
}

func (w *world) callDocuments(asker screen) tea.Cmd {
	return fetch(w, asker, w.station.Documents, func(a to, all []session.Document, err error) tea.Msg { return documentsMsg{a, all, err} })
}

func (w *world) callReceipt(asker screen) tea.Cmd {
	return fetch(w, asker, w.station.Receipt, func(a to, r session.Receipt, err error) tea.Msg { return receiptMsg{a, r, err} })
}

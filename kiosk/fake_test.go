package kiosk

import (
	"context"
	"sync"

	"estran/session"
)

// fakeStation is scripted: it notes the calls, answers what fail says, and lists what it is given.
type fakeStation struct {
	session.Assist
	mu        sync.Mutex
	calls     []string
	fail      map[call]error
	files     []session.MediumFile
	documents []session.Document
	receipt   session.Receipt
	browse    session.BrowseOptions
	opened    session.OpenOptions
	copied    []session.FileID
	options   session.CopyOptions
	copiedOut []session.DocumentID
	first     []session.FileID
	code      session.Private
	watched   int
	statuses  chan session.Status
}

func (f *fakeStation) note(c call) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, string(c))
	return f.fail[c]
}

func (f *fakeStation) count(c call) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, made := range f.calls {
		if made == string(c) {
			n++
		}
	}
	return n
}

func (f *fakeStation) Status(context.Context) (session.Status, error) {
	return session.Status{}, nil
}

func (f *fakeStation) Watch(context.Context) (<-chan session.Status, error) {
	f.mu.Lock()
	f.watched++
	f.mu.Unlock()
	if err := f.fail["watch"]; err != nil {
		return nil, err
	}
	if f.statuses == nil {
		return nil, session.ErrGone
	}
	return f.statuses, nil
}

func (f *fakeStation) Open(_ context.Context, o session.OpenOptions) error {
	f.opened = o
	return f.note(callOpen)
}

func (f *fakeStation) Touch(context.Context) error  { return f.note(callTouch) }
func (f *fakeStation) Extend(context.Context) error { return f.note(callExtend) }
func (f *fakeStation) Pause(_ context.Context, code session.Private) error {
	f.mu.Lock()
	f.code = code
	f.mu.Unlock()
	return f.note(callPause)
}
func (f *fakeStation) Resume(context.Context, session.Private) error { return f.note(callResume) }
func (f *fakeStation) End(context.Context) error                     { return f.note(callEnd) }
func (f *fakeStation) Dismiss(context.Context) error                 { return f.note(callDismiss) }
func (f *fakeStation) PrintReceipt(context.Context) error            { return f.note(callPrintReceipt) }

func (f *fakeStation) ResizeBrowser(context.Context) error { return f.note("resize-browser") }

func (f *fakeStation) CloseBrowser(context.Context) error { return f.note(callCloseBrowser) }

func (f *fakeStation) CheckFirst(_ context.Context, files []session.FileID) error {
	f.mu.Lock()
	f.first = files
	f.mu.Unlock()
	return f.note(callCheckFirst)
}

func (f *fakeStation) CopyOut(_ context.Context, documents []session.DocumentID, o session.CopyOptions) error {
	f.mu.Lock()
	f.copiedOut, f.options = documents, o
	f.mu.Unlock()
	return f.note(callCopyOut)
}

func (f *fakeStation) CancelCopy(context.Context) error                 { return f.note(callCancelCopy) }
func (f *fakeStation) Eject(context.Context) error                      { return f.note(callEject) }
func (f *fakeStation) Delete(context.Context, session.DocumentID) error { return f.note(callDelete) }
func (f *fakeStation) Print(context.Context, session.DocumentID) error  { return f.note(callPrint) }
func (f *fakeStation) Close() error                                     { return nil }

func (f *fakeStation) Receipt(context.Context) (session.Receipt, error) {
	return f.receipt, f.note("receipt")
}

func (f *fakeStation) Browse(_ context.Context, o session.BrowseOptions) error {
	f.mu.Lock()
	f.browse = o
	f.mu.Unlock()
	return f.note(callBrowse)
}

func (f *fakeStation) Medium(context.Context) ([]session.MediumFile, error) {
	return f.files, f.note("medium")
}

func (f *fakeStation) CopyIn(_ context.Context, files []session.FileID, o session.CopyOptions) error {
	f.mu.Lock()
	f.copied, f.options = files, o
	f.mu.Unlock()
	return f.note(callCopyIn)
}

func (f *fakeStation) Documents(context.Context) ([]session.Document, error) {
	return f.documents, f.note("documents")
}

func (f *fakeStation) watches() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.watched
}

// fakeDesk notes the layouts that it was asked for, and answers what err says.
type fakeDesk struct {
	asked []Layout
	err   error
	scale float64
}

func (f *fakeDesk) Arrange(_ context.Context, l Layout) (float64, error) {
	f.asked = append(f.asked, l)
	return max(f.scale, 1), f.err
}

// last is the layout that was asked for last.
func (f *fakeDesk) last() Layout {
	if len(f.asked) == 0 {
		return Layout{Banner: -1}
	}
	return f.asked[len(f.asked)-1]
}

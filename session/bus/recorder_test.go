package bus_test

import (
	"context"
	"io"
	"os"
	"slices"
	"sync"

	"estran/session"
)

// recorder is a station that notes what it was asked and answers what it is told to: for what the wire carries, and
// for faults that a real one cannot be made to have.
type recorder struct {
	session.Station // nil: a call that no test foresees panics

	mu       sync.Mutex
	asked    []any
	status   session.Status
	watchers []chan session.Status

	// What it answers: set it by answer.
	touch     func() error
	medium    []session.MediumFile
	documents []session.Document
	receipt   session.Receipt
	activity  session.Activity
}

func (r *recorder) note(call ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, call...)
}

// answer changes what is answered, and calls reads what was asked: the bus between two goroutines is no order to the
// race detector.
func (r *recorder) answer(change func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change()
}

func (r *recorder) calls() []any {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.asked)
}

// tell changes the status.
func (r *recorder) tell(change func(*session.Status)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Serial++
	change(&r.status)
	for _, w := range r.watchers {
		select {
		case <-w:
		default:
		}
		w <- r.status
	}
}

func (r *recorder) Status(context.Context) (session.Status, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status, nil
}

func (r *recorder) Watch(ctx context.Context) (<-chan session.Status, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := make(chan session.Status, 1)
	w <- r.status
	r.watchers = append(r.watchers, w)
	context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for i, other := range r.watchers {
			if other == w {
				r.watchers = append(r.watchers[:i], r.watchers[i+1:]...)
				close(w)
				return
			}
		}
	})
	return w, nil
}

func (r *recorder) Touch(context.Context) error {
	r.mu.Lock()
	touch := r.touch
	r.mu.Unlock()
	if touch != nil {
		return touch()
	}
	return nil
}

func (r *recorder) Open(_ context.Context, o session.OpenOptions) error {
	r.note("Open", o)
	return nil
}

func (r *recorder) Extend(context.Context) error { r.note("Extend"); return nil }

func (r *recorder) End(context.Context) error { r.note("End"); return nil }

func (r *recorder) PrintReceipt(context.Context) error { r.note("PrintReceipt"); return nil }

func (r *recorder) Dismiss(context.Context) error { r.note("Dismiss"); return nil }

func (r *recorder) ResizeBrowser(context.Context) error { r.note("ResizeBrowser"); return nil }

func (r *recorder) CloseBrowser(context.Context) error { r.note("CloseBrowser"); return nil }

func (r *recorder) CancelCopy(context.Context) error { r.note("CancelCopy"); return nil }

func (r *recorder) Eject(context.Context) error { r.note("Eject"); return nil }

func (r *recorder) Pause(_ context.Context, code session.Private) error {
	r.note("Pause", code.Reveal())
	return nil
}

func (r *recorder) Resume(_ context.Context, code session.Private) error {
	r.note("Resume", code.Reveal())
	return nil
}

func (r *recorder) Receipt(context.Context) (session.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.receipt, nil
}

func (r *recorder) Browse(_ context.Context, o session.BrowseOptions) error {
	r.note("Browse", o.Site, o.Terminal != nil)
	if o.Terminal != nil {
		_, _ = o.Terminal.WriteString("hello from the browser\n")
		return o.Terminal.Close()
	}
	return nil
}

func (r *recorder) Medium(context.Context) ([]session.MediumFile, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.medium, nil
}

func (r *recorder) CopyIn(_ context.Context, files []session.FileID, o session.CopyOptions) error {
	r.note("CopyIn", files, o)
	return nil
}

func (r *recorder) CheckFirst(_ context.Context, files []session.FileID) error {
	r.note("CheckFirst", files)
	return nil
}

func (r *recorder) CopyOut(_ context.Context, documents []session.DocumentID, o session.CopyOptions) error {
	r.note("CopyOut", documents, o)
	return nil
}

func (r *recorder) Documents(context.Context) ([]session.Document, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.documents, nil
}

func (r *recorder) Delete(_ context.Context, id session.DocumentID) error {
	r.note("Delete", id)
	return nil
}

func (r *recorder) Print(_ context.Context, id session.DocumentID) error {
	r.note("Print", id)
	return nil
}

func (r *recorder) SignIn(_ context.Context, login, code session.Private) error {
	r.note("SignIn", login.Reveal(), code.Reveal())
	return nil
}

func (r *recorder) SignOut(context.Context) error { r.note("SignOut"); return nil }

func (r *recorder) SetMode(_ context.Context, mode session.Mode, o session.ActOptions) error {
	sites := []string{}
	for _, site := range o.Sites {
		sites = append(sites, site.Reveal())
	}
	r.note("SetMode", mode, o.Mandate, sites)
	return nil
}

// papered notes what is read from a sheet.
func (r *recorder) papered(call string, kind session.PaperKind, pdf *os.File) error {
	data, err := io.ReadAll(io.NewSectionReader(pdf, 0, 64))
	r.note(call, kind, string(data), err)
	return nil
}

func (r *recorder) PrintPaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	return r.papered("PrintPaper", kind, pdf)
}

func (r *recorder) SavePaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	return r.papered("SavePaper", kind, pdf)
}

func (r *recorder) Count(_ context.Context, o session.CountOptions) error {
	r.note("Count", o)
	return nil
}

func (r *recorder) Activity(context.Context) (session.Activity, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.activity, nil
}

func (r *recorder) BeginMaintenance(_ context.Context, force bool) error {
	r.note("Begin", force)
	return nil
}

func (r *recorder) FinishMaintenance(context.Context) error { r.note("Finish"); return nil }

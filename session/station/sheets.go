package station

import (
	"context"
	"io"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"estran/assets"
	"estran/session"
	"estran/session/paper/sealed"
)

// A sheet comes from the kiosk as a PDF in sealed memory. It may name a visitor: it goes to the printer or to their own
// key, and is never kept. Nothing of it is read into this process but what passes on its way.

// mostSheets is how often a sheet of a kind is printed in one session: a mandate is printed twice, a printer without
// paper is tried again.
const mostSheets = 6

// PrintPaper prints a sheet.
func (s *Station) PrintPaper(ctx context.Context, kind session.PaperKind, pdf *os.File) error {
	v, sheet, err := s.sheet(kind, pdf)
	if err != nil {
		return err
	}
	queue, err := s.countSheet(v, kind)
	if err != nil {
		return err
	}
	return s.printFor(ctx, v, queue, sheet, "-o", bothSides)
}

// bothSides makes one piece of paper of a sheet of two pages, so that none is lost; a printer that cannot prints two
// (lp(1), RFC 8011 §5.2.8).
const bothSides = "sides=two-sided-long-edge"

// sheet sees that an agent may have this printed or saved now, and opens it.
func (s *Station) sheet(kind session.PaperKind, pdf *os.File) (*visit, *io.SectionReader, error) {
	v, err := s.helpedVisit()
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains(session.PaperKinds(), kind) || pdf == nil {
		return nil, nil, session.ErrForm
	}
	sheet, err := sealed.Open(pdf, session.MaxPaper)
	if err != nil {
		return nil, nil, session.ErrForm
	}
	return v, sheet, nil
}

// helpedVisit is the open session, in which an agent who helps is signed in.
func (s *Station) helpedVisit() (*visit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := s.machine.Status(s.clock())
	switch {
	case s.closed:
		return nil, session.ErrGone
	case status.State != session.Open:
		return nil, session.ErrState
	case !status.Agent.Profile.Helps():
		return nil, session.ErrAgentNeeded
	}
	return s.visit, nil
}

// countSheet counts a printing, whatever becomes of it: a tray is not emptied by trying.
func (s *Station) countSheet(v *visit, kind session.PaperKind) (queue string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.machine.State != session.Open || s.visit != v:
		return "", session.ErrState
	case s.printer == "":
		return "", session.ErrNoPrinter
	case v.sheets[kind] >= mostSheets:
		return "", session.ErrLimit
	}
	if v.sheets == nil {
		v.sheets = map[session.PaperKind]int{}
	}
	v.sheets[kind]++
	return s.printer, nil
}

// SavePaper copies a sheet to the key, as CopyOut copies a document: read back, under a name that tells nothing of whom it is
// for, and never in the place of another. It is not scanned: the kiosk made it, and no page could.
func (s *Station) SavePaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	v, sheet, err := s.sheet(kind, pdf)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.idleKey()
	if err == nil && s.visit != v {
		err = session.ErrState
	}
	if err == nil {
		err = k.hasRoomFor(sheet.Size())
	}
	if err != nil {
		return err
	}
	own, err := duplicate(pdf)
	if err != nil {
		return err
	}
	context.AfterFunc(v.ctx, func() { _ = own.Close() }) // whether or not the copy ever began
	name := session.Private(assets.In(v.language()).T("paper.name." + string(kind)))
	s.startCopy(k, session.MediumCopyingOut, sheet.Size(), 1, func(ctx context.Context, _ *visit, k *key) error {
		defer own.Close()
		return s.deliverSheet(ctx, k, own, sheet.Size(), name)
	})
	return nil
}

// deliverSheet copies a sheet to the key.
func (s *Station) deliverSheet(ctx context.Context, k *key, sheet *os.File, size int64, name session.Private) (err error) {
	defer func() { s.copied(k, err) }()
	return k.medium.Put(ctx, name, sheet, size, func(n int64) { s.moved(k, n) })
}

// duplicate is a descriptor of our own on the same file: the caller closes theirs as soon as it is answered.
func duplicate(f *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, os.NewSyscallError("fcntl", err)
	}
	return os.NewFile(uintptr(fd), "sheet"), nil
}

// language is the visitor's, in which their sheets are named.
func (v *visit) language() string {
	if v.options.Language == "en" {
		return "en"
	}
	return "fr"
}

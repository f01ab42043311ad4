package station

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/sys/unix"

	"estran/session"
)

// version tells one content of a document from another, so that a document changed after it was saved is not saved.
type version struct {
	size     int64
	modified int64 // ns since 1970, of the file itself
}

// What is listed of the documents at most: the sandbox writes there, and may be hostile.
const (
	mostDocuments = 10_000
	deepestFolder = 8
)

// document is one file found in the documents.
type document struct {
	session.Document
	path    string // relative to the documents
	version version
}

// list walks the visitor's documents, folders too: what is made in a file dialog is a document all the same.
// Links and special files are none. The caller needs no lock; saved is given.
func (v *visit) list(saved map[session.DocumentID]version) ([]document, error) {
	root, err := os.OpenRoot(v.memory.documents())
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var found []document
	arriving := map[string]bool{}
	err = fs.WalkDir(root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return skipUnreadable(e)
		case e.IsDir() && (strings.Count(path, "/") >= deepestFolder):
			return fs.SkipDir
		case len(found) >= mostDocuments:
			return fs.SkipAll
		case !e.Type().IsRegular() || strings.HasPrefix(e.Name(), "."):
			return nil
		}
		d, err := newDocument(path, e, saved)
		if err != nil {
			return nil // gone meanwhile
		}
		if d.Arriving {
			arriving[arrivingName(path)] = true
		}
		found = append(found, d)
		return nil
	})
	return withoutPlaceholders(found, arriving), err
}

func skipUnreadable(e fs.DirEntry) error {
	if e != nil && e.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func newDocument(path string, e fs.DirEntry, saved map[session.DocumentID]version) (document, error) {
	info, err := e.Info()
	if err != nil {
		return document{}, err
	}
	d := document{path: path, version: version{info.Size(), info.ModTime().UnixNano()}}
	d.Document = session.Document{
		ID: session.DocumentID(inodeOf(info)), Name: session.Private(path), Size: info.Size(),
		Arriving: strings.HasSuffix(path, partSuffix),
	}
	d.Saved = saved[d.ID] == d.version && !d.Arriving
	return d, nil
}

// partSuffix ends the name of a download that is not finished. Firefox writes « letter.Xy12Ab.pdf.part » beside an
// empty « letter.pdf » that keeps the name.
const partSuffix = ".part"

// arrivingName is the name that a download will have: « letter.Xy12Ab.pdf.part » becomes « letter.pdf ».
func arrivingName(part string) string {
	name := strings.TrimSuffix(part, partSuffix)
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	return strings.TrimSuffix(stem, filepath.Ext(stem)) + ext
}

// withoutPlaceholders leaves out the empty files that only keep the name of a download.
func withoutPlaceholders(found []document, arriving map[string]bool) []document {
	kept := found[:0]
	for _, d := range found {
		if d.Size > 0 || !arriving[d.path] {
			kept = append(kept, d)
		}
	}
	return kept
}

// Documents lists what the session holds.
func (s *Station) Documents(context.Context) ([]session.Document, error) {
	v, err := s.openVisit()
	if err != nil {
		return nil, err
	}
	found, err := v.list(s.savedOf(v))
	if err != nil {
		return nil, err
	}
	var documents []session.Document
	for _, d := range found {
		documents = append(documents, d.Document)
	}
	return documents, nil
}

// openVisit is the visit of an open session.
func (s *Station) openVisit() (*visit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.machine.State != session.Open || s.visit.memory == nil {
		return nil, session.ErrState
	}
	return s.visit, nil
}

func (s *Station) savedOf(v *visit) map[session.DocumentID]version {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved := make(map[session.DocumentID]version, len(v.saved))
	for id, version := range v.saved {
		saved[id] = version
	}
	return saved
}

// open opens one document for reading, never through a link: the sandbox could have made one since the listing.
func (v *visit) open(id session.DocumentID) (*os.File, document, error) {
	found, err := v.list(nil)
	if err != nil {
		return nil, document{}, err
	}
	root, err := os.OpenRoot(v.memory.documents())
	if err != nil {
		return nil, document{}, err
	}
	defer root.Close()
	for _, d := range found {
		if d.ID != id {
			continue
		}
		f, err := root.OpenFile(d.path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
		if err != nil {
			return nil, d, session.ErrNotFound
		}
		info, err := f.Stat()
		if err != nil || !info.Mode().IsRegular() || inodeOf(info) != uint64(id) {
			_ = f.Close()
			return nil, d, session.ErrNotFound
		}
		return f, d, nil
	}
	return nil, document{}, session.ErrNotFound
}

// Delete deletes one document for good.
func (s *Station) Delete(_ context.Context, id session.DocumentID) error {
	v, err := s.openVisit()
	if err != nil {
		return err
	}
	f, d, err := v.open(id)
	if err != nil {
		return err
	}
	_ = f.Close()
	root, err := os.OpenRoot(v.memory.documents())
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot delete a document: %w", errnoOf(err))
	}
	s.lookAtDocuments(v)
	return nil
}

// lookAtDocuments counts the documents and the room left.
func (s *Station) lookAtDocuments(v *visit) {
	found, err := v.list(s.savedOf(v))
	if err != nil {
		return
	}
	status := session.DocumentsStatus{}
	status.Used, status.Room, status.Full = v.memory.room()
	for _, d := range found {
		switch {
		case d.Arriving:
			status.Arriving++
		case d.Saved:
			status.Count++
		default:
			status.Count++
			status.Unsaved++
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.visit == v && !sameDocuments(v.documents, status) {
		v.documents = status
		s.changed()
	}
}

// sameDocuments says that nothing changed that anybody would see: bytes alone are told by the megabyte.
func sameDocuments(a, b session.DocumentsStatus) bool {
	a.Used, b.Used = a.Used>>20, b.Used>>20
	return a == b
}

// settle is how long a burst of changes to the documents is let settle before they are looked at.
const settle = 150 * time.Millisecond

// roomEvery is how often the room left is looked at while the browser, which writes elsewhere too, is open.
const roomEvery = 5 * time.Second

// lookSoon asks to look at the documents. The caller need hold nothing.
func (v *visit) lookSoon() {
	select {
	case v.look <- struct{}{}:
	default:
	}
}

// watchDocuments sees downloads as they arrive. The caller holds mu.
func (s *Station) watchDocuments(v *visit) {
	watcher, err := fsnotify.NewWatcher()
	if err == nil {
		err = watcher.Add(v.memory.documents())
	}
	if err != nil {
		s.log.Error("cannot watch the documents", "error", err)
		_ = s.send(session.Failed{Fault: session.FaultMemory})
		return
	}
	v.stopWatching = func() { _ = watcher.Close() }
	s.beside(func() { s.followDocuments(v, watcher) })
	s.beside(func() { s.lookAtDocuments(v) })
}

// followDocuments looks at the documents soon after each change, and now and then while the browser is open.
func (s *Station) followDocuments(v *visit, w *fsnotify.Watcher) {
	soon := time.NewTimer(time.Hour)
	defer soon.Stop()
	pending := false
	for {
		select {
		case _, open := <-w.Events:
			if !open {
				return
			}
			if !pending {
				pending = true
				soon.Reset(settle)
			}
		case _, open := <-w.Errors:
			if !open {
				return
			}
		case <-v.look:
			soon.Reset(settle)
		case <-soon.C:
			pending = false
			s.lookAtDocuments(v)
			s.mu.Lock()
			if v.browser.running() {
				soon.Reset(roomEvery)
			} else {
				soon.Reset(time.Hour)
			}
			s.mu.Unlock()
		}
	}
}

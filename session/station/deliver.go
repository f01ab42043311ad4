package station

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
)

// deliver copies documents to the key, one after the other.
func (s *Station) deliver(ctx context.Context, v *visit, k *key, ids []session.DocumentID, o session.CopyOptions) error {
	out, err := k.medium.Deliver(ctx)
	if err != nil {
		return err
	}
	err = each(ctx, ids, func(id session.DocumentID) error { return s.copyOneOut(ctx, v, k, out, id, o) })
	return errors.Join(err, out.Close())
}

// copyOneOut checks a document and copies it to the key: what goes there is what was looked at.
func (s *Station) copyOneOut(
	ctx context.Context, v *visit, k *key, out *media.Delivery, id session.DocumentID, o session.CopyOptions,
) (err error) {
	defer func() { s.copied(k, err) }()
	f, d, err := v.open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	steady, letGo, err := s.steady(ctx, v, k, f, d.Size)
	if err != nil {
		return err
	}
	defer letGo()
	name := session.Private(filepath.Base(d.path))
	result := s.scanner.Scan(ctx, steady, name, d.Size)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := allowed(result, o.AcceptUnchecked); err != nil {
		return err
	}
	if steady == f && versionOf(f) != d.version {
		return media.ErrChanged
	}
	if err := out.Put(ctx, name, steady, d.Size, func(n int64) { s.moved(k, n) }); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// Saved as it was listed: a document that grew meanwhile is not.
	if versionOf(f) == d.version {
		v.saved[id] = d.version
	}
	return nil
}

// steady is a copy of a document that nobody changes any more, as the browser may change the document. Where the session's
// memory has no room for one, it is the document itself: one that fills the memory must be saved all the same.
func (s *Station) steady(ctx context.Context, v *visit, k *key, f *os.File, size int64) (*os.File, func(), error) {
	if used, room, _ := v.memory.room(); size > (room-used)/2 {
		resume := s.pauseCheck(ctx, k)
		defer resume()
		if used, room, _ := v.memory.room(); size > room-used-leastRoom {
			return f, func() {}, nil
		}
	}
	staged, err := media.Stage(v.memory.staging())
	if err != nil {
		return nil, nil, err
	}
	letGo := func() { media.Discard(staged) }
	switch n, err := io.Copy(staged, io.NewSectionReader(f, 0, size)); {
	case err != nil && ctx.Err() == nil && noRoom(err):
		letGo()
		return f, func() {}, nil
	case err != nil:
		letGo()
		return nil, nil, errnoOf(err)
	case n != size:
		letGo()
		return nil, nil, media.ErrChanged
	}
	return staged, letGo, nil
}

// versionOf is the version of a document as it is now; the zero one when that cannot be told, which is no document's.
func versionOf(f *os.File) version {
	info, err := f.Stat()
	if err != nil {
		return version{}
	}
	return version{info.Size(), info.ModTime().UnixNano()}
}

func noRoom(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

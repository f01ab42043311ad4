package station

import (
	"context"
	"errors"
	"os"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
)

// CopyIn copies files of the key to the documents.
func (s *Station) CopyIn(_ context.Context, ids []session.FileID, o session.CopyOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.idleKey()
	if err != nil {
		return err
	}
	accept := o.AcceptUnchecked && s.cfg.Media.Unchecked != "refuse"
	var total int64
	for _, id := range ids {
		i, there := k.place[id]
		if !there {
			return session.ErrNotFound
		}
		f := k.files[i]
		switch {
		case f.Checked && f.Verdict == session.Suspect:
			return session.ErrSuspect
		case f.Checked && f.Verdict == session.Unchecked && !accept:
			return session.ErrUnchecked
		}
		total += f.Size
	}
	used, room, _ := s.visit.memory.room()
	if total > room-used-leastRoom {
		return session.ErrFull
	}
	tight := total > (room-used)/2
	s.startCopy(k, session.MediumCopyingIn, total, len(ids), func(ctx context.Context, v *visit, k *key) error {
		if tight {
			defer s.pauseCheck(ctx, k)()
		}
		return each(ctx, ids, func(id session.FileID) error { return s.copyOneIn(ctx, v, k, id, accept) })
	})
	return nil
}

// pauseCheck takes from the check what it holds of the session's memory, until resume is called.
func (s *Station) pauseCheck(ctx context.Context, k *key) (resume func()) {
	s.mu.Lock()
	checker := k.checker
	s.mu.Unlock()
	if checker == nil {
		return func() {}
	}
	return checker.Pause(ctx)
}

// copyOneIn copies a file, has the copy checked, and gives the copy: what the visitor gets is what was looked at.
func (s *Station) copyOneIn(ctx context.Context, v *visit, k *key, id session.FileID, accept bool) (err error) {
	defer func() { s.copied(k, err) }()
	s.begin(k, &k.carried, id)
	s.mu.Lock()
	i, there := k.place[id]
	if !there {
		s.mu.Unlock()
		return media.ErrPulled
	}
	file := k.files[i]
	s.mu.Unlock()

	staged, err := media.Stage(v.memory.staging())
	if err != nil {
		return err
	}
	given := false
	defer func() {
		if given {
			err = errors.Join(err, staged.Close())
		} else {
			media.Discard(staged)
		}
	}()
	if err := k.medium.Copy(ctx, id, staged, func(n int64) { s.moved(k, n) }); err != nil {
		return err
	}
	result := s.scanner.Scan(ctx, staged, file.Name, file.Size)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.change(func() {
		if i, there := k.place[id]; there {
			s.judge(k, i, result)
			k.checker.Drop(id)
		}
	})
	if err := allowed(result, accept); err != nil {
		return err
	}
	err = s.giveDocument(v, staged, file.Name)
	given = err == nil
	return err
}

// giveDocument names a checked copy among the documents, and gives it to whom the browser runs as.
func (s *Station) giveDocument(v *visit, staged *os.File, name session.Private) error {
	if c := s.opts.Credential; c != nil {
		if err := staged.Chown(int(c.Uid), int(c.Gid)); err != nil {
			return errnoOf(err)
		}
	}
	if _, err := media.Give(staged, v.memory.documents(), name); err != nil {
		return err
	}
	info, err := staged.Stat()
	if err != nil {
		return errnoOf(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v.saved[session.DocumentID(inodeOf(info))] = version{info.Size(), info.ModTime().UnixNano()}
	return nil
}

// allowed says whether a file of that result may be copied.
func allowed(r scan.Result, acceptUnchecked bool) error {
	switch {
	case r.Verdict == session.Suspect:
		return session.ErrSuspect
	case r.Verdict != session.Clean && !acceptUnchecked:
		return session.ErrUnchecked
	}
	return nil
}

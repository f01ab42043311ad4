package station

import (
	"context"
	"errors"
	"time"

	"estran/session"
	"estran/session/media"
)

// CopyOut copies documents to the key. What the structure refuses to take in unchecked may go out, once that is accepted:
// it is the visitor's own, and would be lost because an antivirus is down.
func (s *Station) CopyOut(_ context.Context, ids []session.DocumentID, o session.CopyOptions) error {
	v, err := s.openVisit()
	if err != nil {
		return err
	}
	found, err := v.list(nil)
	if err != nil {
		return err
	}
	sizes := map[session.DocumentID]int64{}
	for _, d := range found {
		if !d.Arriving {
			sizes[d.ID] = d.Size
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.idleKey()
	if err != nil {
		return err
	}
	var total int64
	for _, id := range ids {
		size, there := sizes[id]
		if !there {
			return session.ErrNotFound
		}
		total += size
	}
	if err := k.hasRoomFor(total); err != nil {
		return err
	}
	s.startCopy(k, session.MediumCopyingOut, total, len(ids), func(ctx context.Context, v *visit, k *key) error {
		return s.deliver(ctx, v, k, ids, o)
	})
	return nil
}

// hasRoomFor says why so many bytes cannot be copied to the key.
func (k *key) hasRoomFor(size int64) error {
	switch {
	case !k.status.Writable:
		return session.ErrReadOnly
	case size > k.status.Free:
		return session.ErrFull
	}
	return nil
}

// idleKey is the key when it may be copied from or to: a check may run beside, another copy not. The caller holds mu.
func (s *Station) idleKey() (*key, error) {
	k, err := s.openKey()
	if err != nil {
		return nil, err
	}
	if k.status.State != session.MediumReady && k.status.State != session.MediumChecking {
		return nil, session.ErrBusy
	}
	return k, nil
}

// startCopy begins a copy; the check goes on beside it. The caller holds mu.
func (s *Station) startCopy(
	k *key, state session.MediumState, total int64, files int, work func(context.Context, *visit, *key) error,
) {
	_ = s.send(session.Touched{})
	m := &k.status
	m.State, m.Copied, m.Failed, m.Held, m.Problem = state, 0, 0, 0, session.MediumFine
	k.carried = pace{began: time.Now(), bytesTotal: total, filesTotal: files}
	k.show(k.carried.began)
	s.job(s.visit, k, &k.carrying, func(ctx context.Context, v *visit, k *key) {
		err := work(ctx, v, k)
		s.copyEnded(ctx, v, k, err)
	})
	s.changed()
}

// each copies one after the other, and goes on after a file that failed for a reason of its own.
func each[ID any](ctx context.Context, ids []ID, one func(ID) error) error {
	var worst error
	for _, id := range ids {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := one(id)
		if errors.Is(err, media.ErrPulled) || errors.Is(err, session.ErrFull) || errors.Is(err, session.ErrReadOnly) {
			return err
		}
		if err != nil {
			worst = err
		}
	}
	return worst
}

// copyEnded tells how a copy went.
func (s *Station) copyEnded(ctx context.Context, v *visit, k *key, err error) {
	s.lookAtDocuments(v)
	canceled := ctx.Err() != nil
	s.change(func() {
		if errors.Is(err, media.ErrPulled) {
			k.pulled()
			return
		}
		if !k.copying() {
			return // pulled out meanwhile: that was told
		}
		out := k.status.State == session.MediumCopyingOut
		k.status.State = session.MediumReady
		if k.checking {
			k.status.State = session.MediumChecking
		}
		k.show(time.Now())
		k.status.Problem = copyProblem(err, out)
		if canceled {
			k.status.Problem = session.MediumCopyCanceled
		}
		if free, err := k.medium.Free(); err == nil {
			k.status.Free = free
		}
	})
}

// copyProblem tells the visitor's side of an error of a copy.
func copyProblem(err error, out bool) session.MediumProblem {
	switch {
	case errors.Is(err, session.ErrSuspect), errors.Is(err, session.ErrUnchecked):
		return session.MediumRefused
	case errors.Is(err, session.ErrFull) && !out:
		return session.MediumSessionFull
	default:
		return media.ProblemOf(err)
	}
}

func (s *Station) moved(k *key, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k.carried.bytes += n
	s.progress(k)
}

func (s *Station) copied(k *key, err error) {
	s.change(func() {
		k.carried.files++
		switch {
		case err == nil:
			k.status.Copied++
		case errors.Is(err, session.ErrUnchecked):
			k.status.Held++
			fallthrough
		default:
			k.status.Failed++
		}
	})
}

// CancelCopy stops the copy that runs.
func (s *Station) CancelCopy(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.openKey()
	if err != nil {
		return err
	}
	if k.copying() {
		k.carrying.stop()
	}
	return nil
}

package station

import (
	"context"
	"slices"
	"time"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
)

// checkKeyFiles checks the files of a key that was listed. Files that are checked can be copied meanwhile.
func (s *Station) checkKeyFiles(ctx context.Context, v *visit, k *key) {
	checker := &media.Checker{
		Medium: k.medium, Scan: s.scanner.Scan, Staging: v.memory.staging(), Budget: s.budget(v),
		Room:  func() int64 { return s.budget(v) },
		Begin: func(id session.FileID) { s.begin(k, &k.checked, id) },
		Report: func(id session.FileID, r scan.Result, _ int64) {
			if ctx.Err() == nil {
				s.report(k, id, r)
			}
		},
	}
	var files []media.File
	s.change(func() {
		if ctx.Err() != nil {
			return // given back, or pulled out
		}
		files = k.found
		k.checker, k.checking, k.checked.began = checker, true, time.Now()
		k.status.State = session.MediumChecking
		k.show(k.checked.began)
	})
	err := checker.Check(ctx, files)
	s.change(func() {
		k.checking = false
		if err == nil && k.status.State == session.MediumChecking {
			k.status.State = session.MediumReady
			k.show(time.Now())
		}
	})
	if err != nil {
		s.keyFailed(ctx, k, err)
	}
}

// CheckFirst has files checked before the others.
func (s *Station) CheckFirst(_ context.Context, ids []session.FileID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.openKey()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, there := k.place[id]; !there {
			return session.ErrNotFound
		}
	}
	if k.checker != nil {
		k.checker.First(ids)
	}
	return nil
}

// budget is how much memory copies that are being looked at may take now: never more than a half of what is left.
func (s *Station) budget(v *visit) int64 {
	used, room, _ := v.memory.room()
	return min(int64(s.cfg.Media.MaxFile), (room-used)/2)
}

func (s *Station) begin(k *key, p *pace, id session.FileID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.current = id
	s.progress(k)
}

// report notes the verdict of one file.
func (s *Station) report(k *key, id session.FileID, r scan.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, there := k.place[id]
	if !there || k.files[i].Checked {
		return
	}
	s.judge(k, i, r)
	s.progress(k)
}

// judge gives a file its verdict, and counts it. The caller holds mu.
func (s *Station) judge(k *key, i int, r scan.Result) {
	f := &k.files[i]
	if f.Checked {
		*count(&k.status, f.Verdict)--
	} else {
		k.checked.count(f.Size, r)
	}
	f.Checked, f.Verdict, f.Reasons = true, r.Verdict, r.Reasons
	*count(&k.status, f.Verdict)++
}

// count takes a file as looked at; one that was too big to be looked at was no work.
func (p *pace) count(size int64, r scan.Result) {
	if slices.Contains(r.Reasons, session.ReasonTooBig) {
		p.bytesTotal -= size
	} else {
		p.bytes += size
	}
	p.files++
}

func count(m *session.MediumStatus, v session.Verdict) *int {
	switch v {
	case session.Clean:
		return &m.Clean
	case session.Suspect:
		return &m.Suspect
	default:
		return &m.Unchecked
	}
}

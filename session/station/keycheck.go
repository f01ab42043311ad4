package station

import (
	"context"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
)

// checkKeyFiles checks the files that were not yet, until another job wants the key.
func (s *Station) checkKeyFiles(ctx context.Context, v *visit, k *key) {
	var files []media.File
	s.change(func() {
		k.status.State, k.status.BytesDone, k.status.BytesTotal = session.MediumChecking, 0, 0
		for i, f := range k.found {
			if !k.files[i].Checked {
				files = append(files, f)
			} else {
				k.status.BytesDone += f.Size
			}
			k.status.BytesTotal += f.Size
		}
	})
	checker := media.Checker{
		Medium: k.medium, Scan: s.scanner.Scan, Staging: v.memory.staging(), Budget: s.budget(v),
		Begin: func(id session.FileID) { s.begin(k, id) },
		Report: func(id session.FileID, r scan.Result, bytes int64) {
			if ctx.Err() == nil {
				s.report(k, id, r, bytes)
			}
		},
	}
	if err := checker.Check(ctx, files); err != nil {
		s.keyFailed(ctx, k, err)
		return
	}
	s.change(func() {
		if ctx.Err() == nil { // else another job has the key, and says how it is
			k.status.State, k.status.Current = session.MediumReady, 0
		}
	})
}

// budget is how much memory copies that are being looked at may take: never more than a half of what is left.
func (s *Station) budget(v *visit) int64 {
	used, room, _ := v.memory.room()
	return min(int64(s.cfg.Media.MaxFile), (room-used)/2)
}

func (s *Station) begin(k *key, id session.FileID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k.status.Current = id
	s.progress(k)
}

// report notes the verdict of one file.
func (s *Station) report(k *key, id session.FileID, r scan.Result, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, there := k.place[id]
	if !there || k.files[i].Checked {
		return
	}
	k.status.BytesDone += bytes
	s.judge(k, i, r)
	s.progress(k)
}

// judge gives a file its verdict, and counts it. The caller holds mu.
func (s *Station) judge(k *key, i int, r scan.Result) {
	f := &k.files[i]
	if f.Checked {
		*count(&k.status, f.Verdict)--
	}
	f.Checked, f.Verdict, f.Reasons = true, r.Verdict, r.Reasons
	*count(&k.status, f.Verdict)++
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

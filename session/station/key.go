package station

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"estran/session"
	"estran/session/media"
)

// key is one USB key of a visit. Its fields are guarded by the station's lock, but for the medium, which does its own
// locking, and jobs.
type key struct {
	source media.Source
	medium *media.Medium
	status session.MediumStatus
	found  []media.File
	files  []session.MediumFile
	place  map[session.FileID]int // in files
	told   time.Time              // when the progress was last told
	// stopped is when its drive was asked to stop, zero when it was not: the device may go before the visitor takes it.
	stopped time.Time

	jobs   sync.Mutex // held by the one job that uses the medium
	cancel context.CancelFunc
}

// useKey opens the next key when a session is open and has none. The caller holds mu.
func (s *Station) useKey() {
	v := s.visit
	if v == nil || v.memory == nil || (s.machine.State != session.Open && s.machine.State != session.Paused) {
		return
	}
	if v.key != nil && v.key.status.Present() {
		return
	}
	src, found := s.keys.next()
	if !found {
		return
	}
	k := &key{source: src, place: map[session.FileID]int{}}
	k.status.State = session.MediumReading
	v.key = k
	v.keys = append(v.keys, k)
	s.lookAtAntivirus()
	s.job(v, k, s.readKey)
}

// job runs work on the key, after the job that runs has been cancelled and has ended. The caller holds mu.
func (s *Station) job(v *visit, k *key, work func(context.Context, *visit, *key)) {
	if k.cancel != nil {
		k.cancel()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	k.cancel = cancel
	s.beside(func() {
		defer cancel()
		k.jobs.Lock()
		defer k.jobs.Unlock()
		if ctx.Err() == nil {
			work(ctx, v, k)
		}
	})
}

// pulled notes that the key is gone. The caller holds mu.
func (k *key) pulled() {
	if k.cancel != nil {
		k.cancel()
	}
	k.status = session.MediumStatus{State: session.MediumPulled, Problem: session.MediumGone, Copied: k.status.Copied, Failed: k.status.Failed}
	k.files, k.found, k.place = nil, nil, map[session.FileID]int{}
}

// close stops what runs and lets the key go.
func (k *key) close() error {
	if k.cancel != nil {
		k.cancel()
	}
	k.jobs.Lock()
	defer k.jobs.Unlock()
	if k.medium == nil {
		return nil
	}
	return k.medium.Close()
}

// readKey opens the key, lists it, then checks it.
func (s *Station) readKey(ctx context.Context, v *visit, k *key) {
	medium, err := media.Open(ctx, k.source)
	if err != nil {
		s.change(func() {
			k.status = session.MediumStatus{State: session.MediumUnreadable, Problem: media.ProblemOf(err)}
			s.keys.spend(k.source.Path, ejected)
		})
		return
	}
	k.medium = medium
	listErr := medium.Sweep(ctx)
	if listErr == nil {
		listErr = medium.List(ctx, s.cfg.Media.MaxFiles, func(f media.File) { s.listed(k, f) })
	}
	if listErr != nil && !errors.Is(listErr, media.ErrTooMany) {
		s.keyFailed(ctx, k, listErr)
		return
	}
	free, _ := medium.Free()
	s.change(func() {
		k.status.Writable, k.status.Free = medium.Writable(), free
		k.status.Problem = cmp.Or(media.ProblemOf(listErr), medium.Problem())
	})
	s.checkKeyFiles(ctx, v, k)
}

// listed adds one file to what is known of the key.
func (s *Station) listed(k *key, f media.File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	file := session.MediumFile{ID: f.ID, Name: f.Name, Size: f.Size}
	if f.Reason != session.ReasonNone {
		file.Checked, file.Reasons = true, []session.Reason{f.Reason}
		k.status.Unchecked++
	} else {
		k.status.BytesTotal += f.Size
	}
	k.place[f.ID] = len(k.files)
	k.files, k.found = append(k.files, file), append(k.found, f)
	k.status.Files = len(k.files)
	s.progress(k)
}

// progressEvery bounds how often progress is told.
const progressEvery = 60 * time.Millisecond

// progress tells a change that is one of many. The caller holds mu.
func (s *Station) progress(k *key) {
	if now := time.Now(); now.Sub(k.told) >= progressEvery {
		k.told = now
		s.changed()
	}
}

// keyFailed tells what went wrong with the key; nothing when another job merely took its turn.
func (s *Station) keyFailed(ctx context.Context, k *key, err error) {
	if ctx.Err() != nil {
		return
	}
	s.change(func() {
		if errors.Is(err, media.ErrPulled) {
			k.pulled()
			return
		}
		k.status.State, k.status.Problem = session.MediumUnreadable, media.ProblemOf(err)
	})
}

// Medium lists the files of the key.
func (s *Station) Medium(context.Context) ([]session.MediumFile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.openKey()
	if err != nil {
		return nil, err
	}
	return append([]session.MediumFile(nil), k.files...), nil
}

// openKey is the key of an open session. The caller holds mu.
func (s *Station) openKey() (*key, error) {
	if s.machine.State != session.Open {
		return nil, session.ErrState
	}
	if k := s.visit.key; k != nil && k.status.Present() {
		return k, nil
	}
	return nil, session.ErrNoMedium
}

// Eject makes the key safe to pull out.
func (s *Station) Eject(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.openKey()
	if err != nil {
		return err
	}
	if k.copying() || k.status.State == session.MediumEjecting {
		return session.ErrBusy
	}
	k.status.State, k.status.Current = session.MediumEjecting, 0
	s.job(s.visit, k, s.ejectKey)
	s.changed()
	return nil
}

func (k *key) copying() bool {
	return k.status.State == session.MediumCopyingIn || k.status.State == session.MediumCopyingOut
}

func (s *Station) ejectKey(ctx context.Context, _ *visit, k *key) {
	var err error
	if k.medium != nil {
		err = k.medium.Eject(ctx)
	}
	if err != nil {
		s.keyFailed(ctx, k, err)
		return
	}
	s.stopDrive(ctx, k)
	s.change(func() {
		k.status = session.MediumStatus{State: session.MediumEjected}
		k.files, k.found, k.place = nil, nil, map[session.FileID]int{}
		if !s.keys.has(k.source.Path) {
			s.useKey() // it was taken already, and another may be there since
		}
	})
}

// stopDrive stops the drive of a key that was let go. The key is safe to take without it too.
func (s *Station) stopDrive(ctx context.Context, k *key) {
	s.mu.Lock()
	udisks := s.keys.udisks
	s.keys.spend(k.source.Path, ejected) // now: the device may go and come back under the same name
	if udisks == nil || !k.source.Device {
		s.mu.Unlock()
		return
	}
	k.stopped = time.Now()
	s.mu.Unlock()
	stopped, err := udisks.LetGo(ctx, k.source)
	if err != nil {
		s.log.Warn("the drive of a key was not stopped", "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !stopped {
		k.stopped = time.Time{}
	}
}

// stopping is how long after it was asked to stop a drive may go by itself; later, it is taken.
const stopping = 15 * time.Second

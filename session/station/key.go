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
	// checker looks at the files beside copies; nil before it began.
	checker  *media.Checker
	checking bool // it runs
	// How far the check is, and the copy that runs or ran last.
	checked, carried pace
	// stopped is when its drive was asked to stop, zero when it was not: the device may go before the visitor takes it.
	stopped time.Time

	// reading is the job that lists and checks, carrying the one that copies or gives the key back.
	reading, carrying job
}

// job is something that runs on the key beside the calls: one at a time.
type job struct {
	running sync.Mutex // held by the one that runs
	cancel  context.CancelFunc
}

func (j *job) stop() {
	if j.cancel != nil {
		j.cancel()
	}
}

// stop cancels what runs.
func (k *key) stop() {
	k.reading.stop()
	k.carrying.stop()
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
	s.job(v, k, &k.reading, s.readKey)
}

// job runs work on the key, after the same job has been cancelled and has ended. The caller holds mu.
func (s *Station) job(v *visit, k *key, j *job, work func(context.Context, *visit, *key)) {
	j.stop()
	ctx, cancel := context.WithCancel(s.ctx)
	j.cancel = cancel
	s.beside(func() {
		defer cancel()
		j.running.Lock()
		defer j.running.Unlock()
		if ctx.Err() == nil {
			work(ctx, v, k)
		}
	})
}

// pulled notes that the key is gone. The caller holds mu.
func (k *key) pulled() {
	k.stop()
	k.status = session.MediumStatus{State: session.MediumPulled, Problem: session.MediumGone, Copied: k.status.Copied, Failed: k.status.Failed}
	k.files, k.found, k.place = nil, nil, map[session.FileID]int{}
}

// close stops what runs and lets the key go.
func (k *key) close() error {
	k.stop()
	k.carrying.running.Lock() // in this order, as ejectKey does
	defer k.carrying.running.Unlock()
	k.reading.running.Lock()
	defer k.reading.running.Unlock()
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
	file := session.MediumFile{ID: f.ID, Name: f.Name, Size: f.Size, Modified: f.Modified}
	if f.Reason != session.ReasonNone {
		file.Checked, file.Reasons = true, []session.Reason{f.Reason}
		k.status.Unchecked++
	} else {
		k.checked.bytesTotal += f.Size
		k.checked.filesTotal++
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
		k.show(now)
		s.changed()
	}
}

// show puts into the status how far what the visitor waits for is. The caller holds the station's mu.
func (k *key) show(now time.Time) {
	p, m := k.checked, &k.status
	if k.copying() {
		p = k.carried
	}
	m.BytesDone, m.BytesTotal, m.Current, m.Left = p.bytes, p.bytesTotal, p.current, p.left(now)
	if m.State == session.MediumReady {
		m.Current, m.Left = 0, 0
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
	k.status.State, k.status.Current, k.status.Left = session.MediumEjecting, 0, 0
	k.reading.stop()
	s.job(s.visit, k, &k.carrying, s.ejectKey)
	s.changed()
	return nil
}

func (k *key) copying() bool {
	return k.status.State == session.MediumCopyingIn || k.status.State == session.MediumCopyingOut
}

func (s *Station) ejectKey(ctx context.Context, _ *visit, k *key) {
	k.reading.running.Lock() // it has been stopped: wait for its end
	defer k.reading.running.Unlock()
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

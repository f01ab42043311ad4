package station

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"estran/cleanup"
	"estran/session"
	"estran/session/ownfile"
)

// startWipe runs the plan beside. The caller holds mu.
func (s *Station) startWipe() {
	v := s.visit
	v.end()
	v.sites = nil
	s.help.end(s.clock())
	plan := s.plan(v)
	s.wipe = nil
	for _, id := range plan.IDs() {
		s.wipe = append(s.wipe, session.StepStatus{ID: id})
	}
	s.forgetKey()
	end, how := time.Now(), s.machine.End
	s.beside(func() {
		receipt := plan.Run(context.WithoutCancel(s.ctx),
			func(id string) { s.change(func() { s.setStep(id, session.StepRunning) }) },
			func(l cleanup.Line) { s.change(func() { s.setStep(l.Step, stateOf(l.Outcome)) }) })
		if err := receipt.Err(); err != nil {
			s.log.Error("cannot verify the wipe", "error", err)
		}
		s.noteEnd(v, end, how)
		s.finishWipe(v, receipt)
	})
}

// finishWipe shows the receipt. Where this process can be replaced, it leaves that to one that never knew the visitor:
// what it still holds of them goes with it.
func (s *Station) finishWipe(v *visit, done cleanup.Receipt) {
	verified := done.Verified()
	s.mu.Lock()
	if unsealed(done) {
		verified = true
		if s.machine.Fault == session.NoFault { // else that one comes first: IT may have asked for the station
			_ = s.send(session.Failed{Fault: session.FaultStateDir})
		}
	}
	receipt := session.Receipt{Steps: slices.Clone(s.wipe), Limits: s.limits(v)}
	h := Handover{End: s.machine.End, Receipt: receipt, Look: s.look, Uncounted: s.due(), Fault: s.machine.Fault}
	renew := verified && s.opts.Renew != nil && !s.closing
	if renew {
		s.help = nil // it goes along: nobody counts it here as well
	}
	s.mu.Unlock()
	if renew && s.renew(h) {
		verified = false
	}
	s.change(func() {
		s.receipt, s.visit = &receipt, nil
		_ = s.send(session.WipeFinished{Verified: verified})
	})
}

// unsealed says that nothing of a session is left, and that the state file alone cannot be made to say so: the disk is
// full, or takes nothing. The next start wipes again; until the file says it, the station does not open.
func unsealed(r cleanup.Receipt) bool {
	return !r.Verified() && len(r) > 0 && r[:len(r)-1].Verified()
}

// setStep notes where a step stands. The caller holds mu.
func (s *Station) setStep(id string, state session.StepState) {
	for i := range s.wipe {
		if s.wipe[i].ID == id {
			s.wipe[i].State = state
		}
	}
}

func stateOf(o cleanup.Outcome) session.StepState {
	if o == cleanup.Verified {
		return session.StepVerified
	}
	return session.StepFailed
}

// plan is what wipes a session: the browser first, since it could still write, the memory after all that uses it.
func (s *Station) plan(v *visit) cleanup.Plan {
	return cleanup.Plan{
		Steps: append([]cleanup.Step{
			{ID: session.StepBrowser, Wipe: s.killBrowser(v), Check: s.checkBrowser(v)},
			{ID: session.StepMedium, Wipe: closeKeys(v.keys), Check: checkKeys(v.keys)},
			{ID: session.StepPrinting, Wipe: s.cancelPrinting(v), Check: s.checkPrinting(v), Timeout: printingBound},
			{ID: session.StepDocuments, Wipe: v.dropMemory, Check: v.checkMemory},
			{ID: session.StepRemains, Wipe: s.removeRemains, Check: s.checkRemains},
		}, s.computerSteps(true, func() Visited { return Visited{Printed: len(s.jobsOf(v)) > 0, Scanned: len(v.keys) > 0} })...),
		Seal: s.seal(),
	}
}

// computerSteps are what a station that rules its computer has more. They end the compositor, the terminal and the kiosk,
// which have shown and held what the visitor saw and typed; then, when somebody was there, the kernel and the services
// forget what they learned.
func (s *Station) computerSteps(visited bool, learned func() Visited) []cleanup.Step {
	if !s.rules() {
		return nil
	}
	steps := []cleanup.Step{{ID: session.StepScreen, Wipe: s.opts.Seat.Stop, Check: s.opts.Seat.Gone, Timeout: screenBound}}
	if !visited || s.opts.System == nil {
		return steps
	}
	system := sync.OnceValue(func() cleanup.Step { return s.opts.System(learned()) }) // once the queue has named its jobs
	return append(steps, cleanup.Step{
		ID: session.StepSystem, Timeout: systemBound,
		Wipe:  func(ctx context.Context) error { return system().Wipe(ctx) },
		Check: func(ctx context.Context) error { return system().Check(ctx) },
	})
}

// systemBound is how long services may take to start anew.
const systemBound = 30 * time.Second

// screenBound is how long the seat may take to stop: systemd asks politely first (systemd.kill(5)).
const screenBound = 20 * time.Second

// recoveryPlan wipes what an earlier run may have left. Processes and mounts died with its namespace, or were ended
// by Leftovers; this looks again, and takes directories away.
func (s *Station) recoveryPlan(was record) cleanup.Plan {
	return cleanup.Plan{
		Steps: append([]cleanup.Step{
			{ID: session.StepBrowser, Wipe: func(ctx context.Context) error { return Leftovers(ctx, s.opts.RunDir) }, Check: s.checkSeers},
			{ID: session.StepPrinting, Wipe: s.purgeQueue, Check: s.checkQueue, Timeout: queueBound + printingBound},
			{ID: session.StepDocuments, Wipe: s.unmountAll, Check: s.checkMounts},
			{ID: session.StepRemains, Wipe: s.removeRemains, Check: s.checkRemains},
		}, s.computerSteps(was == recordOpen, func() Visited { return Visited{Printed: s.cfg.Printing.Queue != "", Scanned: true} })...),
		Seal: s.seal(),
	}
}

func (s *Station) seal() cleanup.Step {
	return cleanup.Step{
		ID: session.StepRecord,
		Wipe: func(context.Context) error {
			if s.opts.Fault == session.FaultConfig {
				return nil // only the settings name the print queue: it has yet to be emptied
			}
			return closeRecord(s.opts.StateDir)
		},
		Check: func(context.Context) error {
			r, err := readRecord(s.opts.StateDir)
			if err == nil && r != recordClosed {
				err = errors.New("the state file still says open")
			}
			return err
		},
	}
}

func (s *Station) killBrowser(v *visit) func(context.Context) error {
	return func(context.Context) error {
		v.stopBrowsing()
		v.starting.Wait() // a browser that was being started is killed too
		s.mu.Lock()
		b := v.browser
		s.mu.Unlock()
		var err error
		if v.confinement != nil {
			err = v.confinement.Kill()
		}
		if b.process != nil {
			b.process.Kill()
		}
		return err
	}
}

// checkBrowser asks the kernel, not the browser: nobody is left in its cgroup, and no process sees a session's memory
// from a sandbox.
func (s *Station) checkBrowser(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		if v.confinement != nil {
			if err := errors.Join(v.confinement.Empty(ctx), v.confinement.Remove()); err != nil {
				return err
			}
		}
		return s.checkSeers(ctx)
	}
}

func (s *Station) checkSeers(context.Context) error {
	pids, err := seers(s.tag)
	if err == nil && len(pids) > 0 {
		err = fmt.Errorf("%d processes still see a session's memory: %s", len(pids), programs(pids))
	}
	return err
}

func (v *visit) dropMemory(context.Context) error {
	clear(v.code)
	if v.stopWatching != nil {
		v.stopWatching()
	}
	if v.memory == nil {
		return nil
	}
	return errors.Join(v.memory.unmount(), removeIfThere(v.memory.dir))
}

// checkMemory asks the kernel for the mount, and waits for the kernel's own word that the file system is gone.
func (v *visit) checkMemory(ctx context.Context) error {
	if v.memory == nil {
		return nil
	}
	points, err := mountsWith(v.memory.tag)
	if err != nil {
		return err
	}
	if len(points) > 0 {
		return errors.New("the session's memory is still mounted")
	}
	return v.memory.awaitDeath(ctx)
}

func (s *Station) unmountAll(context.Context) error {
	points, err := mountsWith(s.tag)
	for _, p := range points {
		err = errors.Join(err, unix.Unmount(p, unix.UMOUNT_NOFOLLOW))
	}
	return err
}

func (s *Station) checkMounts(context.Context) error {
	points, err := mountsWith(s.tag)
	if err == nil && len(points) > 0 {
		err = errors.New("the memory of an earlier session is still mounted")
	}
	return err
}

// removeRemains takes the mount points away, and whatever a broken run wrote below them.
func (s *Station) removeRemains(context.Context) error {
	if err := os.RemoveAll(filepath.Join(s.opts.RunDir, sessionsDir)); err != nil {
		return errnoOf(err) // the path could be a visitor's
	}
	return nil
}

// checkRemains walks both directories: what is not the station's own should not be there.
func (s *Station) checkRemains(context.Context) error {
	for dir, known := range map[string][]string{
		s.opts.RunDir:   {LockName, RestartDue, LaunchName},
		s.opts.StateDir: {recordName, recordName + ownfile.Next, LockName, DaybookName, AccessLogName, AccessLogName + ownfile.Next},
	} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("cannot look for remains: %w", err)
		}
		if dir == s.opts.StateDir {
			known = append(known, s.opts.Others...)
		}
		for _, e := range entries {
			if !slices.Contains(known, e.Name()) {
				return errors.New("something is left in a directory of the station")
			}
		}
	}
	return nil
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

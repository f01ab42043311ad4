package station

import (
	"context"
	"slices"
	"time"

	"estran/session"
)

// Counts keeps the counts of activity (session/assist/activity), and nothing of a person. It writes to a disk: the
// station never asks while it holds its lock.
type Counts interface {
	// Add adds an intervention to the counts of a day.
	Add(day time.Time, mode session.Mode, length time.Duration, o session.CountOptions) error
	// Today is what may be told of the counts of a day.
	Today(day time.Time) (session.Activity, error)
	// Purge takes away what is too old.
	Purge(now time.Time) error
}

// Uncounted is an intervention that nobody counted yet. It is all that outlives its session: how an agent helped, and
// about how long.
type Uncounted struct {
	Mode   session.Mode // Alone for none
	Length time.Duration
}

// lengthBand is how exactly the length of an intervention is known: no more is counted, and an exact one would tell one
// session from another.
const lengthBand = 15 * time.Minute

// intervention is how an agent helps in the open session, or helped in the last one: nothing of whom.
type intervention struct {
	mode    session.Mode  // the last one that needs an agent; Alone for none
	opened  time.Duration // on the station's clock
	length  time.Duration // once it is over
	over    bool
	counted bool
}

// helps notes that an agent helps in this mode.
func (i *intervention) helps(mode session.Mode) {
	if mode != session.Alone {
		i.mode = mode
	}
}

// end notes how long it was.
func (i *intervention) end(now time.Duration) {
	i.over, i.length = true, (now - i.opened).Truncate(lengthBand)
}

// due is the intervention that is to be counted yet. The caller holds mu.
func (s *Station) due() Uncounted {
	i := s.help
	if s.opts.Counts == nil || i == nil || i.counted || i.mode == session.Alone {
		return Uncounted{}
	}
	soFar := *i
	if !i.over {
		soFar.end(s.clock())
	}
	return Uncounted{Mode: i.mode, Length: soFar.length}
}

// inheritDue takes up what an earlier run left to be counted. The caller holds mu.
func (s *Station) inheritDue(u Uncounted) {
	if u.Mode != session.Alone {
		s.help = &intervention{mode: u.Mode, length: u.Length, over: true}
	}
}

// Count adds one intervention to the counts of the day, once a session.
func (s *Station) Count(_ context.Context, o session.CountOptions) error {
	o, err := sound(o)
	if err != nil {
		return err
	}
	i, due, err := s.takeDue()
	if err != nil {
		return err
	}
	if err = s.opts.Counts.Add(time.Now(), due.Mode, due.Length, o); err != nil {
		s.log.Error("cannot count an intervention", "error", err)
		s.change(func() { i.counted = false }) // of no effect once the next session has begun
	}
	return err
}

// takeDue has nobody else count it.
func (s *Station) takeDue() (*intervention, Uncounted, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, Uncounted{}, session.ErrGone
	}
	due := s.due()
	if due.Mode == session.Alone {
		return nil, due, session.ErrState
	}
	s.help.counted = true
	s.changed()
	return s.help, due, nil
}

// sound checks the codes of a count, each against its list, and gives NotSaid for what is empty. A theme counts once.
func sound(o session.CountOptions) (session.CountOptions, error) {
	for _, one := range []struct {
		code  *string
		known []string
	}{
		{&o.Kind, session.ActivityKinds()}, {&o.Age, session.ActivityAges()}, {&o.Status, session.ActivityStatuses()},
	} {
		if *one.code == "" {
			*one.code = session.NotSaid
		}
		if !slices.Contains(one.known, *one.code) {
			return o, session.ErrForm
		}
	}
	known, themes := session.ActivityThemes(), []string(nil)
	if len(o.Themes) > len(known) {
		return o, session.ErrForm
	}
	for _, theme := range o.Themes {
		switch {
		case !slices.Contains(known, theme):
			return o, session.ErrForm
		case !slices.Contains(themes, theme):
			themes = append(themes, theme)
		}
	}
	if len(themes) == 0 {
		themes = []string{session.NotSaid}
	}
	o.Themes = themes
	return o, nil
}

// Activity tells the counts of today, to an agent who helps: whoever looks after the computer has no part in them.
func (s *Station) Activity(context.Context) (session.Activity, error) {
	s.mu.Lock()
	status, closed := s.machine.Status(s.clock()), s.closed
	s.mu.Unlock()
	switch {
	case closed:
		return session.Activity{}, session.ErrGone
	case !status.Agent.Profile.Helps():
		return session.Activity{}, session.ErrAgentNeeded
	case s.opts.Counts == nil:
		return session.Activity{}, nil
	}
	return s.opts.Counts.Today(time.Now())
}

// keepPurgingCounts takes away what is too old, now and then, as the access log does.
func (s *Station) keepPurgingCounts() {
	tick := time.NewTicker(purgeEvery)
	defer tick.Stop()
	for {
		if err := s.opts.Counts.Purge(time.Now()); err != nil {
			s.log.Error("cannot purge the counts of activity", "error", err)
		}
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

package station

import (
	"net/netip"
	"path/filepath"
	"time"

	"estran/session"
	"estran/session/accesslog"
)

// purgeEvery is how often what is too old is looked for while nothing else happens; a station may wait for days.
var purgeEvery = time.Hour // a variable so that a test need not wait

// endBound is how long the end of a session may take to be noted. The next start completes what was not.
const endBound = 5 * time.Second

// newAccessLog is the log of this station; nil where it is not known how long IT wants its lines kept, or whose
// directories these are.
func newAccessLog(o Options) *accesslog.Log {
	if o.hasNoDirectories() || o.Fault == session.FaultConfig {
		return nil
	}
	c := o.Config.AccessLog
	return &accesslog.Log{
		Path:  filepath.Join(o.StateDir, AccessLogName),
		Rules: accesslog.Rules{Technical: c.TechnicalMonths, Times: c.TimesMonths},
	}
}

// takeUpLog completes the line of a session that was cut, and begins to take away what is too old: also where the log is
// off and only has lines of before. It says whether sessions can be noted, where they are to be.
func (s *Station) takeUpLog() (usable bool) {
	if s.access == nil {
		return true
	}
	defer s.beside(s.keepPurging)
	how := session.EndRecovery
	if h := s.opts.Handover; h != nil && h.End != session.EndNone {
		how = h.End // its process could not note it
	}
	if _, err := s.access.Recover(time.Now(), how); err != nil {
		s.log.Error("cannot take up the access log", "error", err)
		return !s.cfg.AccessLog.Enabled
	}
	return true
}

// keepPurging purges now, and then now and then, in whatever state the station is. Each session ends with a new process,
// or a new station, which begins with this.
func (s *Station) keepPurging() {
	tick := time.NewTicker(purgeEvery)
	defer tick.Stop()
	for s.purgeLog(); ; {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.purgeLog()
		}
	}
}

func (s *Station) purgeLog() {
	if n, err := s.access.Purge(time.Now()); err != nil {
		s.log.Error("cannot purge the access log", "error", err)
	} else if n > 0 {
		s.log.Info("the access log was purged", "lines", n)
	}
}

// noteOpen writes the line of the visit, where IT wants one. A session that cannot be noted does not open: the first
// screen says that it is, and the law asks for it.
func (s *Station) noteOpen() error {
	if !s.cfg.AccessLog.Enabled || s.access == nil {
		return nil
	}
	if err := s.access.Begin(time.Now(), s.addresses()); err != nil {
		return err
	}
	s.visit.noted = true
	return nil
}

// noteEnd completes the line of a visit, once it is wiped: nothing of the log may keep a session from that.
func (s *Station) noteEnd(v *visit, end time.Time, how session.EndReason) {
	if !v.noted {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.access.Finish(end, how, s.addresses()); err != nil {
			s.log.Error("cannot note the end of a session", "error", err)
		}
	}()
	select {
	case <-done:
	case <-time.After(endBound):
		s.log.Error("the end of a session is not noted in time")
	}
}

// addresses are those of the computer; none where they cannot be found: the line is worth more than they are.
func (s *Station) addresses() []netip.Addr {
	found, err := accesslog.Addresses()
	if err != nil {
		s.log.Warn("a session is noted without addresses", "error", err)
	}
	return found
}

package kiosk

import (
	"errors"
	"time"

	"estran/session"
)

// told says why the last try did not work, and what to do.
func (s *signInScreen) told(w *world) []notice {
	wait := w.agentWait()
	for _, r := range []struct {
		err error
		ink ink
		key string
	}{
		{session.ErrAgentForm, inkWarn, "form"},
		{session.ErrAgentWrong, inkWarn, "wrong"},
		{session.ErrAgentBlocked, inkDanger, "blocked"},
		{session.ErrAgentDisabled, inkDanger, "disabled"},
		{session.ErrAgentExpired, inkDanger, "expired"},
		{session.ErrNoAgents, inkDanger, "none"},
		{session.ErrAgentsUntrusted, inkDanger, "untrusted"},
	} {
		if !errors.Is(s.err, r.err) {
			continue
		}
		lines := []notice{{r.ink, w.t("assist.refused." + r.key)}}
		if n := w.status.Agent.TriesLeft; n > 0 && r.key == "wrong" {
			lines = append(lines, notice{inkText, w.n("assist.refused.tries", n)})
		}
		if wait > 0 && r.ink == inkWarn {
			lines = append(lines, notice{inkText, w.n("assist.refused.wait", seconds(wait))})
		}
		return lines
	}
	switch {
	case errors.Is(s.err, session.ErrAgentWait) && wait > 0:
		return []notice{{inkWarn, w.n("assist.refused.wait", seconds(wait))}}
	case errors.Is(s.err, session.ErrAgentWait):
		return []notice{{inkGood, w.t("assist.refused.wait_over")}}
	case s.err != nil:
		return []notice{{inkWarn, w.errorText(s.err)}}
	}
	return nil
}

// agentWait is how long the login that failed last must wait.
func (w *world) agentWait() time.Duration { return max(w.status.Agent.WaitLeft-w.since(), 0) }

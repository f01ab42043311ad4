package kiosk

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// aid is what the kiosk remembers of the help of an agent, until the session ends. A kiosk that starts anew has lost it,
// which costs ticks and nothing else: who may do what is in the status.
type aid struct {
	ticked map[string]bool
	// sites are those of the mandate, so that the bandeau can recall them.
	sites []session.Private
	// act says that the session is being opened for the mandate to come next.
	act bool
	// after says that the list of what comes after was gone through, passed that this help is not to be counted.
	after, passed bool
	// told says that the list of what was done was looked at.
	told bool
}

// situationOf is the situation of a mode; a visitor alone, and a mode that is unknown, have none.
func situationOf(m session.Mode) assets.Situation {
	switch m {
	case session.Train:
		return assets.SituationTrain
	case session.Accompany:
		return assets.SituationAccompany
	case session.Act:
		return assets.SituationAct
	default:
		return assets.SituationNone
	}
}

// modeOf is the mode of a situation.
func modeOf(s assets.Situation) session.Mode {
	for _, m := range []session.Mode{session.Train, session.Accompany, session.Act} {
		if situationOf(m) == s {
			return m
		}
	}
	return session.Alone
}

// below is the situation that leaves the person more to do, SituationNone for doing it alone.
func below(s assets.Situation) assets.Situation {
	switch s {
	case assets.SituationAct:
		return assets.SituationAccompany
	case assets.SituationAccompany:
		return assets.SituationTrain
	default:
		return assets.SituationNone
	}
}

// agentHelps says that an agent is signed in who may help a visitor.
func (w *world) agentHelps() bool { return w.status.Agent.Present && w.status.Agent.Profile.Helps() }

// helping is the situation of the session that is open, SituationNone when nobody helps in it.
func (w *world) helping() assets.Situation {
	if w.status.State != session.Open || !w.agentHelps() {
		return assets.SituationNone
	}
	return situationOf(w.status.Mode)
}

// assisted says that an agent helps in the session that is open.
func (w *world) assisted() bool { return w.helping() != assets.SituationNone }

// canExtend says that there is more time: an agent who helps has it without ceremony.
func (w *world) canExtend() bool { return w.status.Extensions > 0 || w.assisted() }

// mayAct says that the structure lets an agent act for a visitor. A rule that is unknown does not.
func (w *world) mayAct() bool {
	rule := w.options.Config.Assist.Act
	return rule == actMandate || rule == actOptional
}

// The rules of acting for a visitor (session.ActRule).
const (
	actMandate  session.ActRule = "mandate"
	actOptional session.ActRule = "optional"
)

// reminderStays is how long a reminder stays before the next one: long enough to be no distraction.
const reminderStays = 30 * time.Second

// agentReminder is what an agent who helps is reminded of now, in so many columns, 0 for any; "" when there is nothing.
func (w *world) agentReminder(m assets.Moment, width int) string {
	fits := func(text string) bool { return width == 0 || textWidth(text) <= width }
	var all []string
	for _, text := range assets.RemindersAt(w.lang, w.helping(), m) {
		if fits(text) {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return ""
	}
	n := 0
	if !w.options.Still {
		n = int(w.now().Unix()/int64(reminderStays/time.Second)) % len(all)
	}
	if to := w.t("assist.reminder") + " · " + all[n]; fits(to) {
		return to
	}
	return all[n]
}

// untilReminder is when the next reminder comes, 0 for never.
func (w *world) untilReminder() time.Duration {
	if !w.assisted() || w.options.Still {
		return 0
	}
	return reminderStays - time.Duration(w.now().UnixNano())%reminderStays
}

// scope says to which sites a mandate holds the browser, "" when there is none. What does not fit is counted.
func (w *world) scope(width int) string {
	switch {
	case w.helping() != assets.SituationAct:
		return ""
	case len(w.aid.sites) > 0:
		var names []string
		for _, s := range w.aid.sites {
			names = append(names, s.Printable())
		}
		text := w.t("assist.scope", strings.Join(names, ", "))
		for n := len(names) - 1; n > 0 && textWidth(text) > width; n-- {
			text = w.t("assist.scope", strings.Join(names[:n], ", ")) + " +" + strconv.Itoa(len(names)-n)
		}
		return shorten(text, width)
	case w.status.Browser.Limited:
		return w.t("assist.scope_unknown")
	default:
		return ""
	}
}

// agentOnly is a screen that nobody but an agent may see: it goes when the agent does.
type agentOnly interface{ agentOnly() }

// agentLeft takes the screens of an agent who is no longer signed in away.
func (m *Model) agentLeft(before session.Status) tea.Cmd {
	if !before.Agent.Present || m.status.Agent.Present {
		return nil
	}
	var cmd tea.Cmd
	for _, s := range m.stack {
		if _, only := s.screen.(agentOnly); only {
			cmd = m.home()
			break
		}
	}
	text := "assist.closed"
	if m.status.State == session.Open {
		text = "assist.left"
	}
	m.say(inkText, m.t(text))
	return cmd
}

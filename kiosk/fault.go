package kiosk

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// errorKeys gives each sentinel its sentence: "error.KEY". What is not here gets the general one.
var errorKeys = []struct {
	err error
	key string
}{
	{session.ErrState, "state"},
	{session.ErrBusy, "busy"},
	{session.ErrLimit, "limit"},
	{session.ErrCode, "code"},
	{session.ErrBrowserOpen, "browser-open"},
	{session.ErrNoBrowser, "no-browser"},
	{session.ErrNoMedium, "no-medium"},
	{session.ErrNotFound, "not-found"},
	{session.ErrSuspect, "suspect"},
	{session.ErrUnchecked, "unchecked"},
	{session.ErrFull, "full"},
	{session.ErrReadOnly, "read-only"},
	{session.ErrNoPrinter, "no-printer"},
	{session.ErrForm, "form"},
	{session.ErrAgentForm, "agent-form"},
	{session.ErrAgentWrong, "agent-wrong"},
	{session.ErrAgentWait, "agent-wait"},
	{session.ErrAgentBlocked, "agent-blocked"},
	{session.ErrAgentDisabled, "agent-disabled"},
	{session.ErrAgentExpired, "agent-expired"},
	{session.ErrNoAgents, "no-agents"},
	{session.ErrAgentsUntrusted, "agents-untrusted"},
	{session.ErrAgentNeeded, "agent-needed"},
	{session.ErrMandate, "mandate"},
	{session.ErrSecondStation, "second-station"},
	{session.ErrGone, "gone"},
}

// sayError tells in words what did not work and what to do. The error itself is never shown.
func (w *world) sayError(err error) { w.say(inkWarn, w.errorText(err)) }

func (w *world) errorText(err error) string {
	for _, e := range errorKeys {
		if errors.Is(err, e.err) {
			return w.t("error." + e.key)
		}
	}
	return w.t("error.unknown")
}

// unheard is an answer that no screen waits for any more: only what has to be closed or kept matters.
func (m *Model) unheard(msg tea.Msg) tea.Cmd {
	if web, ok := msg.(webMsg); ok && web.term != nil {
		if m.web == nil && m.status.State == session.Open {
			m.web = web.term // the visitor went on before the browser was there
			return m.watchWeb()
		}
		web.term.close()
	}
	return nil
}

// tell says how a call went: its error in words, or for some calls that it is done.
func (w *world) tell(a answerMsg, done string, which ...call) {
	switch {
	case a.err != nil:
		w.sayError(a.err)
	case slices.Contains(which, a.call):
		w.say(inkGood, w.t(done))
	}
}

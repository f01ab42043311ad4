package kiosk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// agentOnly is a screen that nobody but an agent may see.
type agentOnly interface{ agentOnly() }

var _ agentOnly = (*wizardScreen)(nil)

// callSetMode changes the mode of the session.
const callSetMode call = "set-mode"

// beginAct asks the station to let the agent act for the visitor, on these sites.
func (w *world) beginAct(sites []session.Private, mandate bool) tea.Cmd {
	return w.ask(callSetMode, func(ctx context.Context) error {
		return w.station.SetMode(ctx, session.Act, session.ActOptions{Mandate: mandate, Sites: sites})
	})
}

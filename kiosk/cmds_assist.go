package kiosk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// The calls that an agent makes.
const (
	callSignIn   call = "sign-in"
	callSignOut  call = "sign-out"
	callSetMode  call = "set-mode"
	callCount    call = "count"
	callActivity call = "activity"
)

// activityMsg answers a call for the counts of the day.
type activityMsg struct {
	to
	activity session.Activity
	err      error
}

func (w *world) callSignIn(login, code session.Private) tea.Cmd {
	return w.ask(callSignIn, func(ctx context.Context) error { return w.station.SignIn(ctx, login, code) })
}

func (w *world) callSignOut() tea.Cmd { return w.ask(callSignOut, w.station.SignOut) }

func (w *world) callSetMode(mode session.Mode, o session.ActOptions) tea.Cmd {
	return w.ask(callSetMode, func(ctx context.Context) error { return w.station.SetMode(ctx, mode, o) })
}

func (w *world) callCount(o session.CountOptions) tea.Cmd {
	return w.ask(callCount, func(ctx context.Context) error { return w.station.Count(ctx, o) })
}

func (w *world) callActivity(asker screen) tea.Cmd {
	return fetch(w, asker, w.station.Activity, func(a to, n session.Activity, err error) tea.Msg { return activityMsg{a, n, err} })
}

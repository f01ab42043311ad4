package kiosk

import (
	"context"

	"estran/session"
)

// assistCalls is what the fake station was told by an agent.
type assistCalls struct {
	login, code session.Private
	mode        session.Mode
	act         session.ActOptions
	counted     session.CountOptions
	activity    session.Activity
}

func (f *fakeStation) SignIn(_ context.Context, login, code session.Private) error {
	f.mu.Lock()
	f.said.login, f.said.code = login, code
	f.mu.Unlock()
	return f.note(callSignIn)
}

func (f *fakeStation) SignOut(context.Context) error { return f.note(callSignOut) }

func (f *fakeStation) SetMode(_ context.Context, mode session.Mode, o session.ActOptions) error {
	f.mu.Lock()
	f.said.mode, f.said.act = mode, o
	f.mu.Unlock()
	return f.note(callSetMode)
}

func (f *fakeStation) Count(_ context.Context, o session.CountOptions) error {
	f.mu.Lock()
	f.said.counted = o
	f.mu.Unlock()
	return f.note(callCount)
}

func (f *fakeStation) Activity(context.Context) (session.Activity, error) {
	return f.said.activity, f.note(callActivity)
}

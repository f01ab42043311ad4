package sessiontest

import (
	"testing"

	"estran/session"
)

// openWithKey opens a session, plugs the key, and waits until all is checked.
func openWithKey(t *testing.T, f Fixture) map[string]session.MediumFile {
	t.Helper()
	open(t, f)
	f.Plug()
	Await(t, f.Station, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	files, err := f.Station.Medium(t.Context())
	must(t, err)
	byName := map[string]session.MediumFile{}
	for _, file := range files {
		byName[file.Name.Reveal()] = file
	}
	return byName
}

// pullOut pulls a key that nobody uses, and waits until that was seen.
func pullOut(t *testing.T, f Fixture) {
	t.Helper()
	f.Pull()
	Await(t, f.Station, "without a key", func(s session.Status) bool { return s.Medium.State == session.MediumNone })
}

func keyIsCheckedAndCopiedIn(t *testing.T, f Fixture) {
	files := openWithKey(t, f)
	ctx := t.Context()
	letter, bad := files["letter.txt"], files["bad.txt"]
	if letter.Verdict != session.Clean || bad.Verdict != session.Suspect || len(bad.Reasons) == 0 {
		t.Fatalf("letter is %v, bad is %v %v", letter.Verdict, bad.Verdict, bad.Reasons)
	}
	wantError(t, "copying a suspect file", f.Station.CopyIn(ctx, []session.FileID{bad.ID}, session.CopyOptions{AcceptUnchecked: true}), session.ErrSuspect)
	wantError(t, "copying a file that is not there", f.Station.CopyIn(ctx, []session.FileID{9999}, session.CopyOptions{}), session.ErrNotFound)
	must(t, f.Station.CopyIn(ctx, []session.FileID{letter.ID}, session.CopyOptions{}))
	s := Await(t, f.Station, "copied", func(s session.Status) bool { return s.Medium.State == session.MediumReady && s.Medium.Copied == 1 })
	if s.Medium.Problem != session.MediumFine {
		t.Errorf("the copy met %q", s.Medium.Problem)
	}
	Await(t, f.Station, "counted", func(s session.Status) bool { return s.Documents.Count == 1 && s.Documents.Unsaved == 0 })
	documents, err := f.Station.Documents(ctx)
	must(t, err)
	if len(documents) != 1 || documents[0].Name.Reveal() != "letter.txt" || !documents[0].Saved {
		t.Errorf("the documents are %+v", documents)
	}
}

func documentsGoToTheKey(t *testing.T, f Fixture) {
	openWithKey(t, f)
	ctx := t.Context()
	f.Arrive("attestation.txt", "the paper")
	Await(t, f.Station, "arrived", func(s session.Status) bool { return s.Documents.Unsaved == 1 })
	documents, err := f.Station.Documents(ctx)
	must(t, err)
	must(t, f.Station.CopyOut(ctx, []session.DocumentID{documents[0].ID}, session.CopyOptions{}))
	Await(t, f.Station, "saved", func(s session.Status) bool {
		return s.Medium.State == session.MediumReady && s.Medium.Copied == 1 && s.Documents.Unsaved == 0
	})
	wantError(t, "copying a document that is not there", f.Station.CopyOut(ctx, []session.DocumentID{1 << 60}, session.CopyOptions{}), session.ErrNotFound)
}

func pulledKeyIsTold(t *testing.T, f Fixture) {
	openWithKey(t, f)
	f.Pull()
	Await(t, f.Station, "gone", func(s session.Status) bool { return !s.Medium.Present() })
	_, err := f.Station.Medium(t.Context())
	wantError(t, "the files of a key that is gone", err, session.ErrNoMedium)
	f.Plug()
	Await(t, f.Station, "there again", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
}

func ejectedKeyStaysClosed(t *testing.T, f Fixture) {
	openWithKey(t, f)
	must(t, f.Station.Eject(t.Context()))
	Await(t, f.Station, "given back", func(s session.Status) bool { return s.Medium.State == session.MediumEjected })
	wantError(t, "a second Eject", f.Station.Eject(t.Context()), session.ErrNoMedium)
	pullOut(t, f)
	f.Plug()
	Await(t, f.Station, "there again", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
}

// A key that stayed from one session to the next may be the last visitor's.
func forgottenKeyIsNotOpened(t *testing.T, f Fixture) {
	openWithKey(t, f)
	ctx := t.Context()
	must(t, f.Station.End(ctx))
	awaitState(t, f.Station, session.Wiped)
	must(t, f.Station.Dismiss(ctx))
	open(t, f)
	Await(t, f.Station, "forgotten", func(s session.Status) bool { return s.Medium.State == session.MediumForgotten })
	_, err := f.Station.Medium(ctx)
	wantError(t, "the files of somebody else's key", err, session.ErrNoMedium)
	pullOut(t, f)
	f.Plug()
	Await(t, f.Station, "opened", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
}

func documentCanBeDeleted(t *testing.T, f Fixture) {
	open(t, f)
	f.Arrive("a.txt", "a")
	f.Arrive("b.txt", "b")
	Await(t, f.Station, "arrived", func(s session.Status) bool { return s.Documents.Count == 2 })
	documents, err := f.Station.Documents(t.Context())
	must(t, err)
	must(t, f.Station.Delete(t.Context(), documents[0].ID))
	Await(t, f.Station, "deleted", func(s session.Status) bool { return s.Documents.Count == 1 })
	wantError(t, "deleting it twice", f.Station.Delete(t.Context(), documents[0].ID), session.ErrNotFound)
}

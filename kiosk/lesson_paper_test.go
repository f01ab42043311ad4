package kiosk

import (
	"context"
	"errors"
	"io"
	"os"
	"testing"

	"estran/assets"
	"estran/session"
	"estran/session/paper/sealed"
)

// lessonStation takes sheets, and reads them as the real one does.
type lessonStation struct {
	*fakeStation
	kind  session.PaperKind
	got   string
	sheet *os.File
}

func (f *lessonStation) take(c call, kind session.PaperKind, pdf *os.File) error {
	data, err := io.ReadAll(io.NewSectionReader(pdf, 0, session.MaxPaper)) // as the real one does: it leaves the offset alone
	if err != nil {
		return err
	}
	f.kind, f.got, f.sheet = kind, string(data), pdf
	return f.note(c)
}

func (f *lessonStation) PrintPaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	return f.take(callPrintPaper, kind, pdf)
}

func (f *lessonStation) SavePaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	return f.take(callSavePaper, kind, pdf)
}

// takeHome opens « Une feuille à emporter » with a sheet that says in which language it was asked for, and with the means
// to print and to copy it.
func takeHome(t *testing.T) (*harness, *lessonStation) {
	t.Helper()
	h := newHarness(t)
	station := &lessonStation{fakeStation: h.station}
	h.m.station = station
	h.lesson("1", "2")
	h.titled("Une feuille à emporter")
	h.m.top().screen.(*takeHomeScreen).write = func(to io.Writer, lang string) error {
		_, err := io.WriteString(to, "the sheet in "+lang)
		return err
	}
	h.status(atHand())
	return h, station
}

// The sheet goes to the station whole, in the visitor's language, and the kiosk lets it go.
func TestTheSheetIsPrintedOrCopied(t *testing.T) {
	for name, c := range map[call]struct {
		lang, key string
	}{callPrintPaper: {"fr", "1"}, callSavePaper: {"en", "2"}} {
		h, station := takeHome(t)
		h.m.lang = c.lang
		h.m.fresh = false
		h.press(c.key)
		h.called(name, 1)
		if station.kind != session.PaperLesson || station.got != "the sheet in "+c.lang {
			t.Errorf("%s: the station got %q as %q", name, station.got, station.kind)
		}
		if err := station.sheet.Close(); !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s: the kiosk kept the sheet open: %v", name, err)
		}
	}
}

func TestTheSheetSaysHowItWent(t *testing.T) {
	h, _ := takeHome(t)
	h.press("1")
	h.reads("✓ La feuille part à l’imprimante.")

	h, _ = takeHome(t)
	h.press("2")
	s := atHand()
	s.Medium.State = session.MediumCopyingOut
	h.status(s)
	h.seesNot("est sur la clé.")
	s = atHand()
	s.Medium.Copied = 1
	h.status(s)
	h.reads("✓ La feuille « Conseils » est sur la clé.")
}

// Each refusal has a sentence that says what to do, and never the English of the error.
func TestTheSheetIsRefusedKindly(t *testing.T) {
	for _, c := range []struct {
		name call
		key  string
		err  error
		sees string
	}{
		{callPrintPaper, "1", session.ErrNoPrinter, "! Aucune imprimante ici. Copiez la feuille sur une clé."},
		{callPrintPaper, "1", session.ErrLimit, "! Elle est imprimée assez de fois. Copiez-la sur une clé."},
		{callPrintPaper, "1", session.ErrAgentNeeded, "! Un agent doit se connecter d’abord."},
		{callPrintPaper, "1", errors.New("the paper jam of a test"), "! Cela n’a pas marché."},
		{callSavePaper, "2", session.ErrNoMedium, "! Branchez une clé USB pour copier."},
		{callSavePaper, "2", session.ErrFull, "! La clé est pleine. Essayez-en une autre."},
		{callSavePaper, "2", session.ErrReadOnly, "! Cette clé ne s’écrit pas. Essayez-en une autre."},
		{callSavePaper, "2", session.ErrBusy, "! La clé travaille encore. Attendez un instant."},
		{callSavePaper, "2", session.ErrGone, "! L’ordinateur ne répond pas."},
	} {
		h, _ := takeHome(t)
		h.station.fail[c.name] = c.err
		h.press(c.key)
		h.called(c.name, 1)
		h.reads(c.sees)
		h.seesNot(c.err.Error())
	}
}

// What went wrong while the key was written comes with the status.
func TestTheCopyOfTheSheetGoesWrong(t *testing.T) {
	for problem, sees := range map[session.MediumProblem]string{
		session.MediumFull:        "! La clé est pleine. Essayez-en une autre.",
		session.MediumGone:        "! La clé est partie pendant la copie.",
		session.MediumReadOnly:    "! La clé est protégée.",
		session.MediumWriteFailed: "! La copie n’est pas bonne.",
	} {
		h, _ := takeHome(t)
		h.press("2")
		s := atHand()
		s.Medium.State = session.MediumCopyingOut
		h.status(s)
		s = atHand()
		s.Medium.Failed, s.Medium.Problem = 1, problem
		h.status(s)
		h.reads(sees)
		h.seesNot("est sur la clé.")
	}
}

// What cannot be done is not asked for: the screen says what is missing.
func TestTheSheetWaitsForWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*session.Status)
		key    string
		sees   string
	}{
		"no printer": {func(s *session.Status) { s.Printer = false }, "1", "! Aucune imprimante ici."},
		"no key":     {func(s *session.Status) { s.Medium = session.MediumStatus{} }, "2", "! Branchez une clé USB"},
		"busy key":   {func(s *session.Status) { s.Medium.State = session.MediumChecking }, "2", "! La clé travaille encore."},
		"read-only":  {func(s *session.Status) { s.Medium.Writable = false }, "2", "! Cette clé ne s’écrit pas."},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := takeHome(t)
			s := atHand()
			c.change(&s)
			h.status(s)
			h.press(c.key)
			h.reads(c.sees)
			h.called(callPrintPaper, 0)
			h.called(callSavePaper, 0)
		})
	}
}

// What the kiosk makes is what a station takes: a PDF in memory, with its seals.
func TestTheSheetIsSealed(t *testing.T) {
	for _, lang := range assets.Languages() {
		write := newTakeHomeScreen().(*takeHomeScreen).write
		err := withPaper(func(to io.Writer) error { return write(to, lang) }, func(f *os.File) error {
			if _, err := f.WriteAt([]byte("x"), 0); err == nil {
				t.Errorf("the sheet in %s can still be changed", lang)
			}
			_, err := sealed.Open(f, session.MaxPaper)
			return err
		})
		if err != nil {
			t.Errorf("the station does not take the sheet in %s: %v", lang, err)
		}
	}
}

// A sheet that cannot be made is not handed over.
func TestASheetThatCannotBeMade(t *testing.T) {
	h, _ := takeHome(t)
	h.m.top().screen.(*takeHomeScreen).write = func(io.Writer, string) error { return errors.New("no memory") }
	h.press("1")
	h.called(callPrintPaper, 0)
	h.reads("! Cela n’a pas marché.")
}

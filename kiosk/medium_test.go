package kiosk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// partly is a key of which only the first two files were looked at.
func (h *harness) partly() {
	h.medium(checking())
	files := keyFiles()
	for i := range files {
		if i > 1 {
			files[i].Checked, files[i].Verdict, files[i].Reasons = false, session.Unchecked, nil
		}
	}
	h.station.files = files
	h.send(filesMsg{to: to(h.m.top().serial), files: files})
}

func TestAFileThatWaitsIsLookedAtFirstAndStaysChosen(t *testing.T) {
	h := newHarness(t)
	h.partly()
	h.toFile(2, "space")
	h.called(callCheckFirst, 1)
	h.sees("Nous le regardons tout de suite.")
	h.toFile(3, "space")
	if want := []session.FileID{4, 5}; !slices.Equal(h.station.first, want) {
		t.Errorf("asked for %v first, want %v", h.station.first, want)
	}
	h.send(filesMsg{to: to(h.m.top().serial), files: keyFiles()})
	h.sees("2 fichiers choisis")
	h.press("0")
	h.called(callCopyIn, 1)
}

func TestACleanFileIsCopiedWhileTheRestIsChecked(t *testing.T) {
	h := newHarness(t)
	h.partly()
	h.press("1", "0")
	h.called(callCopyIn, 1)
	if got := h.station.copied; len(got) != 1 || got[0] != 1 {
		t.Errorf("%v was copied", got)
	}
}

func TestAFileThatTurnsOutSuspectIsNoLongerChosen(t *testing.T) {
	h := newHarness(t)
	h.partly()
	h.toFile(6, "space")
	h.send(filesMsg{to: to(h.m.top().serial), files: keyFiles()})
	h.sees("Ce fichier peut faire du mal.")
	if s := h.m.top().screen.(*mediumScreen); s.chosen() != 0 {
		t.Error("a suspect file is still chosen")
	}
}

// Whatever verdicts come in, and in whatever order the station lists, a row stays where it is.
func TestNoRowMovesWhileVerdictsComeIn(t *testing.T) {
	names := func(files []session.MediumFile) []string {
		var all []string
		for _, f := range files {
			all = append(all, f.Name.Reveal())
		}
		return all
	}
	files := []session.MediumFile{
		{ID: 1, Name: "z/film.avi"},
		{ID: 2, Name: "DCIM/old.JPG", Modified: daysAgo(900)},
		{ID: 3, Name: "DCIM/scan.jpg", Modified: daysAgo(1)},
		{ID: 4, Name: "old.pdf", Modified: daysAgo(700)},
		{ID: 5, Name: "new.odt", Modified: daysAgo(2)},
		{ID: 6, Name: "undated.txt"},
		{ID: 7, Name: "photo.jpg.exe", Modified: daysAgo(0)},
	}
	want := []string{"new.odt", "old.pdf", "undated.txt", "DCIM/scan.jpg", "DCIM/old.JPG", "photo.jpg.exe", "z/film.avi"}
	if diff := cmp.Diff(want, names(inOrder(files))); diff != "" {
		t.Errorf("the order (-want +got):\n%s", diff)
	}
	slices.Reverse(files)
	for i := range files {
		files[i].Checked, files[i].Verdict = true, session.Verdict(i%3)
	}
	if diff := cmp.Diff(want, names(inOrder(files))); diff != "" {
		t.Errorf("the order has changed with the verdicts (-want +got):\n%s", diff)
	}
}

func TestALongListIsAskedForLessOften(t *testing.T) {
	for files, most := range map[int]int{10: 31, 20_000: 7} {
		h := newHarness(t)
		h.medium(checking())
		h.station.files = manyFiles(files)
		h.send(filesMsg{to: to(h.m.top().serial), files: h.station.files})
		before := h.station.count("medium")
		for i := range 30 {
			s := open()
			s.Medium = checking()
			s.Medium.Clean = i
			h.suddenly(s)
			h.advance(time.Second)
		}
		if got := h.station.count("medium") - before; got > most || got < most/2 {
			t.Errorf("a list of %d files was asked for %d times in 30 s, want about %d", files, got, most)
		}
	}
}

func TestWhatACopyHeldBackIsAskedFor(t *testing.T) {
	h := newHarness(t)
	h.partly()
	h.toFile(5, "space") // the archive, not looked at yet
	h.press("0")
	h.called(callCopyIn, 1)
	s := open()
	s.Medium = copying()
	h.status(s)
	h.station.files = keyFiles()
	s.Medium = checked()
	s.Medium.Failed, s.Medium.Held, s.Medium.Problem = 1, 1, session.MediumRefused
	h.status(s)
	h.titled("Fichier non vérifié")
	h.sees("impôts 2025.zip")
	h.press("enter")
	h.called(callCopyIn, 1)
	h.titled("Ma clé USB")
}

func TestWhatNobodyCouldCheckIsAskedForOnItsWayOut(t *testing.T) {
	for _, yes := range []bool{true, false} {
		h := newHarness(t)
		h.withDocuments()
		h.press("4", "0")
		h.called(callCopyOut, 1)
		s := h.m.status
		s.Medium.State = session.MediumCopyingOut
		h.status(s)
		s.Medium = checked()
		s.Medium.Copied, s.Medium.Failed, s.Medium.Held, s.Medium.Problem = 1, 2, 2, session.MediumRefused
		h.status(s)
		h.titled("Document non vérifié")
		h.sees("avis d'imposition 2025.pdf")
		if !yes {
			h.press("enter")
			h.called(callCopyOut, 1)
			h.titled("Mes documents")
			continue
		}
		h.press("2")
		h.called(callCopyOut, 2)
		if want := []session.DocumentID{12, 13}; !slices.Equal(h.station.copiedOut, want) || !h.station.options.AcceptUnchecked {
			t.Errorf("copied %v with %+v, want %v, accepted", h.station.copiedOut, h.station.options, want)
		}
	}
}

func TestAStructureMayKeepUncheckedDocumentsIn(t *testing.T) {
	h := newHarness(t)
	h.m.options.Config.Media.Unchecked = "refuse"
	h.withDocuments()
	h.press("4", "0")
	s := h.m.status
	s.Medium.State = session.MediumCopyingOut
	h.status(s)
	s.Medium = checked()
	s.Medium.Failed, s.Medium.Held, s.Medium.Problem = 1, 1, session.MediumRefused
	h.status(s)
	h.titled("Mes documents")
	h.sees("1 document n’est pas vérifié.")
}

func TestTheAgeOfTheVirusList(t *testing.T) {
	for days, want := range map[int]string{
		1:  "Liste de virus du 21/11/2026",
		7:  "La liste de virus a 7 jours. Le contrôle",
		9:  "La liste de virus a 9 jours. Le contrôle voit moins de choses.",
		40: "La liste de virus a 40 jours, c’est trop.",
	} {
		h := newHarness(t)
		h.size(100, 30)
		h.keyWith(func(s *session.Status) { s.Antivirus.Signatures = daysAgo(days) })
		h.sees(want)
		if days == 1 && strings.Contains(h.plain(), "La liste de virus a") {
			t.Errorf("a list of one day is said to be old:\n%s", h.plain())
		}
	}
}

func TestWhatWasRefusedIsSaidWhereverOneIs(t *testing.T) {
	h := newHarness(t)
	h.refused(session.RefusedPhone)
	h.sees("Un téléphone ne peut pas se brancher ici.")
	h.press("3")
	h.sees("Envoyez-vous vos photos par mail, ou utilisez une clé.")
	h.size(80, 3)
	h.sees("Un téléphone ne peut pas se brancher ici.")
	h.size(80, 24)
	s := open()
	s.Refused, s.Idle, s.IdleLeft = session.RefusedPhone, true, time.Minute
	h.status(s)
	h.titled("Êtes-vous là ?")
	s.Idle, s.Ending, s.TimeLeft = false, true, 4*time.Minute
	h.status(s)
	h.titled("Bientôt fini")
	h.status(open())
	if strings.Contains(h.plain(), "téléphone") {
		t.Errorf("what is no longer plugged in is still told:\n%s", h.plain())
	}
}

// Over a browser's window too, under what comes by itself.
func TestWhatWasRefusedIsSaidOverTheBrowser(t *testing.T) {
	h := newHarness(t)
	h.seated()
	h.internet(session.BrowserStatus{State: session.BrowserOpen})
	h.size(106, 3)
	s := withBrowser(session.BrowserStatus{State: session.BrowserOpen})
	s.Refused = session.RefusedKeyboard
	h.status(s)
	h.sees("Un appareil n’est pas ouvert.")
}

// The tip that comes back may be the very sentence that the screen begins with.
func TestNothingIsSaidTwiceWithoutAKey(t *testing.T) {
	for arrivals := range 5 {
		h := newHarness(t)
		h.size(100, 30)
		h.status(open())
		h.m.begun.arrivals = arrivals
		h.press("3")
		if n := strings.Count(h.plain(), "pour tout le monde"); n != 1 {
			t.Errorf("said %d times, after %d documents", n, arrivals)
		}
	}
}

func TestTheReportNamesWhatWasFoundAndGoesWithTheKey(t *testing.T) {
	h := newHarness(t)
	h.size(160, 45)
	h.keyWith(func(s *session.Status) { s.Antivirus.Signatures = daysAgo(1) })
	h.press("9", "4")
	h.titled("Rapport pour l’agent")
	for _, text := range []string{
		"Contrôle du 22/11/2026 à 09 h 00", "Liste de virus : 21/11/2026 (1 jour)", "photos/vacances été.jpg.exe",
		"[two-extensions] Double extension", "[encrypted] Chiffré", "Limites du contrôle", "Rien n’est gardé",
	} {
		h.sees(text)
	}
	if strings.Contains(h.plain(), "attestation CAF.pdf") {
		t.Error("a file in which nothing was found is on the report")
	}
	report := h.m.top().screen.(*reportScreen)
	s := open()
	s.Medium = session.MediumStatus{State: session.MediumPulled, Problem: session.MediumGone}
	h.status(s)
	h.titled("Ma clé USB")
	if report.files != nil {
		t.Error("the names of a key that is gone are still there")
	}
}

func TestTheReportScrolls(t *testing.T) {
	h := newHarness(t)
	h.keyWith(func(*session.Status) {})
	h.press("9", "4")
	h.press("end")
	h.sees("Rien n’est gardé : ce rapport disparaît avec cet écran.")
	h.press("home")
	h.sees("Contrôle du 22/11/2026")
}

// Each reason can be asked for, on the screen and on the report.
func TestEachReasonIsExplained(t *testing.T) {
	for _, r := range session.Reasons() {
		h := newHarness(t)
		h.keyWith(func(*session.Status) {})
		h.station.files = []session.MediumFile{
			{ID: 1, Name: "a.pdf", Checked: true, Verdict: session.Suspect, Reasons: []session.Reason{r}},
		}
		h.send(filesMsg{to: to(h.m.top().serial), files: h.station.files})
		h.toFile(1, "p")
		h.titled("Pourquoi ce résultat ?")
		h.sees(h.m.t("reason." + string(r)))
		h.press("esc", "9", "4")
		h.sees("[" + string(r) + "]")
	}
}

func TestAReadOnlyKeyTakesNoDocuments(t *testing.T) {
	h := newHarness(t)
	h.withDocuments()
	s := h.m.status
	s.Medium.Writable = false
	h.status(s)
	h.press("3")
	h.sees("Cette clé se lit, mais ne s’écrit pas.")
	h.press("9", "2")
	h.titled("Autres choix")
	h.called(callCopyOut, 0)
}

func TestProgressNeverSaysAllBeforeItIs(t *testing.T) {
	h := newHarness(t)
	for _, c := range []struct {
		done, total int64
		want        string
	}{
		{0, 0, ""},
		{0, 10, "0\u00a0%"},
		{999, 1000, "99\u00a0%"},
		{1000, 1000, "100\u00a0%"},
		{2000, 1000, "100\u00a0%"},
		{-5, 1000, "0\u00a0%"},
	} {
		if got := h.m.part(session.MediumStatus{BytesDone: c.done, BytesTotal: c.total}); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.done, c.total, got, c.want)
		}
	}
	for left, want := range map[time.Duration]string{
		0: "", -1: "", time.Second: "Encore moins d’une minute", 59 * time.Second: "Encore moins d’une minute",
		time.Minute: "Encore 1 minute environ", 100 * time.Second: "Encore 2 minutes environ", time.Hour: "Encore 60 minutes environ",
	} {
		if got := strings.ReplaceAll(h.m.timeLeft(session.MediumStatus{Left: left}), "\u00a0", " "); got != want {
			t.Errorf("%v is %q, want %q", left, got, want)
		}
	}
}

// What the screen tells to press is what stands on the button, however narrow it is.
func TestTheButtonIsCalledWhatTheSentenceSays(t *testing.T) {
	for _, width := range []int{80, 100, 160} {
		h := newHarness(t)
		h.size(width, 30)
		h.keyWith(func(*session.Status) {})
		if n := strings.Count(strings.ReplaceAll(h.plain(), "\u00a0", " "), "Reprendre ma clé"); n != 2 {
			t.Errorf("%d wide: « Reprendre ma clé » stands %d times", width, n)
		}
	}
}

package station_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// alerting puts a program before the real lpstat that tells the alerts in a file in the place of the printer's own: no
// printer of a test runs out of paper.
func alerting(t *testing.T) (alerts func(string)) {
	t.Helper()
	lpstat, err := exec.LookPath("lpstat")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "alerts")
	alerts = func(reasons string) { must(t, os.WriteFile(file, []byte(reasons), 0o600)) }
	alerts("none")
	must(t, os.WriteFile(filepath.Join(dir, "lpstat"), []byte(`#!/bin/sh
if [ "$1" = -l ]; then
	`+lpstat+` "$@" | sed "s/Alerts: .*/Alerts: $(cat `+file+`)/"
else
	exec `+lpstat+` "$@"
fi
`), 0o755))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return alerts
}

// A printer without paper is told for as long as something waits, and forgotten with the session.
func TestAPrinterWithoutPaperIsTold(t *testing.T) {
	startCUPS(t, keeping, "")
	alerts := alerting(t)
	station.AskPrinterEvery(t, 20*time.Millisecond)
	tell(t, "cupsdisable")
	w := newWorld(t)
	s := printInSession(t, w)
	told := func(what string, problem session.PrinterProblem) {
		t.Helper()
		sessiontest.Await(t, s, what, func(s session.Status) bool { return s.PrinterProblem == problem })
	}
	if p := statusOf(t, s).PrinterProblem; p != session.PrinterFine {
		t.Errorf("it is told to have %q", p)
	}
	alerts("cover-open-warning media-empty-error")
	told("without paper", session.PrinterPaper)
	alerts("none")
	told("with paper", session.PrinterFine)
	alerts("media-needed")
	told("without paper again", session.PrinterPaper)
	tell(t, "cupsenable")
	told("printed", session.PrinterFine)
	tell(t, "cupsdisable")
	documents, err := s.Documents(t.Context())
	must(t, err)
	must(t, s.Print(t.Context(), documents[0].ID))
	told("watched anew", session.PrinterPaper)
	tell(t, "cupsenable")
	must(t, s.End(t.Context()))
	if st := sessiontest.Await(t, s, "over", over); st.State != session.Wiped || st.PrinterProblem != session.PrinterFine {
		t.Errorf("the station is %v, and tells %q", st.State, st.PrinterProblem)
	}
}

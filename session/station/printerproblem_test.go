package station_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// alerting puts a program before the real lpstat that tells the alerts in a file in the place of the printer's own, so
// that each is told at its moment. TestARealQueueThatRunsOutOfPaper is without it.
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

// emptyPrinter is a real backend of CUPS (backend(7)) for a printer that has no paper until the file it waits for is gone.
const emptyPrinter = `#!/bin/sh
[ $# -gt 0 ] || { echo 'direct vide "Unknown" "Vide"'; exit 0; }
echo 'STATE: +media-empty-error' >&2
while [ -e EMPTY ]; do sleep 0.1; done
echo 'STATE: -media-empty-error' >&2
cat >/dev/null
`

// TestARealQueueThatRunsOutOfPaper: cupsd itself says what its backend tells it, and the page comes out once there is paper.
func TestARealQueueThatRunsOutOfPaper(t *testing.T) {
	bin, err := os.MkdirTemp("", "estran-cups-bin-")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(bin) })
	empty := filepath.Join(bin, "empty")
	must(t, os.Chmod(bin, 0o755))
	must(t, os.Mkdir(filepath.Join(bin, "backend"), 0o755))
	for _, part := range []string{"daemon", "filter"} {
		must(t, os.Symlink("/usr/lib/cups/"+part, filepath.Join(bin, part)))
	}
	must(t, os.WriteFile(empty, nil, 0o644))
	backend := strings.ReplaceAll(emptyPrinter, "EMPTY", empty)
	must(t, os.WriteFile(filepath.Join(bin, "backend", "vide"), []byte(backend), 0o755))
	startCUPSOn(t, "ServerBin "+bin+"\n", "vide:/bac", keeping, "")
	station.AskPrinterEvery(t, 20*time.Millisecond)
	w := newWorld(t)
	s := printInSession(t, w)
	sessiontest.Await(t, s, "without paper", func(s session.Status) bool { return s.PrinterProblem == session.PrinterPaper })
	must(t, os.Remove(empty))
	sessiontest.Await(t, s, "printed", func(s session.Status) bool { return s.PrinterProblem == session.PrinterFine })
	must(t, s.End(t.Context()))
	if st := sessiontest.Await(t, s, "over", over); st.State != session.Wiped {
		t.Errorf("the station is %v", st.State)
	}
}

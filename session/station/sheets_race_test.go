package station_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
)

// Sheets that are given to the printer as the session ends, from several sides at once: none stays in the queue, and no
// descriptor on one.
func TestSheetsOfTheLastMomentLeaveTheQueue(t *testing.T) {
	spool := startCUPS(t, keeping, "")
	for name, script := range map[string]string{
		"lp as it is": `exec LP "$@"`, "the queue is slow to answer": `LP "$@"; sleep 0.4`, "lp is slow to begin": `sleep 0.4; exec LP "$@"`,
	} {
		t.Run(name, func(t *testing.T) {
			slowLP(t, script)
			w, _, _ := helped(t)
			w.options.Config.Printing.Queue = "Accueil"
			s := w.start(t)
			openHelping(t, s)
			sessiontest.Await(t, s, "with a printer", func(s session.Status) bool { return s.Printer })
			var all sync.WaitGroup
			for _, kind := range session.PaperKinds() {
				sheet := sheetOf(t, strings.Repeat("Mandat de Marie Dupont\n", 10_000))
				all.Go(func() {
					for range 4 {
						_ = s.PrintPaper(t.Context(), kind, sheet)
					}
				})
			}
			time.Sleep(200 * time.Millisecond)
			must(t, s.End(t.Context()))
			all.Wait()
			if st := sessiontest.Await(t, s, "over", over); st.State != session.Wiped {
				t.Errorf("the station is %v, %s", st.State, st.Fault)
			}
			time.Sleep(time.Second) // an lp that outlived the wipe would show now
			if left := spooled(t, spool); len(left) > 0 {
				t.Errorf("the spool still holds %v", left)
			}
			if n := sheetsHeld(t); n != len(session.PaperKinds()) {
				t.Errorf("%d descriptors are open on sheets, not the caller's", n)
			}
		})
	}
}

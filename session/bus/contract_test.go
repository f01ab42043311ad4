package bus_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"estran/session"
	"estran/session/sessiontest"
)

// The contract holds for a client, the bus, the service and the real station, all of them.
func TestContract(t *testing.T) {
	sessiontest.Need(t, "clamd")
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		w, counts := newWorld(t), &sessiontest.Counts{}
		w.options.Agents, w.options.Counts = &sessiontest.Agents{}, counts
		w.start(t)
		plug, pull := w.key(t)
		return sessiontest.Fixture{
			Counts:  counts,
			Station: w.client, Plug: plug, Pull: pull, Rules: w.options.Config.Session,
			Pass:   func(d time.Duration) { w.passed.Add(int64(d)) },
			Arrive: func(name, content string) { w.arrive(t, name, content) },
			Close:  w.station.Close,
		}
	})
}

// A real text browser runs in a terminal of the caller, which went across the bus as a descriptor, and shows the page.
func TestATextBrowserAcrossTheBus(t *testing.T) {
	sessiontest.Need(t, "w3m")
	w := newWorld(t)
	w.options.Headless, w.options.Config.Browser.Program = false, "w3m"
	w.start(t)
	ready := sessiontest.Await(t, w.client, "ready", func(s session.Status) bool { return s.State == session.Ready })
	if !ready.Browser.Text {
		t.Fatal("the browser is no text browser")
	}
	must(t, w.client.Open(t.Context(), session.OpenOptions{Language: "fr"}))
	if err := w.client.Browse(t.Context(), session.BrowseOptions{}); !errors.Is(err, session.ErrNoBrowser) {
		t.Errorf("without a terminal: %v", err)
	}
	master, slave, err := pty.Open()
	must(t, err)
	defer master.Close()
	must(t, pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}))
	must(t, w.client.Browse(t.Context(), session.BrowseOptions{Terminal: slave}))
	must(t, master.SetReadDeadline(time.Now().Add(time.Minute)))
	var page strings.Builder
	for b := make([]byte, 4096); !strings.Contains(page.String(), "Ameli"); {
		n, err := master.Read(b)
		if err != nil {
			t.Fatalf("the page was never seen: %v\n%q", err, page.String())
		}
		page.Write(b[:n])
	}
	must(t, w.client.ResizeBrowser(t.Context()))
	must(t, w.client.CloseBrowser(t.Context()))
	sessiontest.Await(t, w.client, "closed", func(s session.Status) bool {
		return s.Browser.State == session.BrowserClosed
	})
	must(t, w.client.End(t.Context()))
	s := sessiontest.Await(t, w.client, "wiped", func(s session.Status) bool {
		return s.State == session.Wiped || s.State == session.Stopped
	})
	if s.State != session.Wiped {
		t.Errorf("the station is %v, %s", s.State, s.Fault)
	}
}

package station_test

import (
	"context"
	"io"
	"syscall"
	"testing"
	"time"

	"estran/session"
	"estran/session/browser"
	"estran/session/station"
)

// screenSeat is a seat with a screen.
type screenSeat struct{ fakeSeat }

func (*screenSeat) Display(context.Context, string, *syscall.Credential) (browser.Display, io.Closer, error) {
	return browser.Display{}, io.NopCloser(nil), nil
}

// What Firefox takes for a hand counts where nothing else tells of hands. A seat's compositor does: there, the window that
// « Êtes-vous là ? » moves under a mouse that lies still must not answer for somebody who has left.
func TestWhoTellsThatSomebodyIsThere(t *testing.T) {
	for name, seated := range map[string]bool{"in a terminal": false, "on a seat": true} {
		t.Run(name, func(t *testing.T) {
			w, process := newWorld(t), newFakeProcess()
			if seated {
				w, _, _ = installed(t)
				w.options.Seat = &screenSeat{}
			}
			station.LookPath(t, func(name string) (string, error) { return "/usr/bin/" + name, nil })
			w.options.Probe = func(context.Context) error { return nil }
			w.options.Launch = func(context.Context, browser.Config) (station.BrowserProcess, error) { return process, nil }
			s := w.start(t)
			openSession(t, s)
			if err := browse(t, s, session.BrowseOptions{}); err != nil {
				t.Fatal(err)
			}
			process.events <- browser.Event{Kind: browser.Idle, Idle: 50 * time.Second}
			process.events <- browser.Event{Kind: browser.Shown}
			awaitBrowser(t, s, session.BrowserOpen)
			w.passed.Add(int64(time.Minute))

			process.events <- browser.Event{Kind: browser.Idle, Idle: time.Second}
			process.events <- browser.Event{Kind: browser.Hung} // so that it is known when the other was dealt with
			awaitBrowser(t, s, session.BrowserHung)
			now, err := s.Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			whole := time.Duration(w.options.Config.Session.Idle)
			if heard := now.IdleLeft > whole-30*time.Second; heard == seated {
				t.Errorf("a minute later, %v of %v are left", now.IdleLeft, whole)
			}
		})
	}
}

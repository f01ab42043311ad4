package kiosk

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"estran/session"
)

// Whatever is typed, clicked, resized and told by the station, the kiosk neither breaks nor draws outside the
// terminal, never ends a session that was not ended on « J'ai fini », and never leaves.
func TestWhateverHappens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHarness(t)
		if rapid.Bool().Draw(rt, "seated") {
			h.seated()
		}
		h.station.files, h.station.documents = keyFiles(), []session.Document{{ID: 1, Name: "a.pdf"}, {ID: 2, Saved: true}}
		h.station.receipt = session.Receipt{Steps: steps(len(session.Steps())), Limits: session.Limits()}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			_, finishing := h.m.front().screen.(*finishScreen)
			ends := h.station.count(callEnd)
			_, asking := h.m.front().screen.(*consentScreen)
			opened, changes := h.station.count(callOpen), h.station.count(callSetMode)
			_, changing := h.m.top().screen.(*switchScreen)
			happen(rt, h)
			if h.station.count(callOpen) > opened && h.station.opened.Mode != session.Alone && !asking {
				rt.Fatalf("a session with an agent was opened without the visitor's agreement")
			}
			if h.station.count(callSetMode) > changes && h.station.said.mode != session.Alone && !asking && !changing {
				if _, choosing := h.m.top().screen.(*switchScreen); !choosing {
					rt.Fatalf("the mode was changed without the visitor's agreement")
				}
			}
			if h.station.count(callEnd) > ends && !finishing {
				rt.Fatalf("a session was ended without « J'ai fini »")
			}
			if h.m.broken || h.m.leaving {
				rt.Fatalf("broken %v, leaving %v", h.m.broken, h.m.leaving)
			}
			checkDrawing(rt, h)
		}
	})
}

// happen lets one thing happen.
func happen(rt *rapid.T, h *harness) {
	switch rapid.SampledFrom([]string{"key", "key", "key", "click", "move", "wheel", "size", "status", "time", "gone", "idle", "fail"}).Draw(rt, "what") {
	case "key":
		h.press(rapid.SampledFrom(propertyKeys).Draw(rt, "key"))
	case "click":
		h.send(tea.MouseClickMsg{X: rapid.IntRange(-1, 170).Draw(rt, "x"), Y: rapid.IntRange(-1, 50).Draw(rt, "y"), Button: tea.MouseLeft})
	case "move":
		h.send(tea.MouseMotionMsg{X: rapid.IntRange(0, 170).Draw(rt, "x"), Y: rapid.IntRange(0, 50).Draw(rt, "y")})
	case "wheel":
		h.send(tea.MouseWheelMsg{Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "wheel")})
	case "size":
		h.size(rapid.IntRange(0, 170).Draw(rt, "w"), rapid.IntRange(0, 50).Draw(rt, "h"))
	case "status":
		h.suddenly(anyStatus(rt))
	case "time":
		h.advance(time.Duration(rapid.IntRange(0, 90_000).Draw(rt, "ms")) * time.Millisecond)
	case "gone":
		h.send(goneMsg{tries: rapid.IntRange(0, 20).Draw(rt, "tries")})
	case "idle":
		h.send(idleMsg{idle: rapid.Bool().Draw(rt, "idle")})
	case "fail":
		h.desk.err = rapid.SampledFrom([]error{nil, session.ErrGone}).Draw(rt, "desk")
		c := rapid.SampledFrom([]call{callOpen, callPause, callResume, callBrowse, callCopyIn, callCopyOut, callEject, callDelete, callCheckFirst, callSignIn, callSignOut, callSetMode, callCount, callActivity}).Draw(rt, "call")
		h.station.fail[c] = rapid.SampledFrom([]error{
			nil, session.ErrState, session.ErrBusy, session.ErrCode, session.ErrBrowserOpen, session.ErrAgentWrong, session.ErrMandate,
		}).Draw(rt, "error")
	}
}

var propertyKeys = []string{
	"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "enter", "enter", "esc", "up", "down", "left", "right", "tab",
	"space", "backspace", "pgup", "pgdown", "home", "end", "f1", "f2", "f", "p", "?", "q", "r", "m", "t", "x", "a", "é", "&", "z", "ctrl+c", "ctrl+z",
	"ctrl+\\", "ctrl+d",
}

// anyStatus is a status that a station could send, and some that none should.
func anyStatus(rt *rapid.T) session.Status {
	n := func(name string, most int) int { return rapid.IntRange(0, most).Draw(rt, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(rt, name) }
	return session.Status{
		State: rapid.SampledFrom(session.States()).Draw(rt, "state"), End: session.EndVisitor, Fault: session.FaultWipe,
		TimeLeft: time.Duration(n("left", 4000)) * time.Second, IdleLeft: time.Duration(n("idle", 300)) * time.Second,
		Idle: n("isIdle", 4) == 0, Ending: flag("ending"), Extensions: n("extensions", 2),
		PauseLeft: time.Duration(n("pause", 300)) * time.Second, PauseTries: n("tries", 3),
		ReceiptLeft: time.Duration(n("receipt", 30)) * time.Second,
		Browser: session.BrowserStatus{
			State:   session.BrowserState(n("browser", 5)),
			Problem: rapid.SampledFrom([]session.BrowserProblem{"", session.BrowserCrashed, "odd"}).Draw(rt, "problem"),
		},
		Medium: session.MediumStatus{
			State: session.MediumState(n("medium", 11)), Files: 6, Clean: 3, Current: session.FileID(n("file", 9)),
			BytesDone: int64(n("done", 100)), BytesTotal: int64(n("total", 100)), Writable: flag("writable"),
			Problem: rapid.SampledFrom([]session.MediumProblem{"", session.MediumFull, session.MediumRefused, "odd"}).Draw(rt, "mproblem"),
			Copied:  n("copied", 3), Failed: n("failed", 3), Held: n("held", 3), Suspect: n("suspect", 3),
			Left: time.Duration(n("mleft", 400)) * time.Second,
		},
		Refused:   session.Refusal(rapid.SampledFrom([]string{"", "keyboard", "phone", "odd"}).Draw(rt, "refused")),
		Antivirus: session.AntivirusStatus{Signatures: time.Date(2026, 10, 10+n("signatures", 40), 0, 0, 0, 0, time.UTC)},
		Documents: session.DocumentsStatus{Count: n("count", 3), Unsaved: n("unsaved", 3), Full: flag("full")},
		Wipe:      steps(n("step", len(session.Steps()))), Printer: flag("printer"),
		Receipt: flag("hasReceipt"),
		Mode:    session.Mode(n("mode", 5) - 1),
		Agent: session.AgentStatus{
			Possible: flag("possible"), Present: flag("present"), Uncounted: flag("uncounted"),
			Profile: rapid.SampledFrom([]session.Profile{
				session.ProfileMediateur, session.ProfileMediateur, session.ProfileResponsable, session.ProfileMaintenance, "odd",
			}).Draw(rt, "profile"),
			WaitLeft: time.Duration(n("wait", 30)) * time.Second, TriesLeft: n("agentTries", 5),
		},
	}
}

func checkDrawing(rt *rapid.T, h *harness) {
	lines := strings.Split(h.m.View().Content, "\n")
	if len(lines) != h.m.height {
		rt.Fatalf("%d rows for a terminal of %d", len(lines), h.m.height)
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got > h.m.width {
			rt.Fatalf("row %d is %d columns wide on a terminal of %d", i, got, h.m.width)
		}
		for _, r := range ansi.Strip(line) {
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
				rt.Fatalf("row %d holds the control character %q", i, r)
			}
		}
	}
}

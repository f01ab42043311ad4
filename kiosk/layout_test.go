package kiosk

import (
	"errors"
	"slices"
	"testing"
	"time"

	"estran/session"
)

// The layout is a matter of what is in front and how the browser is, and of nothing else.
func TestTheLayoutOfEachMoment(t *testing.T) {
	var (
		internet = &internetScreen{}
		window   = session.BrowserStatus{State: session.BrowserOpen}
		text     = session.BrowserStatus{State: session.BrowserOpen, Text: true}
		in       = func(b session.BrowserState) session.BrowserStatus { return session.BrowserStatus{State: b} }
	)
	for name, c := range map[string]struct {
		state        session.State
		browser      session.BrowserStatus
		top, overlay screen
		rows         int
	}{
		"the browser is open":            {session.Open, window, internet, nil, 3},
		"it does not answer":             {session.Open, in(session.BrowserHung), internet, nil, 3},
		"it may ask something first":     {session.Open, in(session.BrowserClosing), internet, nil, 3},
		"it has no window yet":           {session.Open, in(session.BrowserStarting), internet, nil, 0},
		"it is closed":                   {session.Open, in(session.BrowserClosed), internet, nil, 0},
		"it is in the terminal":          {session.Open, text, internet, nil, 0},
		"Ma session is in front":         {session.Open, window, &homeScreen{}, nil, 0},
		"help is in front":               {session.Open, window, &helpScreen{}, nil, 0},
		"J'ai fini is in front":          {session.Open, window, &finishScreen{}, nil, 0},
		"a break is being prepared":      {session.Open, window, &pauseScreen{}, nil, 0},
		"is somebody there":              {session.Open, window, internet, &idleScreen{}, 5},
		"the end is near":                {session.Open, window, internet, &endingScreen{}, 5},
		"is somebody there, Ma session":  {session.Open, window, &homeScreen{}, &idleScreen{}, 0},
		"the station is gone":            {session.Open, window, internet, &goneScreen{}, 0},
		"the session is paused":          {session.Paused, window, &unlockScreen{}, nil, 0},
		"paused, whatever is in front":   {session.Paused, window, internet, nil, 0},
		"wiping, whatever is in front":   {session.Wiping, window, internet, &idleScreen{}, 0},
		"stopped, whatever is in front":  {session.Stopped, window, internet, nil, 0},
		"no session, whatever there is":  {session.Ready, window, internet, nil, 0},
		"starting, whatever is in front": {session.Starting, window, internet, nil, 0},
	} {
		for _, large := range []bool{false, true} {
			got := layoutOf(session.Status{State: c.state, Browser: c.browser}, c.top, c.overlay, large)
			if want := (Layout{Banner: c.rows, Large: large}); got != want {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
		}
	}
}

var windowOpen = session.BrowserStatus{State: session.BrowserOpen}

// browsing is a kiosk with a desk, in front of an open browser.
func browsing(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t)
	h.seated()
	h.internet(windowOpen)
	h.wants(Layout{Banner: 3})
	h.size(106, 3)
	return h
}

func (h *harness) wants(l Layout) {
	h.t.Helper()
	if got := h.desk.last(); got != l {
		h.t.Fatalf("the desk was asked for %+v, want %+v (%+v)", got, l, h.desk.asked)
	}
}

func TestTheDeskIsAskedOnChangeOnly(t *testing.T) {
	h := newHarness(t)
	h.seated()
	h.size(106, 30)
	h.advance(time.Second)
	if len(h.desk.asked) > 0 {
		t.Fatalf("before the first status the screen stays as it is, and not %+v", h.desk.asked)
	}
	h.status(ready())
	h.press("3", "down", "?", "esc")
	h.internet(windowOpen)
	h.status(withBrowser(windowOpen))
	h.size(106, 3)
	h.clickOn("home")
	h.size(106, 30)
	h.titled("Ma session")
	h.advance(Grace)
	h.press("1")
	h.wants(Layout{Banner: 3})
	h.status(withBrowser(session.BrowserStatus{}))
	want := []Layout{{}, {Banner: 3}, {}, {Banner: 3}, {}}
	if !slices.Equal(h.desk.asked, want) {
		t.Errorf("asked for %+v, want %+v", h.desk.asked, want)
	}
}

func TestLargeIsTheDesksToo(t *testing.T) {
	h := newHarness(t)
	h.seated()
	h.status(ready())
	h.press("2")
	h.wants(Layout{Large: true})
	h.press("2")
	h.wants(Layout{})
}

// A desk that does not answer well is asked again, for what is wanted by then.
func TestADeskThatFailsIsAskedAgain(t *testing.T) {
	h := newHarness(t)
	h.seated()
	h.status(ready())
	h.desk.err = errors.New("no compositor")
	h.internet(windowOpen)
	h.wants(Layout{Banner: 3})
	h.desk.err = nil
	before := len(h.desk.asked)
	h.status(ready())
	h.advance(2 * arrangeAgain)
	h.wants(Layout{})
	if got := len(h.desk.asked) - before; got != 1 {
		t.Errorf("%d calls after a failure, want 1", got)
	}
}

// One call at a time: the desk would be asked for two things at once.
func TestTheDeskIsAskedOneThingAtATime(t *testing.T) {
	h := browsing(t)
	h.m.arranged.asking = true
	before := len(h.desk.asked)
	h.status(ready())
	if len(h.desk.asked) != before {
		t.Fatalf("asked while a call runs: %+v", h.desk.asked)
	}
	h.send(arrangedMsg{layout: Layout{Banner: 3}})
	h.wants(Layout{})
}

func TestABannerOfAnotherHeightIsAskedAgain(t *testing.T) {
	h := browsing(t)
	before := len(h.desk.asked)
	h.size(106, 4)
	if len(h.desk.asked) != before+1 {
		t.Error("the terminal has another height than the bandeau, and the desk was not asked again")
	}
}

// VULNERABILITY  What is typed in a page goes to the kiosk when the screen changes under the visitor's hands.
// ATTACK         The browser dies while one types « f ».
// THIS TEST      sees that the screen that comes does not hear it.
func TestWhatIsTypedInAPageIsNotMeantForTheKiosk(t *testing.T) {
	h := browsing(t)
	h.suddenly(withBrowser(session.BrowserStatus{Problem: session.BrowserCrashed}))
	h.size(106, 30)
	h.press("f")
	h.titled("Internet")
	h.advance(Grace)
	h.press("f")
	h.titled("J’ai fini")
}

// VULNERABILITY  A session that is paused while its browser shows can be read by anybody.
// ATTACK         A break is asked for while the desk could not hide the browser.
// THIS TEST      sees that the station is not asked before the browser is hidden.
func TestNoPauseWhileTheBrowserShows(t *testing.T) {
	h := browsing(t)
	h.desk.err = errors.New("no compositor")
	h.clickOn("home")
	h.size(106, 30)
	h.press("6")
	if h.m.notice.text != "" {
		t.Errorf("the browser need not be closed, and yet %q", h.m.notice.text)
	}
	h.press("1", "2", "3", "4", "1", "2", "3", "4")
	h.called(callPause, 0)
	h.sees("Votre écran n’est pas encore caché.")
	h.desk.err = nil
	h.advance(2 * arrangeAgain)
	h.wants(Layout{})
	h.press("1", "2", "3", "4", "1", "2", "3", "4")
	h.called(callPause, 1)
}

// A kiosk that starts in mid-session has no memory: the station tells what was chosen.
func TestAKioskThatStartsInMidSession(t *testing.T) {
	h := newHarness(t)
	h.seated()
	s := withBrowser(windowOpen)
	s.Language, s.Large, s.Contrast = "en", true, true
	h.status(s)
	h.titled("The internet")
	h.called(callBrowse, 0)
	h.wants(Layout{Banner: 3, Large: true})
	if h.m.look != high {
		t.Error("the contrast was not taken up")
	}
	h.size(80, 3)
	h.clickOn("home")
	h.size(80, 24)
	h.titled("My session")
	h.status(ready())
	h.titled("Bienvenue")
	h.wants(Layout{})
}

func TestAKioskThatStartsInAPauseShowsNothing(t *testing.T) {
	h := newHarness(t)
	h.seated()
	s := session.Status{State: session.Paused, Browser: windowOpen, PauseLeft: time.Minute, PauseTries: 3, Language: "fr"}
	h.status(s)
	h.titled("Pause")
	h.wants(Layout{})
	h.status(withBrowser(windowOpen))
	h.titled("Ma session")
	h.sees("Reprendre internet")
}

func TestTheContrastIsSentToTheStation(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.press("3", "1")
	h.accept()
	h.press("1")
	if !h.station.opened.Contrast || h.station.opened.Large {
		t.Errorf("opened with %+v", h.station.opened)
	}
}

// The bandeau goes when the station does, and what covers it tells nothing of the session.
func TestAStationThatIsGoneHidesTheBrowser(t *testing.T) {
	h := browsing(t)
	h.station.fail["watch"] = errors.New("no bus")
	h.send(goneMsg{})
	h.advance(goneGrace - time.Millisecond)
	h.wants(Layout{Banner: 3})
	h.advance(time.Millisecond)
	h.wants(Layout{})
	h.size(106, 30)
	h.titled("Un instant")
	for _, z := range h.m.zones() {
		if z.id != idHelp {
			t.Errorf("%s can be picked", z.id)
		}
	}
	h.press("f", "1", "enter", "esc")
	h.titled("Un instant")
}

func TestABrokenKioskHidesTheBrowser(t *testing.T) {
	h := browsing(t)
	h.send(brokenMsg{})
	h.wants(Layout{})
}

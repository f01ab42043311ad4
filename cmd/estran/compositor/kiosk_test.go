package compositor

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
)

// again starts the kiosk again whatever happens to it, as the guardian does.
const again = "while :; do "

// kill kills the kiosk, and leaves its terminal.
func (k *station) kill() {
	k.s.t.Helper()
	pid := childOf(k.s.inside)
	if pid == 0 {
		k.s.t.Fatal("there is no kiosk")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		k.s.t.Fatal(err)
	}
}

// childOf is the first child of a process (proc(5), task/children).
func childOf(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	first, _, _ := strings.Cut(string(text), " ")
	child, _ := strconv.Atoi(first)
	return child
}

// TestTheRealKioskOverABrowser goes through a visit, with the real kiosk in a real terminal.
func TestTheRealKioskOverABrowser(t *testing.T) {
	k := newKiosk(t, 1280, 720)
	s := k.s
	k.says(session.Status{State: session.Ready})
	s.eventually("the kiosk is whole", func() bool { return s.kiosk().Rect.Height == 720 && s.kiosk().Fullscreen != 0 })
	page := s.opens("page")
	status := browsing()
	k.says(session.Status{State: session.Open, TimeLeft: time.Hour, Language: "fr"})
	time.Sleep(600 * time.Millisecond)
	s.eventually("the browser is asked for", func() bool {
		// A screen that came by itself is deaf at first, for as long as nobody can see from here.
		asked := func() bool { return k.heard("browse") == 1 }
		s.types(t, "1") // Aller sur internet, after its tip
		if s.within(time.Second, asked) {
			return true
		}
		s.types(t, "\r")
		return s.within(3*time.Second, asked)
	})
	k.says(status)
	s.eventually("the bandeau is there", func() bool { return s.kiosk().Rect.Height == 72 && s.window(page).Focused })

	status.Idle, status.IdleLeft = true, 40*time.Second
	touches := k.heard("touch")
	time.Sleep(1500 * time.Millisecond) // nobody touches anything
	k.says(status)
	s.eventually("the count is there", func() bool { return s.kiosk().Rect.Height == 120 })
	if !s.window(page).Focused {
		t.Error("the count took the keyboard from the page")
	}
	if idleIsKnown(s) {
		s.eventually("the station is told that somebody is there", func() bool {
			s.types(t, "x") // to the page
			return s.within(3*time.Second, func() bool { return k.heard("touch") > touches })
		})
	}
	k.says(browsing())
	s.eventually("the count is gone", func() bool { return s.kiosk().Rect.Height == 72 })

	status = browsing()
	status.State, status.PauseLeft = session.Paused, time.Minute
	k.says(status)
	s.eventually("the browser is hidden", func() bool { return !s.window(page).Visible && s.kiosk().Rect.Height == 720 })
}

// types types as a person would, into whatever window has the keyboard.
func (s *seat) types(t testing.TB, keys string) {
	t.Helper()
	sessiontest.Need(t, "wtype")
	args := []string{keys}
	if keys == "\r" {
		args = []string{"-k", "Return"}
	}
	if out, err := s.command("wtype", append([]string{"-s", "100"}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("wtype: %v: %s", err, out)
	}
}

// VULNERABILITY  A kiosk that dies may uncover the browser of a session that is paused.
// ATTACK         The kiosk is killed while the session is paused; a window opens, and asks for full screen.
// THIS TEST      looks at the screen all the while, until the next kiosk has it.
func TestAKilledKioskUncoversNothing(t *testing.T) {
	k := newKioskWith(t, 1280, 720, again)
	s := k.s
	page := s.opens("page")
	paused := browsing()
	paused.State, paused.PauseLeft, paused.PauseTries = session.Paused, 4*time.Minute, 3
	k.says(paused)
	s.eventually("the page is hidden", func() bool { return !s.window(page).Visible && s.kiosk().Fullscreen != 0 })

	ctx, stop := context.WithCancel(t.Context())
	watched := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			for _, w := range s.windows() {
				if w.PID != s.foot && w.Visible || w.PID == s.foot && w.Rect.Height != 720 {
					watched <- fmt.Errorf("the screen shows %+v", w)
					return
				}
			}
			time.Sleep(2 * time.Millisecond)
		}
		watched <- nil
	}()
	links := k.links()
	k.kill()
	popup := s.opens("popup", "--fullscreen")
	s.swaymsg(t, fmt.Sprintf("[con_id=%d] fullscreen enable", popup))
	spoof := s.opens("estran", "--fullscreen")
	s.swaymsg(t, fmt.Sprintf("[con_id=%d] fullscreen enable", spoof))
	s.eventually("the next kiosk is there", func() bool { return k.links() > links })
	k.says(paused)
	time.Sleep(500 * time.Millisecond)
	stop()
	if err := <-watched; err != nil {
		t.Error(err)
	}
	s.eventually("no window keeps the full screen", func() bool {
		return s.window(popup).Fullscreen == 0 && s.window(spoof).Fullscreen == 0 && s.kiosk().Fullscreen != 0
	})
}

// A kiosk that dies over the browser leaves its place above it, and the next one goes on there.
func TestAKilledKioskComesBackAsTheBandeau(t *testing.T) {
	k := newKioskWith(t, 1280, 720, again)
	s := k.s
	k.says(browsing())
	page := s.opens("page")
	s.eventually("the bandeau is there", func() bool { return s.kiosk().Rect.Height == 72 })
	links := k.links()
	k.kill()
	s.eventually("the next kiosk is there", func() bool { return k.links() > links })
	if got := s.kiosk().Rect.Height; got != 72 {
		t.Errorf("the bandeau is %d high while nobody knows", got)
	}
	k.says(browsing())
	s.eventually("the page has the keyboard", func() bool { return s.kiosk().Rect.Height == 72 && s.window(page).Focused })
}

package kiosk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"estran/assets"
	"estran/session"
)

// overs are the looks of the bandeau over the browser's window.
func overs() []scene {
	told := func(change func(*session.Status)) func(h *harness) {
		return func(h *harness) {
			s := withBrowser(windowOpen)
			change(&s)
			h.status(s)
		}
	}
	return []scene{
		{"bandeau", func(*harness) {}},
		{"bandeau-document", told(func(s *session.Status) { s.Documents.Count = 1 })},
		{"bandeau-plein", told(func(s *session.Status) { s.Documents.Full = true })},
		{"bandeau-fige", told(func(s *session.Status) { s.Browser.State = session.BrowserHung })},
		{"bandeau-etes-vous-la", told(func(s *session.Status) { s.Idle, s.IdleLeft = true, 42*time.Second })},
		{"bandeau-bientot-fini", told(func(s *session.Status) {
			s.Ending, s.TimeLeft, s.Documents.Unsaved, s.Documents.Count = true, 4*time.Minute, 2, 2
		})},
	}
}

func inOver(t *testing.T, s scene, width int, lang string) *harness {
	t.Helper()
	h := browsing(t)
	s.play(h)
	h.dress(lang, false, calm)
	h.size(width, h.desk.last().Banner)
	return h
}

func TestGoldenBandeaux(t *testing.T) {
	for _, s := range overs() {
		for _, width := range []int{80, 106} {
			name := fmt.Sprintf("%s-%d", s.name, width)
			t.Run(name, func(t *testing.T) { inOver(t, s, width, "fr").golden(name) })
		}
	}
}

// Each choice is as high as the bandeau, in sight, and apart from the others; nothing that counts is cut.
func TestTheBandeauHasItsChoices(t *testing.T) {
	wanted := map[string][]string{
		"bandeau-fige": {"close"}, "bandeau-etes-vous-la": {"stay"}, "bandeau-bientot-fini": {"extend", "later"},
	}
	for _, s := range overs() {
		for _, width := range []int{80, 85, 106, 160} {
			for _, lang := range assets.Languages() {
				h := inOver(t, s, width, lang)
				name := fmt.Sprintf("%s %d %s", s.name, width, lang)
				zones := h.m.zones()
				for i, z := range zones {
					if z.seen.h != h.m.height || z.seen.w != textWidth(z.label)+4 {
						t.Errorf("%s: %s is %dx%d", name, z.id, z.seen.w, z.seen.h)
					}
					for _, o := range zones[:i] {
						if common := z.seen.and(o.seen); common.w > 0 {
							t.Errorf("%s: %s and %s overlap", name, z.id, o.id)
						}
					}
				}
				ids := wanted[s.name]
				if h.m.overlay == nil {
					ids = append([]string{"home", idFinish}, ids...)
				}
				for _, id := range ids {
					if !hasZone(h, id) {
						t.Errorf("%s: no %s:\n%s", name, id, h.plain())
					}
				}
				if strings.Contains(h.plain(), "…") {
					t.Errorf("%s: something is cut:\n%s", name, h.plain())
				}
			}
		}
	}
}

// No key takes a notice away while the browser has the keyboard: time does.
func TestANoticeOnTheBandeauGoesByItself(t *testing.T) {
	h := browsing(t)
	s := withBrowser(windowOpen)
	s.Documents.Count = 1
	h.status(s)
	h.sees("1 document est arrivé")
	h.advance(noticeStays)
	if strings.Contains(h.plain(), "est arrivé") {
		t.Errorf("it is still there:\n%s", h.plain())
	}
	h.sees("Conseil")
}

func TestTheBandeauDoesWhatItSays(t *testing.T) {
	h := browsing(t)
	h.clickOn(idFinish)
	h.wants(Layout{})
	h.size(106, 30)
	h.titled("J’ai fini")
	h.advance(Grace)
	h.press("1") // back to the session
	h.wants(Layout{Banner: 3})
	h.size(106, 3)

	s := withBrowser(windowOpen)
	s.Ending, s.TimeLeft = true, 4*time.Minute
	h.status(s)
	h.wants(Layout{Banner: 5})
	h.size(106, 5)
	h.clickOn("extend")
	h.called(callExtend, 1)
	h.wants(Layout{Banner: 3})

	s.Ending, s.Browser.State = false, session.BrowserHung
	h.status(s)
	h.size(106, 3)
	h.clickOn("close")
	h.called(callCloseBrowser, 1)
}

// While the bandeau unfolds nothing is drawn on it that would flicker, unless that takes long.
func TestNothingFlickersWhileTheBandeauUnfolds(t *testing.T) {
	h := browsing(t)
	h.m.arranged.asking = true
	h.clickOn("home")
	if got := strings.TrimSpace(h.plain()); got != "" {
		t.Errorf("the bandeau shows %q", got)
	}
	h.send(arrangedMsg{err: session.ErrGone})
	h.titled("Ma session")
}

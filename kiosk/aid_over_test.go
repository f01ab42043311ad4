package kiosk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"estran/assets"
	"estran/session"
)

func TestRemindersGoRoundCalmly(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	seen := map[string]bool{}
	for range 10 {
		line := h.m.agentReminder(assets.MomentSession, 0)
		h.sees(line)
		seen[line] = true
		h.advance(reminderStays - time.Second)
		h.sees(line)
		h.advance(time.Second)
	}
	if want := len(assets.RemindersAt("fr", assets.SituationAccompany, assets.MomentSession)); len(seen) != want {
		t.Errorf("%d reminders went by, not %d", len(seen), want)
	}
	h.m.options.Still = true
	if d := h.m.untilReminder(); d != 0 {
		t.Error("something moves although nothing should")
	}
}

// An agent has more time at any time, without being asked why; and the warning offers it first.
func TestMoreTimeIsOneKey(t *testing.T) {
	h := newHarness(t)
	s := inMode(session.Accompany)
	s.Extensions = 0
	h.status(s)
	h.press("t")
	h.called(callExtend, 1)
	h.sees("Vous avez plus de temps.")
	h.press("1", "enter")
	s.Browser = windowOpen
	h.status(s)
	h.titled("Internet")
	h.press("t")
	h.called(callExtend, 2)
	s.Ending, s.TimeLeft = true, 4*time.Minute
	h.status(s)
	h.titled("Bientôt fini")
	h.press("enter")
	h.called(callExtend, 3)

	h = newHarness(t)
	h.station.fail[callExtend] = session.ErrLimit
	h.status(inMode(session.Act))
	h.press("t")
	h.sees("Le temps ne peut plus être ajouté.")
}

// agentOvers are the looks of the bandeau over the browser's window while an agent helps.
func agentOvers() []scene {
	told := func(m session.Mode, change func(h *harness, s *session.Status)) func(h *harness) {
		return func(h *harness) {
			s := inMode(m)
			s.Browser = windowOpen
			change(h, &s)
			h.status(s)
		}
	}
	return []scene{
		{"bandeau-j-accompagne", told(session.Accompany, func(*harness, *session.Status) {})},
		{"bandeau-je-fais", told(session.Act, func(h *harness, _ *session.Status) {
			h.m.aid.sites = []session.Private{"caf.fr", "ameli.fr"}
		})},
		{"bandeau-je-fais-relance", told(session.Act, func(_ *harness, s *session.Status) { s.Browser.Limited = true })},
		{"bandeau-agent-fige", told(session.Accompany, func(_ *harness, s *session.Status) {
			s.Browser.State = session.BrowserHung
		})},
		{"bandeau-agent-bientot-fini", told(session.Accompany, func(_ *harness, s *session.Status) {
			s.Ending, s.TimeLeft, s.Extensions = true, 4*time.Minute, 0
		})},
	}
}

func TestTheBandeauWhileAnAgentHelps(t *testing.T) {
	for _, s := range agentOvers() {
		for _, width := range []int{80, 106} {
			name := fmt.Sprintf("%s-%d", s.name, width)
			t.Run(name, func(t *testing.T) { inOver(t, s, width, "fr").golden(name) })
		}
		for _, width := range []int{80, 85, 106, 160} {
			for _, lang := range assets.Languages() {
				h := inOver(t, s, width, lang)
				if h.m.overlay == nil {
					h.sees(h.m.t("assist.present"))
				}
				if s.name != "bandeau-agent-fige" && !hasZone(h, "extend") {
					t.Errorf("%s %d %s: no more time:\n%s", s.name, width, lang, h.plain())
				}
				if s.name == "bandeau-je-fais" {
					h.sees("caf.fr, ameli.fr")
				}
				if strings.Contains(h.plain(), "…") {
					t.Errorf("%s %d %s: something is cut:\n%s", s.name, width, lang, h.plain())
				}
			}
		}
	}
}

// Twenty sites do not fit on the bandeau: those that do are named, the others are counted.
func TestManySitesAreCounted(t *testing.T) {
	h := newHarness(t)
	var sites []session.Private
	for n := range session.MaxActSites {
		sites = append(sites, session.Private(fmt.Sprintf("site-%d.gouv.fr", n)))
	}
	h.acting(sites...)
	h.status(inMode(session.Act))
	h.sees("Mandat : site-0.gouv.fr, site-1.gouv.fr, site-2.gouv.fr, site-3.gouv.fr +16")
	for width := 1; width < 80; width++ {
		if text := h.m.scope(width); textWidth(text) > width {
			t.Errorf("%q has more than %d columns", text, width)
		}
	}
}

// Over the text browser too an agent is seen to be there, the mandate is recalled, and there is more time.
func TestTheTextBrowserWhileAnAgentHelps(t *testing.T) {
	h, station := startWeb(t, "sleep 60")
	s := inMode(session.Act)
	s.Browser = session.BrowserStatus{State: session.BrowserOpen, Text: true, Limited: true}
	h.m.aid.sites = []session.Private{"caf.fr"}
	for _, width := range []int{80, 100, 160} {
		h.size(width, 30)
		h.status(s)
		h.sees("✓ Agent présent")
		h.sees("Mandat : caf.fr")
	}
	h.clickOn("extend")
	if n := station.count(callExtend); n != 1 {
		t.Errorf("more time was asked for %d times", n)
	}
	h.sees("Vous avez plus de temps.")
	s.Mode = session.Alone
	h.status(s)
	h.seesNot("Mandat")
	if hasZone(h, "extend") {
		t.Error("a visitor alone has an agent's time")
	}
}

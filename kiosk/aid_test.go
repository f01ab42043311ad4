package kiosk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/assets"
	"estran/session"
)

// agree goes through what comes before a situation, and lets the visitor say yes.
func (h *harness) agree() {
	h.t.Helper()
	h.press("0", "0")
	h.titled("Votre accord")
	h.advance(Grace)
	h.press("1")
	h.accept()
}

func TestASessionWithAnAgentBegins(t *testing.T) {
	for key, want := range map[string]session.Mode{"1": session.Train, "2": session.Accompany} {
		h := newHarness(t)
		h.before(key)
		h.called(callOpen, 0)
		h.agree()
		h.called(callOpen, 1)
		if got := h.station.opened.Mode; got != want {
			t.Errorf("the session is opened in the mode %d, not %d", got, want)
		}
		h.status(inMode(want))
		if want == session.Train {
			h.press("esc")
		}
		h.titled("Ma session")
		h.sees("L’aide de l’agent")
	}
}

func TestJeFaisBeginsAsAccompanyAndThenTheMandate(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.agree()
	if got := h.station.opened.Mode; got != session.Accompany {
		t.Errorf("the session is opened in the mode %d", got)
	}
	h.status(inMode(session.Accompany))
	if _, ok := h.m.top().screen.(agentOnly); !ok || len(h.m.stack) != 2 {
		t.Fatalf("the mandate does not come next:\n%s", h.plain())
	}
	h.called(callSetMode, 0)
	// Once only: a pause brings Ma session back, not the mandate.
	h.status(session.Status{State: session.Paused, PauseTries: 3, PauseLeft: time.Minute})
	h.status(inMode(session.Accompany))
	h.titled("Ma session")
}

func TestASessionThatDoesNotOpenForgetsTheMandate(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callOpen] = session.ErrAgentNeeded
	h.before("3")
	h.agree()
	h.sees("Un agent doit d’abord ouvrir son espace.")
	if h.m.aid.act {
		t.Error("the mandate would come in the next session")
	}
}

// What is not ticked is said once, and keeps nobody.
func TestWhatIsNotTickedIsSaidOnce(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1", "2")
	h.press("0")
	h.titled("J’accompagne")
	h.sees("Il reste 2 points.")
	h.press("0")
	h.titled("Votre accord")
	h.press("esc")
	h.titled("Votre accord") // still deaf
	h.advance(Grace)
	h.press("esc")
	h.titled("C’est noté")

	h = newHarness(t)
	h.before("2")
	h.press("1", "2", "3", "4", "enter")
	h.titled("Votre accord")
}

func TestTicksAreTickedInManyWaysAndKeptWithTheSession(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	ticks := func(want int) {
		t.Helper()
		n := 0
		for _, on := range h.m.aid.ticked {
			n += boolInt(on)
		}
		if n != want {
			t.Fatalf("%d points are ticked, not %d:\n%s", n, want, h.plain())
		}
	}
	h.press("1")
	ticks(1)
	h.clickOn(rowID(1))
	ticks(2)
	h.press("down", "enter")
	ticks(3)
	h.press("space")
	ticks(2)
	h.agree()
	h.status(inMode(session.Accompany))
	ticks(2)
	h.status(wiping(0))
	h.status(wiped())
	h.status(ready())
	ticks(0)
}

// Backing out to Bienvenue leaves nothing ticked for the next visitor.
func TestBienvenueForgetsTicks(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1", "esc", "esc")
	h.titled("Bienvenue")
	if len(h.m.aid.ticked) > 0 {
		t.Error("ticks of an earlier help are still there")
	}
}

// « Non » is what Enter takes: it changes nothing, and nobody is blamed.
func TestTheVisitorMaySayNo(t *testing.T) {
	for _, key := range []string{"1", "2", "3"} {
		h := newHarness(t)
		h.before(key)
		h.press("0", "0")
		h.titled("Votre accord")
		h.press("1", "enter") // what was held down is not an answer
		h.titled("Votre accord")
		h.advance(Grace)
		h.press("enter")
		h.titled("C’est noté")
		h.called(callOpen, 0)
		h.press("1")
		h.sees("Comment aidez-vous la personne ?")
	}
}

func TestAVisitorWhoSaidNoMayDoItAlone(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("0", "0")
	h.advance(Grace)
	h.press("2", "2")
	h.called(callSignOut, 1)
	h.titled("Les règles")
	h.status(possible(ready()))
	h.titled("Les règles")
}

// The step below is always one key away, down to doing it alone.
func TestTheStepBelowIsOneKeyAway(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.sees("Et si elle essayait ?")
	h.press("9")
	h.titled("J’accompagne")
	h.press("9")
	h.titled("Je forme")
	h.press("9")
	h.called(callSignOut, 1)
	h.titled("Les règles")
}

func TestTheStepBelowFromTheModesGoesBackThere(t *testing.T) {
	h := newHarness(t)
	h.status(attended(ready()))
	h.press("1")
	h.accept()
	h.press("2", "9")
	h.called(callSignOut, 1)
	h.titled("Comment voulez-vous faire ?")
}

// In « je fais » Enter takes the step below: what is the last resort is chosen by its own key.
func TestEnterNeverLeadsToJeFais(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.press("enter")
	h.titled("J’accompagne")
}

func TestJeFaisCanBeSwitchedOff(t *testing.T) {
	for _, rule := range []session.ActRule{"off", "", "odd"} {
		h := newHarness(t)
		h.m.options.Config.Assist.Act = rule
		h.space(session.Activity{})
		h.press("3")
		h.titled("Espace médiateur")
		h.sees("Votre structure ne propose pas cette façon.")
		h.status(inMode(session.Accompany))
		h.press("m", "3")
		h.titled("Espace médiateur")

		h = newHarness(t)
		h.m.options.Config.Assist.Act = rule
		h.status(possible(ready()))
		h.press("1")
		h.accept()
		h.press("4")
		h.titled("Comment voulez-vous faire ?")
		h.called(callSignIn, 0)
	}
}

func TestChangingTheSituationInASession(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	h.press("m", "1")
	h.titled("Je forme")
	h.agree()
	h.called(callSetMode, 1)
	h.called(callOpen, 0)
	if h.station.said.mode != session.Train {
		t.Errorf("the mode %d was asked for", h.station.said.mode)
	}
	h.status(inMode(session.Train))
	h.titled("Ma session")
	h.sees("La session continue ainsi : Je forme.")

	h.clickOn("aid")
	h.titled("Je forme")
	h.press("9") // alone
	h.called(callSetMode, 2)
	if h.station.said.mode != session.Alone {
		t.Errorf("the mode %d was asked for", h.station.said.mode)
	}
	h.status(inMode(session.Alone))
	h.titled("Ma session")
	h.sees("La personne continue seule.")
}

// The browser of one set of limits is closed before there is another.
func TestTheBrowserIsClosedBeforeJeFais(t *testing.T) {
	h := newHarness(t)
	s := inMode(session.Accompany)
	s.Browser = windowOpen
	h.status(s)
	h.press("esc")
	h.drain(h.m.beginAct([]session.Private{"caf.fr", "ameli.fr"}, true))
	h.m.fresh = false
	h.called(callCloseBrowser, 1)
	h.called(callSetMode, 0)
	h.sees("Internet se ferme d’abord.")
	s.Browser.State = session.BrowserClosing
	h.status(s)
	h.called(callSetMode, 0)
	s.Browser.State = session.BrowserClosed
	h.status(s)
	h.called(callSetMode, 1)
	if diff := cmp.Diff([]session.Private{"caf.fr", "ameli.fr"}, h.station.said.act.Sites); diff != "" || !h.station.said.act.Mandate {
		t.Errorf("the station was not told of the mandate:\n%s", diff)
	}
	s.Mode = session.Act
	h.status(s)
	h.titled("Ma session")
	h.sees("Mandat : caf.fr, ameli.fr")
}

func TestJeFaisThatIsRefusedCanBeTriedAgain(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callSetMode] = session.ErrMandate
	h.acting("caf.fr")
	h.sees("Il faut d’abord un mandat signé.")
	h.press("?", "esc")
	h.called(callSetMode, 1)
	delete(h.station.fail, callSetMode)
	h.press("1")
	h.called(callSetMode, 2)
	h.status(inMode(session.Act))
	h.titled("Ma session")
}

func TestABrowserThatOpensMeanwhileIsClosedToo(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callSetMode] = session.ErrBrowserOpen
	h.acting("caf.fr")
	h.sees("Fermez d’abord la fenêtre d’internet.")
	s := inMode(session.Accompany)
	s.Browser = windowOpen
	h.status(s)
	delete(h.station.fail, callSetMode)
	h.clickOn("again")
	h.called(callCloseBrowser, 1)
	h.status(inMode(session.Accompany))
	h.called(callSetMode, 2)
}

func TestWithoutAMandateWhereTheStructureAllowsIt(t *testing.T) {
	h := newHarness(t)
	h.m.options.Config.Assist.Act = "optional"
	h.status(inMode(session.Accompany))
	h.press("m", "3")
	h.agree()
	h.titled("Avec un mandat ?")
	h.press("2")
	h.called(callSetMode, 1)
	if a := h.station.said.act; a.Mandate || len(a.Sites) > 0 || h.station.said.mode != session.Act {
		t.Errorf("the station was told %+v", a)
	}
	h.status(inMode(session.Act))
	h.seesNot("Mandat")
}

func TestClosingTheSpace(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	h.press("m", "0")
	h.called(callSignOut, 1)
	h.status(possible(open()))
	h.titled("Ma session")
	h.sees("Votre session continue.")
	h.seesNot("Agent présent")

	h = newHarness(t)
	h.status(attended(ready()))
	h.press("x")
	h.called(callSignOut, 1)
}

func TestClosingTheSpaceInJeFaisClosesItsBrowserFirst(t *testing.T) {
	h := newHarness(t)
	s := inMode(session.Act)
	s.Browser = windowOpen
	h.status(s)
	h.press("esc", "m", "0")
	h.called(callCloseBrowser, 1)
	h.called(callSignOut, 0)
	h.status(inMode(session.Act))
	h.called(callSignOut, 1)
	h.status(possible(open()))
	h.titled("Ma session")
}

// A screen that is for agents goes when nobody is signed in any more: after a while, the station says so by itself.
func TestTheScreensOfAnAgentGoWithTheAgent(t *testing.T) {
	for _, keys := range [][]string{{"m"}, {"m", "2"}, {"m", "2", "0", "0"}} {
		h := newHarness(t)
		h.status(attended(ready()))
		h.press(keys...)
		h.status(possible(ready()))
		h.titled("Bienvenue")
		h.sees("L’espace médiateur est fermé.")
	}
	h := newHarness(t)
	h.status(inMode(session.Train))
	h.press("4")
	h.status(possible(open()))
	h.titled("Mes documents") // that is the visitor's
}

// A kiosk that starts in mid-session has lost ticks, and nothing else.
func TestAKioskThatStartsWhileAnAgentHelps(t *testing.T) {
	for _, c := range []struct {
		mode     session.Mode
		sees, no string
	}{
		{session.Alone, "8  Espace médiateur", "T  Plus de temps"},
		{session.Train, "8  La leçon", "Mandat"},
		{session.Accompany, "8  L’aide de l’agent", "La leçon"},
		{session.Act, "8  L’aide de l’agent", "Mandat"},
		{session.Mode(77), "8  Espace médiateur", "T  Plus de temps"},
	} {
		h := newHarness(t)
		h.status(inMode(c.mode))
		h.titled("Ma session")
		h.sees("✓ Agent présent")
		h.sees(c.sees)
		h.seesNot(c.no)
		if c.mode == session.Train || c.mode == session.Accompany || c.mode == session.Act {
			h.clickOn("aid")
			h.titled(h.m.t("situation." + string(situationOf(c.mode)) + ".title"))
			h.sees("Pendant : 0 sur 4")
		}
	}
	h := newHarness(t)
	s := inMode(session.Act)
	s.Browser.Limited = true
	h.status(s)
	h.sees("Seulement les sites du mandat")
}

// An assisted mode that the station tells without an agent gives nobody an agent's rights.
func TestAModeAloneGivesNoRight(t *testing.T) {
	h := newHarness(t)
	s := open()
	s.Mode = session.Act
	h.status(s)
	h.seesNot("Plus de temps")
	h.seesNot("L’aide de l’agent")
	h.press("m", "t")
	h.titled("Ma session")
	h.called(callExtend, 0)
}

func TestTheSitesOfAMandateGoWithTheSession(t *testing.T) {
	h := newHarness(t)
	h.acting("caf.fr")
	h.status(inMode(session.Act))
	h.sees("Mandat : caf.fr")
	h.status(wiping(0))
	if len(h.m.aid.sites) > 0 {
		t.Error("the sites are still in memory")
	}
}

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

// On a screen where letters are typed, no letter says that it does something else.
func TestNoLetterIsAChoiceWhereOneTypes(t *testing.T) {
	h := newHarness(t)
	h.status(possible(open()))
	h.press("8")
	for _, z := range h.m.zones() {
		if len(z.key) == 1 {
			t.Errorf("the key %q is said to mean %s", z.key, z.id)
		}
	}
	h.sees("F1 Aide")
}

// A session that an agent opens has its rules too, once: they were not read on the way from Bienvenue.
func TestTheRulesAreAcceptedBeforeAnAgentOpensASession(t *testing.T) {
	for key, want := range map[string]session.Mode{"1": session.Train, "2": session.Accompany, "3": session.Accompany} {
		h := newHarness(t)
		h.before(key)
		h.press("0", "0")
		h.advance(Grace)
		h.press("1")
		h.titled("Les règles")
		h.called(callOpen, 0)
		h.accept()
		h.called(callOpen, 1)
		if got := h.station.opened.Mode; got != want {
			t.Errorf("the session is opened in the mode %d, not %d", got, want)
		}
	}
}

func TestTheRulesAreNotReadTwice(t *testing.T) {
	h := newHarness(t)
	h.status(attended(ready()))
	h.press("1")
	h.accept()
	h.press("3", "0", "0")
	h.titled("Votre accord")
	h.advance(Grace)
	h.press("1")
	h.called(callOpen, 1)
}

// Whoever does not accept them is back at the question, and nothing is opened.
func TestTheRulesOfAnAgentsSessionCanBeRefused(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.press("0", "0")
	h.advance(Grace)
	h.press("1")
	h.titled("Les règles")
	h.press("esc")
	h.titled("Votre accord")
	h.press("esc")
	h.titled("Votre accord") // the hand that went back is no answer
	h.advance(Grace)
	h.press("esc")
	h.titled("C’est noté")
	h.called(callOpen, 0)
	if h.m.aid.act {
		t.Error("the mandate would come in the next session")
	}
}

// « J'apprends » begins with the lesson; Ma session is under it.
func TestJApprendsBeginsWithTheLesson(t *testing.T) {
	h := newHarness(t)
	h.before("1")
	h.agree()
	h.status(inMode(session.Train))
	h.titled("La leçon")
	h.press("esc")
	h.titled("Ma session")
}

// The help of an agent's screen does not send the agent to an agent.
func TestHelpKnowsWhoReadsIt(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("?")
	h.titled("Aide")
	h.seesNot("levez la main")
	h = newHarness(t)
	h.status(ready())
	h.press("?")
	h.sees("levez la main")
}

// The list of what was done is what the person takes home: Enter goes there first, then on.
func TestWhatWasDoneComesBeforeTheEnd(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Act))
	h.press("f", "enter")
	h.titled("Ce qui a été fait")
	h.press("0", "enter")
	h.titled("Compter cette aide")
}

// What is said when all is nearly erased is not about the next site.
func TestTheLastReminderIsAboutTheEnd(t *testing.T) {
	for _, m := range []session.Mode{session.Train, session.Accompany, session.Act} {
		h := newHarness(t)
		h.status(inMode(m))
		h.m.aid.after, h.m.aid.passed = true, true
		h.press("f")
		h.titled("J’ai fini")
		for range 10 {
			h.seesNot("Site suivant")
			h.advance(reminderStays)
		}
	}
}

// Explaining to a person takes longer than a visitor may leave Bienvenue alone: while an agent is signed in the station
// watches whether somebody is there, and says so by closing the space.
func TestAnAgentWhoExplainsIsNotSentAway(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1")
	h.advance(2 * lapseAfter)
	h.titled("J’accompagne")
	h.press("0", "0")
	h.advance(2 * lapseAfter)
	h.titled("Votre accord")
	h.status(possible(ready()))
	h.titled("Bienvenue")
}

package kiosk

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"estran/session"
	"estran/session/assist/mandate"
)

// expertKeys is how many keys, besides the letters of the names, an agent who knows the screens needs for a mandate of
// one formality.
const expertKeys = 22

// asks fails unless this is the step.
func (h *harness) asks(step int) {
	h.t.Helper()
	s, ok := h.m.top().screen.(*wizardScreen)
	if !ok || s.at != step {
		h.t.Fatalf("this is not question %d:\n%s", step+1, h.plain())
	}
}

func (h *harness) draft() *draft {
	h.t.Helper()
	for _, shown := range h.m.stack {
		if s, ok := shown.screen.(*wizardScreen); ok {
			return s.draft
		}
	}
	h.t.Fatalf("there is no mandate:\n%s", h.plain())
	return nil
}

func TestMandateIsTyped(t *testing.T) {
	h := newHarness(t)
	papers := h.wizard()
	h.titled("Le mandat")
	keys := 0
	press := func(names ...string) {
		keys += len(names)
		h.press(names...)
	}
	press("1", "2", "3", "4", "enter")
	h.sees("2 sur 9")
	press("1")
	h.sees("3 sur 9")
	press("3", "3", "enter")
	h.sees("CAF")
	press("enter")
	h.sees("caf.fr")
	press("enter", "enter", "enter", "enter")
	h.sees("8 sur 9")
	h.write("Camille Exemple")
	press("enter")
	h.write("Dominique Modèle")
	press("enter", "enter", "enter")
	h.write("Villexemple")
	press("enter")
	h.asks(stepPreview)
	press("enter") // two copies
	h.called(callPrintPaper, 2)
	h.sees("2 feuilles partent à l’imprimante.")
	press("enter", "1")
	h.called(callSetMode, 1)
	h.status(acting())
	h.titled("Ma session")
	if keys != expertKeys {
		t.Errorf("it took %d keys, not %d: say so where it is told", keys, expertKeys)
	}
	if want := []session.Private{"caf.fr"}; !papers.act.Mandate || !cmp.Equal(papers.act.Sites, want) {
		t.Errorf("the agent may act with mandate %v on %d sites", papers.act.Mandate, len(papers.act.Sites))
	}
	for i, sheet := range papers.sheets {
		if papers.kinds[i] != session.PaperMandate || !strings.HasPrefix(sheet, "%PDF-") {
			t.Errorf("sheet %d is a %s that begins with %.5q", i, papers.kinds[i], sheet)
		}
	}
	if h.m.act == nil || len(h.m.act.all) != 1 || h.m.act.all[0].detail.text() != "CAF" {
		t.Error("what is to be done is not kept for the end")
	}
}

func TestMandateIsClicked(t *testing.T) {
	h := newHarness(t)
	papers := h.wizard()
	for _, id := range []string{"purpose", "data", "rights", "withdraw", "next", "none", "mailbox", "upload"} {
		h.clickOn(id)
	}
	h.clickOn("site:3")
	h.clickOn("done")
	h.clickOn("account")
	h.clickOn("other")
	h.write("Mairie de Villexemple")
	h.clickOn(idEnter)
	h.clickOn("done")
	h.clickOn("next")
	h.clickOn("add")
	h.write("https://www.villexemple.example/compte?x=1")
	h.clickOn(idEnter)
	h.sees("☑ villexemple.example")
	h.clickOn("next")
	h.clickOn("yes")
	h.clickOn("envelope")
	h.clickOn("week")
	h.write("Camille")
	h.clickOn(idEnter)
	h.write("Dominique")
	for range 4 {
		h.clickOn(idEnter)
	}
	h.asks(stepPreview)
	h.clickOn("plain")
	h.clickOn("print")
	h.clickOn("save")
	h.clickOn("sign")
	h.clickOn("signed")
	h.status(acting())
	h.titled("Ma session")
	wantKinds := []session.PaperKind{session.PaperPlain, session.PaperMandate, session.PaperMandate, session.PaperMandate}
	if !cmp.Equal(papers.kinds, wantKinds) {
		t.Errorf("the sheets were %v, want %v", papers.kinds, wantKinds)
	}
	if want := []session.Private{"ameli.fr", "villexemple.example"}; !cmp.Equal(papers.act.Sites, want) {
		t.Errorf("the sites are not those that were chosen: %d of them", len(papers.act.Sites))
	}
}

func acting() session.Status {
	s := assistedStatus(true, checked())
	s.Mode = session.Act
	return s
}

// mandateOf is what the wizard would print.
func mandateOf(h *harness) mandate.Mandate { return h.draft().mandate(&h.m.world) }

func TestGoingBackLosesNothing(t *testing.T) {
	h := newHarness(t)
	h.filled()
	want := mandateOf(h)
	for range 40 {
		if h.m.top().screen.(*wizardScreen).at == 0 {
			break
		}
		h.press("esc")
	}
	h.asks(stepExplain)
	for range 40 {
		if h.m.top().screen.(*wizardScreen).at == stepPreview {
			break
		}
		h.press("enter")
	}
	h.asks(stepPreview)
	if !cmp.Equal(mandateOf(h), want) {
		t.Error("the mandate is another one after going back and forth")
	}
}

func TestWhatIsHalfTypedWaits(t *testing.T) {
	h := newHarness(t)
	h.wizard(append(keysProtection[:6:6], "6")...)
	h.write("Imprimer une attes")
	h.press("esc")
	h.asks(stepFormalities)
	h.press("6")
	h.sees("Imprimer une attes")
	h.write("tation")
	h.press("enter", "enter")
	h.clickOn("add")
	h.write("caf.f")
	h.press("esc")
	h.clickOn("add")
	h.write("r")
	h.press("enter")
	h.sees("☑ caf.fr")
}

// Every way out overwrites all that was typed.
func TestMandateIsOverwritten(t *testing.T) {
	for name, leave := range map[string]func(h *harness){
		"Esc": func(h *harness) {
			for range 40 {
				if _, asked := h.m.top().screen.(*dropScreen); asked {
					break
				}
				h.press("esc")
			}
			h.sees("Ce qui est écrit sera effacé.")
			h.press("2")
		},
		"protection": func(h *harness) {
			s := h.m.top().screen.(*wizardScreen)
			h.drain(s.goTo(&h.m.world, stepProtection))
			h.m.fresh = false
			h.press("4", "enter")
		},
		"signed":       func(h *harness) { h.signed() },
		"pause":        func(h *harness) { h.status(session.Status{State: session.Paused}) },
		"wipe":         func(h *harness) { h.status(wiping(0)) },
		"stop":         func(h *harness) { h.status(session.Status{State: session.Stopped, Fault: session.FaultWipe}) },
		"home":         func(h *harness) { h.drain(h.m.home()) },
		"broken kiosk": func(h *harness) { h.m.breakDown() },
	} {
		h := newHarness(t)
		h.wizard(append(keysProtection[:6:6], "6")...)
		h.write("Une démarche")
		h.press("enter", "enter")
		h.clickOn("add")
		h.write("caf.fr")
		h.press("enter", "enter", "enter", "enter", "6")
		h.write("31122026")
		h.press("enter")
		h.names()
		h.asks(stepPreview)
		d := h.draft()
		fields := []*field{d.person, d.agent, d.function, d.structure, d.place, d.detail, d.address, d.services[0].name, d.sites[0].host}
		leave(h)
		for i, f := range fields {
			for _, r := range f.runes[:cap(f.runes)] {
				if r != 0 {
					t.Errorf("%s: field %d still holds text", name, i)
					break
				}
			}
		}
		for _, b := range d.date.figures[:cap(d.date.figures)] {
			if b != 0 {
				t.Errorf("%s: the date is still there", name)
				break
			}
		}
		if d.begun() || d.redirect || d.keep != mandate.KeepNone || d.span != spanDay {
			t.Errorf("%s: answers are still there", name)
		}
	}
}

// Whatever is typed, clicked and resized, the mandate neither breaks nor draws outside the terminal.
func TestWhateverIsTypedInAMandate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHarness(t)
		h.wizard()
		if rapid.Bool().Draw(rt, "done") {
			h.show(newDoneScreen(&h.m.world))
		}
		if rapid.Bool().Draw(rt, "begin late") {
			if s, ok := h.m.top().screen.(*wizardScreen); ok {
				h.drain(s.goTo(&h.m.world, rapid.IntRange(stepExplain, stepPreview).Draw(rt, "step")))
			}
		}
		for range rapid.IntRange(1, 50).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"key", "key", "text", "click", "size"}).Draw(rt, "what") {
			case "key":
				h.press(rapid.SampledFrom(propertyKeys).Draw(rt, "key"))
			case "text":
				h.send(tea.KeyPressMsg{Text: rapid.String().Draw(rt, "text")})
			case "click":
				if zones := h.m.zones(); len(zones) > 0 {
					z := rapid.SampledFrom(zones).Draw(rt, "zone")
					h.send(tea.MouseClickMsg{X: z.seen.x, Y: z.seen.y, Button: tea.MouseLeft})
				}
			case "size":
				h.size(rapid.IntRange(1, 170).Draw(rt, "w"), rapid.IntRange(1, 50).Draw(rt, "h"))
			}
			if h.m.broken {
				rt.Fatalf("the kiosk broke:\n%s", h.plain())
			}
			checkDrawing(rt, h)
		}
	})
}

// While letters are typed, none is told as a key, and none does anything but be typed.
func TestWhereLettersAreTypedNoneIsAKey(t *testing.T) {
	typedOn := map[string]func(h *harness){
		"a name":     func(h *harness) { h.wizard(keysDuration...) },
		"a service":  func(h *harness) { h.wizard(append(keysProtection[:6:6], "6")...) },
		"a site":     func(h *harness) { h.wizard(keysFormalities...); h.clickOn("add") },
		"a date":     func(h *harness) { h.wizard(append(keysKeep[:13:13], "6")...) },
		"a word":     func(h *harness) { h.done("9") },
		"a password": func(h *harness) { h.status(inMode(session.Train)); h.show(newPasswordScreen()) },
	}
	for name, to := range typedOn {
		h := newHarness(t)
		to(h)
		h.sees("F1 Aide")
		h.seesNot("F J’ai fini")
		before := h.title()
		h.write("mf?x")
		if got := h.title(); got != before {
			t.Errorf("%s: a letter leads from %q to %q", name, before, got)
		}
		for _, z := range h.m.zones() {
			if len(z.key) == 1 {
				t.Errorf("%s: the key %q is told where letters are typed", name, z.key)
			}
		}
	}
	for _, keys := range [][]string{nil, keysExplain, keysProtection, keysFormalities, keysSites, keysMail, keysKeep} {
		h := newHarness(t)
		h.wizard(keys...)
		h.sees("? Aide") // these questions are answered with numbers
		h.sees("F J’ai fini")
	}
}

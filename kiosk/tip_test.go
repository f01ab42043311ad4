package kiosk

import (
	"fmt"
	"slices"
	"testing"

	"estran/assets"
	"estran/session"
)

// TestLearningPictures holds every scene as it looks on the smallest whole terminal, and some at each size and in each
// language.
func TestLearningPictures(t *testing.T) {
	everywhere := []string{"conseil-02", "conseil-04", "conseils", "conseils-groupe", "message-reponse", "formulaire", "mot-de-passe-faible"}
	for _, s := range learning() {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {160, 45}} {
			for _, lang := range assets.Languages() {
				if !slices.Contains(everywhere, s.name) && (size[0] != 80 || lang != assets.French) {
					continue
				}
				h := inScene(t, s, size[0], size[1], lang, false, calm)
				h.golden(fmt.Sprintf("%s-%s-%dx%d", s.name, lang, size[0], size[1]))
			}
		}
	}
}

// TestLearningFits draws each scene everywhere: what holds of every picture holds of it, and from 80×24 on nothing has
// to be scrolled.
func TestLearningFits(t *testing.T) {
	for _, s := range learning() {
		for _, lang := range assets.Languages() {
			h := inScene(t, s, 80, 24, lang, false, calm)
			for _, large := range []bool{false, true} {
				h.dress(lang, large, calm)
				for _, size := range [][2]int{{20, 6}, {40, 16}, {66, 20}, {80, 24}, {100, 30}, {160, 45}} {
					h.size(size[0], size[1])
					checkFit(t, fmt.Sprintf("%s in %s at %v, large=%v", s.name, lang, size, large), h)
					if n := h.m.frame.scrollMax; n > 0 && !large && size[0] >= 80 {
						t.Errorf("%s in %s at %v: %d rows are out of sight\n%s", s.name, lang, size, n, h.plain())
					}
				}
			}
		}
	}
}

func TestTwelveTipsLeadToTheSession(t *testing.T) {
	h := newHarness(t)
	h.begin(0)
	for n := range 12 {
		if got, want := h.title(), fmt.Sprintf("Conseil %d sur 12", n+1); got != want {
			t.Fatalf("the title is %q, want %q", got, want)
		}
		h.press("enter")
	}
	if got := h.title(); got != "Ma session" {
		t.Errorf("after the twelve tips comes %q", got)
	}
}

func TestEscGoesBackATipAndSkipsNone(t *testing.T) {
	h := newHarness(t)
	h.begin(2)
	h.press("esc", "esc")
	if got := h.title(); got != "Conseil 1 sur 12" {
		t.Fatalf("two tips back is %q", got)
	}
	h.press("esc", "backspace")
	if got := h.title(); got != "Conseil 1 sur 12" {
		t.Errorf("Esc on the first tip leads to %q", got)
	}
}

func TestTipsMayBeSkippedWhereTheStructureAllowsIt(t *testing.T) {
	h := newHarness(t)
	h.begin(3)
	h.clickOn("skip")
	if got := h.title(); got != "Ma session" {
		t.Errorf("skipping leads to %q", got)
	}

	h = newHarness(t)
	h.m.options.Config.Session.Tips = "required"
	h.begin(0)
	for n := range 12 {
		for _, z := range h.m.zones() {
			if z.id == "skip" {
				t.Errorf("tip %d can be skipped although all are required", n+1)
			}
		}
		h.press("enter")
	}
	if got := h.title(); got != "Ma session" {
		t.Errorf("after the twelve tips comes %q", got)
	}
}

// The configuration knows the word that this screen goes by.
func TestTipsRequiredIsAWordOfTheConfiguration(t *testing.T) {
	if _, err := session.Parse([]byte("[session]\ntips = \""+string(tipsRequired)+"\"\n"), "estran.toml"); err != nil {
		t.Error(err)
	}
}

func TestTipsCanBeReadAgain(t *testing.T) {
	for _, c := range []struct {
		keys  []string
		title string
		sees  string
	}{
		{nil, "Les conseils", "Je navigue"},
		{[]string{"1"}, "Je navigue", "Naviguez en mode privé"},
		{[]string{"1", "5"}, "Conseil 5 sur 12", "Montrez peu de choses sur vous"},
		{[]string{"2", "1"}, "Conseil 6 sur 12", "Prenez un mot de passe solide"},
		{[]string{"3", "2"}, "Conseil 12 sur 12", "Fermez tout avant de partir"},
		{[]string{"3", "1", "enter"}, "Conseil 12 sur 12", "Je pars"},
		{[]string{"4", "1"}, "Un conseil en plus", "Votre clé USB passe au contrôle"},
		{[]string{"4"}, "Nos conseils en plus", "La CNIL ne l’a pas écrit"},
		{[]string{"4", "1", "esc"}, "Nos conseils en plus", "Ce que l’ordinateur note"},
		{[]string{"4", "esc", "esc"}, "Ma session", "Aller sur internet"},
	} {
		h := newHarness(t)
		h.tips(c.keys...)
		if got := h.title(); got != c.title {
			t.Errorf("%q leads to %q, want %q", c.keys, got, c.title)
		}
		h.reads(c.sees)
	}
}

// Four tips have something to try, and the way back is the tip.
func TestExercisesOfTheTips(t *testing.T) {
	for n, title := range map[int]string{4: "Vrai ou faux message ?", 6: "Un mot de passe solide", 10: "Que faut-il remplir ?", 12: "Où se déconnecter ?"} {
		h := newHarness(t)
		h.begin(n - 1)
		h.clickOn("try")
		if got := h.title(); got != title {
			t.Errorf("the exercise of tip %d is %q, want %q", n, got, title)
		}
		h.press("esc")
		if got, want := h.title(), fmt.Sprintf("Conseil %d sur 12", n); got != want {
			t.Errorf("Esc leads from it to %q, want %q", got, want)
		}
	}
	for _, n := range []int{1, 2, 3, 5, 7, 8, 9, 11} {
		h := newHarness(t)
		h.begin(n - 1)
		for _, z := range h.m.zones() {
			if z.id == "try" {
				t.Errorf("tip %d has something to try", n)
			}
		}
	}
}

// What the tips say this computer does must be on the screen whole, with the sign that goes with it.
func TestTipIsShownWhole(t *testing.T) {
	for _, lang := range assets.Languages() {
		for n, tip := range assets.Tips(lang) {
			h := newHarness(t)
			h.size(160, 45)
			h.m.lang = lang
			h.begin(n)
			h.m.lang = lang
			h.m.fresh = false
			h.reads(tip.Title)
			for _, line := range tip.Advice {
				h.reads("• " + line)
			}
			h.reads(tip.Station[0])
			for _, line := range tip.Station[1:] {
				h.reads("✓ " + line)
			}
		}
	}
}
